using System.Globalization;

namespace PackuilonMonitor.Doctor;

/// <summary>How many files the kernel lets this user watch and open.</summary>
public static class HostFindings
{
    private const long FewestInstances = 8;

    /// <summary>Descriptors for logs, the store, the terminal and the runtime; the files of the system log come on top.</summary>
    private const long FewestDescriptors = 512;

    /// <summary>By trying the directories, and by the kernel's limits.</summary>
    /// <param name="files">How many files of system logs are followed.</param>
    public static IEnumerable<Finding> OfThisHost(IEnumerable<string> directories, int files)
    {
        var trouble = directories.Where(Directory.Exists).Select(Watch).FirstOrDefault(why => why is not null);
        yield return OfWatches(trouble, NumberIn("/proc/sys/fs/inotify/max_user_instances"));
        yield return OfDescriptors(File.Exists("/proc/self/limits") ? File.ReadAllText("/proc/self/limits") : "", files);
    }

    /// <param name="trouble">Why a directory could not be watched; null if all could.</param>
    /// <param name="instances">How many watchers one user may have; null if unknown.</param>
    public static Finding OfWatches(string? trouble, long? instances)
    {
        if (trouble is null && instances is null or >= FewestInstances)
            return Finding.Fine("inotify", "changes are noticed at once");
        return Finding.Note(
            "inotify",
            trouble is null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"a user may have {instances} watchers only: where none is left, changes show up to a second late"
                )
                : $"directories cannot be watched ({trouble}): changes show up to a second late",
            "sudo sysctl fs.inotify.max_user_instances=256 fs.inotify.max_user_watches=65536"
        );
    }

    /// <param name="limits">/proc/self/limits.</param>
    /// <param name="files">How many files of system logs are followed.</param>
    public static Finding OfDescriptors(string limits, int files)
    {
        var needed = FewestDescriptors + files;
        var words = limits
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            ?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [_, _, _, var soft, var hard, ..] || Limit(soft) is not { } most || most >= needed)
            return Finding.Fine("open files", "as many as are needed");
        return Finding.Note(
            "open files",
            string.Create(CultureInfo.InvariantCulture, $"only {most} at once: with many logs some are not seen for a while"),
            // Only root may exceed the hard limit.
            (Limit(hard) < 2 * needed ? "sudo prlimit --pid $$ --nofile=" : "ulimit -n ")
                + (2 * needed).ToString(CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Null if it is unlimited.</summary>
    private static long? Limit(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Watch(string directory)
    {
        try
        {
            using var watcher = new FileSystemWatcher(directory) { EnableRaisingEvents = true };
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return error.Message.ReplaceLineEndings(" ");
        }
    }

    private static long? NumberIn(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
