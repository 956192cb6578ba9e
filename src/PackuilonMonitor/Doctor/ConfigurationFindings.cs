using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Doctor;

/// <summary>The settings, ours and those of Packuilon's own configuration.</summary>
public static class ConfigurationFindings
{
    /// <param name="files">Settings files that were read.</param>
    /// <param name="complaints">Their invalid lines.</param>
    public static IEnumerable<Finding> OfSettings(IReadOnlyList<string> files, IReadOnlyList<string> complaints, Account account)
    {
        yield return Finding.Fine(
            "settings",
            files.Count == 0 ? "none set in files: the defaults apply" : $"read from {string.Join(" and ", files)}"
        );
        foreach (var complaint in complaints)
            yield return Finding.Note("settings", complaint, ToFix(complaint.Split(": ")[0], account));
    }

    /// <param name="place">The file or the variable with the invalid line.</param>
    private static IReadOnlyList<string> ToFix(string place, Account account) =>
        StatResult.At(place) is not { Found: true, Status: var status } ? [$"unset {Rights.Quoted(place)}"]
        : Rights.MayRead(account, status) ? [Rights.ToEdit(account, place)]
        : Rights.ToReadFile(account, place, status);

    public static IEnumerable<Finding> OfKeys(IEnumerable<string> files, Account account)
    {
        foreach (var path in files.Where(File.Exists))
        {
            string? wrong;
            try
            {
                wrong = KeysFile.Apply(KeyMap.Default, TextFile.Read(path), path).Error;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                wrong = $"{path}: cannot be read: {error.Message}";
            }

            yield return wrong is null
                ? Finding.Fine("keys", $"read from {path}")
                : Finding.Wrong("keys", $"{wrong}; the dashboard does not start with it", Rights.ToEdit(account, path));
        }
    }

    /// <param name="path">The place of Packuilon's configuration.</param>
    /// <param name="factory">Its content.</param>
    /// <param name="state">What the system log shows of the threads.</param>
    public static IEnumerable<Finding> OfFactory(string path, FactoryConfiguration factory, MonitorState state, Account account)
    {
        var stat = StatResult.At(path);
        using var file = OpenFile.At(path).File;
        if (file is null)
        {
            yield return stat.Found
                ? Finding.Note(
                    path,
                    $"cannot be read ({stat.Status.Rights}): {Defaults(factory)}",
                    Rights.ToReadFile(account, path, stat.Status)
                )
                : Finding.Note(path, $"is not there: {Defaults(factory)}; if it is elsewhere", "packuilon-monitor doctor --config FILE");
            yield break;
        }

        foreach (var complaint in factory.Complaints)
            yield return Finding.Note(
                path,
                complaint.StartsWith(path + ": ", StringComparison.Ordinal) ? complaint[(path.Length + 2)..] : complaint,
                Rights.ToEdit(account, path)
            );
        yield return Finding.Fine(
            path,
            $"LOG_DIR {factory.LogDirectory}, THREAD_COUNT {factory.ThreadCount?.ToString(CultureInfo.InvariantCulture) ?? "not set"}"
        );
        if (factory.ThreadCount is { } count && state.Workers.Count > 0 && OfThreads(count, state) is { } threads)
            yield return threads;
    }

    /// <summary>Threads that never wrote are missing where the daemon's start was read; otherwise they may only be idle.</summary>
    private static Finding? OfThreads(int count, MonitorState state)
    {
        var lost = state.Workers.Values.Count(worker => worker.Activity is Lost);
        var alive = state.Workers.Count - lost;
        var gone = state.Vitals.Daemon.Threads is null ? lost : count - alive;
        if (gone > 0)
            return Finding.Note(
                "workers",
                $"{count - gone} of {count} threads live; the others return when the service restarts",
                "sudo systemctl restart rabbit2packer   # ends the running builds"
            );
        return alive >= count
            ? null
            : Finding.Fine("workers", $"{alive} of {count} threads seen; the others may be idle since before these lines");
    }

    private static string Defaults(FactoryConfiguration factory) =>
        $"logs are expected in {factory.LogDirectory}, and how many threads there should be is unknown";
}
