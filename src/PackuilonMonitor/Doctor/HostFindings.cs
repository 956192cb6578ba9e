using System.Globalization;

namespace PackuilonMonitor.Doctor;

/// <summary>How many files the kernel lets this user watch and open.</summary>
public static class HostFindings
{
    private const long FewestInstances = 8;
    private const long FewestDescriptors = 512;

    /// <summary>By trying the directories, and by the kernel's limits.</summary>
    public static IEnumerable<Finding> OfThisHost(IEnumerable<string> directories)
    {
        var trouble = directories.Where(Directory.Exists).Select(Watch).FirstOrDefault(why => why is not null);
        yield return OfWatches(trouble, NumberIn("/proc/sys/fs/inotify/max_user_instances"));
        yield return OfDescriptors(File.Exists("/proc/self/limits") ? File.ReadAllText("/proc/self/limits") : "");
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
    public static Finding OfDescriptors(string limits)
    {
        var words = limits
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            ?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
            words is [_, _, _, var soft, ..]
            && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most < FewestDescriptors
            ? Finding.Note(
                "open files",
                string.Create(CultureInfo.InvariantCulture, $"only {most} at once: with many logs some are not seen for a while"),
                "ulimit -n 1024"
            )
            : Finding.Fine("open files", "as many as are needed");
    }

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
