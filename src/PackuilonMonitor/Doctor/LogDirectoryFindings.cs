using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Doctor;

/// <summary>Whether Packer's logs can be read, and whether they are the daemon's.</summary>
public static class LogDirectoryFindings
{
    private const int MostOpened = 200;

    public static IEnumerable<Finding> Of(LogDirectory directory, Account account, MonitorState state)
    {
        var listing = directory.Scan();
        if (listing.Why is { } why)
        {
            yield return Unread(directory.Path, why, StatResult.At(directory.Path), account);
            yield break;
        }

        yield return Finding.Fine(directory.Path, string.Create(CultureInfo.InvariantCulture, $"can be listed, {listing.Logs.Count} logs"));
        var newest = listing.Logs.OrderByDescending(log => log.Status.Modified).Take(MostOpened).ToList();
        var closed = newest.Select(log => (log, Opening: directory.Open(log.Name))).Where(tried => Refused(tried.Opening)).ToList();
        if (closed.Count > 0)
            yield return Closed(directory.Path, closed.Count, newest.Count, closed[0].log, closed[0].Opening.Why, account);
        if (listing.Refused.Count > 0)
        {
            yield return Finding.Note(
                directory.Path,
                $"{listing.Refused.Count} names of logs are not regular files and are ignored, the first: "
                + $"{listing.Refused[0].Name}, {listing.Refused[0].Why}",
                $"ls -l {Rights.Quoted(directory.Path)}"
            );
        }

        if (listing.UnreadableNames > 0)
            yield return Finding.Note(
                directory.Path,
                $"{listing.UnreadableNames} files have names that are not UTF-8 and cannot be opened",
                $"ls -b {Rights.Quoted(directory.Path)}"
            );
        if (Elsewhere(directory.Path, listing, state) is { } elsewhere)
            yield return elsewhere;
    }

    /// <summary>Why it cannot be listed, with the commands to type.</summary>
    public static Finding Unread(string path, string why, StatResult stat, Account account)
    {
        if (!stat.Found && !stat.Absent && Rights.Barrier(account, path) is { } barrier)
            return Finding.Unread(path, $"{why}: {barrier} may not be entered", Rights.ToSearch(account, barrier));
        if (!stat.Found || !stat.Status.IsDirectory)
            return Finding.Unread(
                path,
                $"{why}: name the directory that rabbit2packer's LOG_DIR names",
                "packuilon-monitor doctor --log-dir DIR"
            );
        return Finding.Unread(path, why, Rights.ToReadDirectory(account, path, stat.Status));
    }

    /// <summary>Logs that cannot be opened in a directory that can be listed.</summary>
    public static Finding Closed(string directory, int count, int tried, LogEntry first, string? why, Account account) =>
        Finding.Unread(
            directory,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} of the newest {tried} logs cannot be read, the first: {first.Name}, {why}"
            ),
            Rights.ToReadDirectory(account, directory, first.Status)
        );

    /// <summary>A log may disappear meanwhile.</summary>
    private static bool Refused(Opening opening)
    {
        using var file = opening.File;
        return file is null && !opening.Absent;
    }

    /// <summary>The daemon names paths outside this directory, and none of its newest logs is here.</summary>
    private static Finding? Elsewhere(string path, LogListing listing, MonitorState state)
    {
        var here = Path.GetFullPath(path).TrimEnd('/');
        var recent = state.Builds.All.TakeLast(10).ToList();
        if (recent.Count == 0 || recent.Exists(build => listing.Logs.Any(log => log.Name == build.Name.File)))
            return null;
        var named = recent[^1].LogPath;
        var folder = named.LastIndexOf('/') is var slash and > 0 ? named[..slash] : null;
        return folder is null || folder == here
            ? Finding.Note(
                path,
                "none of the last ten builds in the system log has its log here: were they removed?",
                $"ls -lt {Rights.Quoted(path)} | head"
            )
            : Finding.Note(
                path,
                $"none of the last ten builds has its log here: the daemon writes to {SafeText.Plain(folder)}",
                $"packuilon-monitor doctor --log-dir {Rights.Quoted(folder)}"
            );
    }
}
