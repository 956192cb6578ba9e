using System.CommandLine;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>Where the monitor remembers, and how much.</summary>
/// <param name="Path">The store's file; null where nothing is remembered.</param>
/// <param name="Keeping">Its limits.</param>
public sealed record HistoryPlace(string? Path, Keeping Keeping)
{
    /// <summary>The directory of the user's other files, such as mutes; null where none is known.</summary>
    public string? Folder { get; init; }

    private const long Megabyte = 1024 * 1024;

    /// <summary>By the settings and options of this run.</summary>
    internal static HistoryPlace Of(ParseResult parsed, Given given)
    {
        var settings = given.Settings.History;
        var keeping = new Keeping(settings.KeepLogs, settings.KeepMegabytes * Megabyte, TimeSpan.FromDays(settings.KeepDays));
        // A recording that is played again is no part of what this host has built.
        var isOff = !settings.On || CommonOptions.IsRecordingAlone(parsed);
        var folder = isOff ? null : settings.StateDirectory ?? UsualFolder(Environment.GetEnvironmentVariable);
        return new HistoryPlace(folder is null ? null : System.IO.Path.Combine(folder, HistoryStore.FileName), keeping) { Folder = FolderOf(parsed, given) };
    }

    /// <summary>Where the user's own files are. A recording that is played again has none, unless one is named.</summary>
    internal static string? FolderOf(ParseResult parsed, Given given) =>
        given.Settings.History.StateDirectory ?? (CommonOptions.IsRecordingAlone(parsed) ? null : UsualFolder(Environment.GetEnvironmentVariable));

    /// <summary>Relative paths in XDG_STATE_HOME are to be passed over, as its specification asks; null for a user without a home.</summary>
    internal static string? UsualFolder(Func<string, string?> variable) =>
        variable("XDG_STATE_HOME") is { } state && System.IO.Path.IsPathRooted(state) ? System.IO.Path.Combine(state, "packuilon-monitor")
        : variable("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".local", "state", "packuilon-monitor")
        : null;
}
