using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>A build log as the directory lists it.</summary>
public readonly record struct LogEntry(string Name, FileStatus Status);

/// <summary>The contents of the log directory.</summary>
/// <param name="Logs">The regular files with a log's name, in no order.</param>
/// <param name="Changed">Those that are new, or have another size, time or identity than at the previous scan.</param>
/// <param name="Gone">Names of the previous scan that are missing now.</param>
/// <param name="Refused">Names of logs that are not regular files, with the reason.</param>
/// <param name="Others">The number of files with other names; directories do not count.</param>
/// <param name="UnreadableNames">How many of the others have a name that is not UTF-8 and cannot be opened.</param>
/// <param name="Why">Why the directory could not be listed; null if it was.</param>
public sealed record LogListing(
    IReadOnlyList<LogEntry> Logs,
    IReadOnlyList<LogEntry> Changed,
    IReadOnlyList<string> Gone,
    IReadOnlyList<(string Name, string Why)> Refused,
    int Others,
    int UnreadableNames,
    string? Why);

/// <summary>
/// The directory of the build logs. A log is opened by its name alone and never from elsewhere: no link, device or path is followed.
/// </summary>
/// <param name="isName">Which names may be opened; by default those of build logs.</param>
/// <param name="wanted">Given the name of each log that is looked at or opened, before it is; null where they are all there.</param>
public sealed class LogDirectory(
    string path,
    bool withOpenAt2 = true,
    Func<string, bool>? isName = null,
    Action<string>? wanted = null
)
{
    private const int LongestStem = 201;
    private const ulong Beneath = 0x08 | 0x04 | 0x02;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    // Of the last scan, and of the one before it: thousands of names are listed every few seconds, mostly the same ones.
    private Dictionary<string, FileStatus> _seen = [];
    private Dictionary<string, FileStatus> _spare = [];
    private bool _withOpenAt2 = withOpenAt2;

    public string Path => path;

    /// <summary>A directory that never contains a log.</summary>
    public static LogDirectory Nowhere() => new("/dev/null");

    /// <summary>Whether a name may be a build log's: letters, digits, dot, underscore and hyphen, ending in .log.</summary>
    public static bool IsLogName(ReadOnlySpan<char> name)
    {
        if (!name.EndsWith(".log", StringComparison.Ordinal))
            return false;

        var stem = name[..^4];
        if (stem.Length is 0 or > LongestStem || !char.IsAsciiLetterOrDigit(stem[0]))
            return false;
        foreach (var letter in stem)
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
                return false;
        return true;
    }

    /// <summary>Lists the directory; opens and reads no log.</summary>
    public LogListing Scan()
    {
        var (logs, changed, refused) = (new List<LogEntry>(_seen.Count), new List<LogEntry>(), new List<(string, string)>());
        var (others, unreadable) = (0, 0);
        try
        {
            // Directories are not counted; files and everything that imitates one are.
            using var directory = new SafeFileHandle(OpenDirectory(), ownsHandle: true);
            if (directory.IsInvalid)
                throw new IOException(OpenFile.WhyNot(Marshal.GetLastPInvokeError()));
            var known = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
            var entries = new FileSystemEnumerable<(string? Name, bool Broken)>(
                path,
                (ref FileSystemEntry entry) => !IsLogName(entry.FileName) ? (null, entry.FileName.Contains('\uFFFD'))
                    : known.TryGetValue(entry.FileName, out var name, out _) ? (name, false)
                    : (entry.FileName.ToString(), false),
                Everything)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => IsLogName(entry.FileName) || !entry.IsDirectory,
            };
            var seen = _spare;
            seen.Clear();
            foreach (var (name, broken) in entries)
            {
                if (name is null)
                {
                    (others, unreadable) = (others + 1, unreadable + (broken ? 1 : 0));
                    continue;
                }

                var stat = Stat(name, directory);
                if (stat.Absent)
                    continue;
                if (!stat.Found || !stat.Status.IsRegular)
                {
                    refused.Add((name, stat.Found ? $"not a file but {stat.Status.Sort}" : OpenFile.WhyNot(stat.Error)));
                    continue;
                }

                var log = new LogEntry(name, stat.Status);
                logs.Add(log);
                seen[name] = stat.Status;
                if (!_seen.TryGetValue(name, out var before) || before != stat.Status)
                    changed.Add(log);
            }

            var gone = _seen.Keys.Where(name => !seen.ContainsKey(name)).ToList();
            (_seen, _spare) = (seen, _seen);
            return new LogListing(logs, changed, gone, refused, others, unreadable, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A directory that cannot be listed does not mean that its logs are gone.
            var stat = StatResult.At(path);
            var why = stat.Found && !stat.Status.IsDirectory ? $"not a directory but {stat.Status.Sort}"
                : stat.Found ? $"not readable: as uid {Native.EffectiveUser()}, {stat.Status.Rights}"
                : OpenFile.WhyNot(stat.Error);
            return new LogListing([], [], [], [], 0, 0, why);
        }
    }

    /// <summary>Examines these names alone, because a change of one file is no reason to list thousands.</summary>
    /// <returns>The logs among them that changed; null if a name is not a file now, because only a scan can say why.</returns>
    public IReadOnlyList<LogEntry>? Changed(IEnumerable<string> names)
    {
        var changed = new List<LogEntry>();
        foreach (var name in names.Where(static name => IsLogName(name)))
        {
            var stat = Stat(name);
            if (!stat.Found || !stat.Status.IsRegular)
                return null;
            if (!_seen.TryGetValue(name, out var before) || before != stat.Status)
                changed.Add(new LogEntry(name, stat.Status));
        }

        foreach (var entry in changed)
            _seen[entry.Name] = entry.Status;
        return changed;
    }

    /// <summary>The place of a log of this directory for a reader; every poll refuses a name that no log may have.</summary>
    public FileLocation Place(string name) => new(new SourceId(System.IO.Path.Combine(path, name)), () => Stat(name), () => Open(name));

    /// <summary>Examines a log without opening it; does not follow a link.</summary>
    public StatResult Stat(string name) => Stat(name, null);

    private StatResult Stat(string name, SafeFileHandle? directory)
    {
        if (!MayOpen(name))
            return new StatResult(default, Errno.NotPermitted);
        wanted?.Invoke(name);
        return directory is null
            ? StatResult.At(System.IO.Path.Combine(path, name), followLink: false)
            : StatResult.At(directory, name);
    }

    /// <summary>Opens a log by its name, or says why not.</summary>
    public Opening Open(string name)
    {
        if (!MayOpen(name))
            return Opening.Refused(Errno.NotPermitted, "refused: not the name of a build log");

        wanted?.Invoke(name);
        var descriptor = OpenDirectory();
        if (descriptor < 0)
            return Refused("the log directory");

        // O_PATH only names the file: no driver runs and no FIFO waits before its type is known.
        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        var named = Named(directory, name);
        if (named < 0)
            return Refused("the log");

        using var handle = new SafeFileHandle(named, ownsHandle: true);
        var found = StatResult.At(handle);
        if (!found.Found || !found.Status.IsRegular)
            return Opening.Refused(
                found.Error,
                found.Found ? $"refused: not a file but {found.Status.Sort}" : OpenFile.WhyNot(found.Error)
            );
        if (!_withOpenAt2 && StatResult.At(directory).Status.Identity.Device != found.Status.Identity.Device)
            return Opening.Refused(Errno.CrossDevice, "refused: on another file system than the log directory");
        return OpenFile.Through(handle);
    }

    private int OpenDirectory() => Native.Open(path, Native.PathOnly | Native.Directory | Native.CloseOnExec, 0);

    private bool MayOpen(string name) => isName is null ? IsLogName(name) : isName(name);

    private int Named(SafeFileHandle directory, string name)
    {
        if (_withOpenAt2)
        {
            var how = new Native.OpenHow { Flags = Native.PathOnly | Native.CloseOnExec, Resolve = Beneath };
            var named = Native.OpenAt2(directory, name, how);
            if (named >= 0 || Marshal.GetLastPInvokeError() is not (Errno.NotImplemented or Errno.NotPermitted))
                return named;

            // Older kernels lack the call, and some sandboxes forbid it.
            _withOpenAt2 = false;
        }

        return Native.OpenAt(directory, name, Native.PathOnly | Native.NoFollow | Native.CloseOnExec, 0);
    }

    private static Opening Refused(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return Opening.Refused(error, error == Errno.TooManyLinks ? $"refused: {what} is a symbolic link" : OpenFile.WhyNot(error));
    }
}
