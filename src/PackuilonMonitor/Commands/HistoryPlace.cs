using System.CommandLine;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>Where the monitor remembers, and how much.</summary>
/// <param name="Path">The store's file; null where nothing is remembered.</param>
/// <param name="Keeping">Its limits.</param>
public sealed record HistoryPlace(string? Path, Keeping Keeping)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>By the settings and options of this run.</summary>
    internal static HistoryPlace Of(ParseResult parsed, Given given)
    {
        var settings = given.Settings.History;
        var keeping = new Keeping(settings.KeepLogs, settings.KeepMegabytes * Megabyte, TimeSpan.FromDays(settings.KeepDays));
        // A recording that is played again is no part of what this host has built.
        var isOff = !settings.On || CommonOptions.IsRecordingAlone(parsed);
        var folder = isOff ? null : settings.StateDirectory ?? UsualFolder(Environment.GetEnvironmentVariable);
        return new HistoryPlace(folder is null ? null : System.IO.Path.Combine(folder, HistoryStore.FileName), keeping);
    }

    /// <summary>Relative paths in XDG_STATE_HOME are to be passed over, as its specification asks; null for a user without a home.</summary>
    internal static string? UsualFolder(Func<string, string?> variable) =>
        variable("XDG_STATE_HOME") is { } state && System.IO.Path.IsPathRooted(state) ? System.IO.Path.Combine(state, "packuilon-monitor")
        : variable("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".local", "state", "packuilon-monitor")
        : null;
}
