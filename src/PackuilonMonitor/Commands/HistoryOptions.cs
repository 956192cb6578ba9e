using System.CommandLine;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>Where the monitor remembers, by the settings and options of a run.</summary>
internal static class HistoryOptions
{
    /// <summary>By the settings and options of this run.</summary>
    internal static HistoryLocation Of(ParseResult parsed, RunSettings given)
    {
        var settings = given.Settings.History;
        var keeping = HistoryLocation.KeepingOf(settings);
        // A recording that is played again is no part of what this host has built.
        var isOff = !settings.On || CommonOptions.IsRecordingAlone(parsed);
        var folder = isOff ? null : settings.StateDirectory ?? HistoryLocation.UsualFolder(Environment.GetEnvironmentVariable);
        var own = FolderOf(parsed, given);
        if (isOff)
            return new HistoryLocation(null, keeping) { Folder = own, Ships = ShipsIn(own) };
        var (host, sign) = HistoryLocation.HostsOf(given.Settings, DateTimeOffset.Now);
        var store = sign.IsThere ? host : folder;
        var lines = Path.Combine(host, HostFolder.Lines);
        return new HistoryLocation(store is null ? null : Path.Combine(store, HistoryStore.FileName), keeping)
        {
            Folder = own,
            Recorder = sign,
            Ships = [.. ShipsIn(host != own && HostFolder.Refusal(host, owner: null) is null ? host : null), .. ShipsIn(own)],
            Closed = HostFolder.IsClosed(host) ? host : null,
            Recording = Directory.Exists(lines) && HostFolder.Refusal(host, owner: null) is null ? lines : null,
        };
    }

    private static IReadOnlyList<ShipperSign> ShipsIn(string? folder) => folder is null ? [] : ShipperSign.In(folder, DateTimeOffset.Now);

    /// <summary>Where the user's own files are. A recording that is played again has none, unless one is named.</summary>
    internal static string? FolderOf(ParseResult parsed, RunSettings given) =>
        given.Settings.History.StateDirectory
        ?? (CommonOptions.IsRecordingAlone(parsed) ? null : HistoryLocation.UsualFolder(Environment.GetEnvironmentVariable));
}
