using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Health;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Seen;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Inputs;

/// <summary>Where the monitor stores builds, and how much.</summary>
/// <param name="Path">The store's file; null if nothing is stored.</param>
/// <param name="Retention">Its limits.</param>
public sealed record HistoryLocation(string? Path, Retention Retention)
{
    /// <summary>The directory of the user's other files, such as mutes; null if unknown.</summary>
    public string? Folder { get; init; }

    private const long Megabyte = 1024 * 1024;

    /// <summary>The folder of this host's recording; null if there is none, or it cannot be trusted.</summary>
    public string? Recording { get; init; }

    /// <summary>The store of this host where this user may not look into it; otherwise null.</summary>
    internal string? Closed { get; init; }

    /// <summary>Why there is no recording of this host, with what to do.</summary>
    /// <param name="instead">What else the command takes.</param>
    internal string NothingRecorded(string instead) =>
        Closed is { } folder
            ? $"{folder} may not be read as {ThisUser.Name}; type packuilon-monitor doctor, or {instead}"
            : $"nothing is recorded on this host; start packuilon-monitor-record, or {instead}";

    /// <summary>The mutes that count: the host's where a recorder runs, else the user's.</summary>
    internal MuteFile Mutes =>
        Recorder.IsThere ? new MuteFile(System.IO.Path.GetDirectoryName(Path)) { IsHosts = true } : new MuteFile(Folder);

    /// <summary>What the user has seen; where a recorder runs also in the host's store.</summary>
    internal SeenFile Seen => new(Folder) { Store = Recorder.IsThere ? System.IO.Path.GetDirectoryName(Path) : null };

    /// <summary>Who ships a factory of this host, and how that goes.</summary>
    public IReadOnlyList<ShipperSign> Ships { get; init; } = [];

    /// <summary>The recorder that writes the store, if there is one, even if it died.</summary>
    public RecorderSign Recorder { get; init; } = RecorderSign.Nobody;

    /// <summary>
    /// The folder that a recorder of this host would write, and what its lock tells; nobody where it is not to be trusted.
    /// </summary>
    internal static (string Folder, RecorderSign Recorder) HostsOf(Settings settings, DateTimeOffset now)
    {
        var folder = settings.History.StateDirectory ?? settings.Record.Store;
        var sign = RecorderLockFile.Read(folder, now);
        return (
            folder,
            sign.State is RecorderState.None || HostFolder.Refusal(folder, owner: null) is not null ? RecorderSign.Nobody : sign
        );
    }

    /// <summary>The limits in the settings.</summary>
    internal static Retention KeepingOf(HistorySettings settings) =>
        new(settings.KeepLogs, settings.KeepMegabytes * Megabyte, TimeSpan.FromDays(settings.KeepDays));

    /// <summary>Relative paths in XDG_STATE_HOME are ignored, as its specification demands; null for a user without a home.</summary>
    internal static string? UsualFolder(Func<string, string?> variable) =>
        variable("XDG_STATE_HOME") is { } state && System.IO.Path.IsPathRooted(state) ? System.IO.Path.Combine(state, "packuilon-monitor")
        : variable("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".local", "state", "packuilon-monitor")
        : null;
}
