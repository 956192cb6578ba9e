using System.Globalization;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Doctor;

/// <summary>Which process keeps the history of this host, and whether that works.</summary>
public static class RecorderFindings
{
    private const string Subject = "recorder";

    /// <summary>What the lock of the host's store says, if that can be trusted.</summary>
    public static RecorderSign Sign(Settings settings, DateTimeOffset now) => HistoryLocation.HostsOf(settings, now).Recorder;

    public static IEnumerable<Finding> Of(Settings settings, Account account, DateTimeOffset now)
    {
        if (!settings.History.On)
            yield break;
        var (folder, sign) = HistoryLocation.HostsOf(settings, now);
        if (
            sign.State is RecorderState.None
            && RecorderLockFile.Read(folder, now).State is not RecorderState.None
            && HostFolder.Refusal(folder, owner: null) is { } refusal
        )
            yield return Finding.Note(Subject, $"its store is not used: {refusal}", $"ls -la {Rights.Quoted(folder)}");
        else if (HostFolder.IsClosed(folder))
            yield return Closed(folder, account);
        else if (sign.Trouble(now) is { } trouble)
            yield return Finding.Note(
                Subject,
                trouble,
                sign.State is RecorderState.Hangs
                    ? "journalctl -u packuilon-monitor-record -n 20"
                    : "sudo systemctl restart packuilon-monitor-record"
            );
        else if (sign.IsThere)
            yield return Finding.Fine(
                Subject,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {sign.Process} writes {folder} for all users, "
                    + $"the last time {Words.Age(sign.WroteAt is { } wrote ? now - wrote : TimeSpan.Zero)} ago"
                )
            );
        else
            yield return Finding.Fine(Subject, "none runs: each user's own dashboard keeps the history while it is open");
    }

    /// <summary>One may run: this user keeps a history and mutes of their own, beside the host's.</summary>
    private static Finding Closed(string folder, Account account)
    {
        const string Unknown = "whether a recorder runs is unknown, and its history is not used";
        return StatResult.At(folder) is { Found: true, Status: var status }
            ? Finding.Note(
                Subject,
                $"{folder} may not be entered ({status.Rights}): {Unknown}",
                Rights.ToReadDirectory(account, folder, status)
            )
            : Finding.Note(
                Subject,
                $"{folder} cannot be reached: {Unknown}",
                Rights.ToSearch(account, Rights.Barrier(account, folder) ?? Path.GetDirectoryName(folder) ?? "/")
            );
    }
}
