using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Wakes readers when something changes in their directory, with one watcher per directory. This is only a hint: a watcher can stop
/// silently, so it is replaced when its directory was replaced, after an error, and every five minutes.
/// </summary>
public sealed class DirectoryHints : IDisposable
{
    private static readonly TimeSpan Check = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _directories = new(StringComparer.Ordinal);
    private readonly IDisposable _checks;
    private readonly IStopwatch _stopwatch;
    private readonly Action<string, string>? _report;
    private readonly Func<string, FileSystemWatcher> _open;
    private int _reported;

    /// <param name="scheduler">The clock.</param>
    /// <param name="report">
    /// Called once, on any thread, with a directory that cannot be watched and the reason; the directory is polled.
    /// </param>
    /// <param name="open">Makes the watcher of a directory; null for the usual one.</param>
    public DirectoryHints(
        IScheduler scheduler,
        Action<string, string>? report = null,
        Func<string, FileSystemWatcher>? open = null
    )
    {
        (_report, _open) = (report, open ?? (static directory => new FileSystemWatcher(directory)));
        _stopwatch = scheduler.StartStopwatch();
        _checks = scheduler.Schedule(Check, again =>
        {
            Renew();
            again(Check);
        });
    }

    /// <summary>The number of active watchers.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
                return _directories.Values.Count(watched => watched.Watcher is not null);
        }
    }

    /// <summary>
    /// Calls back, on another thread, when a file whose name begins like the path's changes beside it, or beside the target of a link. The
    /// callback receives the name, or null if anything may have changed, and must only note it.
    /// </summary>
    public IDisposable Watch(string path, Action<string?> wake)
    {
        var places = new[] { path, Target(path) }.OfType<string>().Select(Path.GetFullPath).Distinct(StringComparer.Ordinal);
        return new CompositeDisposable(places.Select(place => Add(Path.GetDirectoryName(place) ?? "/", Path.GetFileName(place), wake)));
    }

    public void Dispose()
    {
        _checks.Dispose();
        lock (_gate)
        {
            foreach (var watched in _directories.Values)
                watched.Watcher?.Dispose();
            _directories.Clear();
        }
    }

    private IDisposable Add(string directory, string prefix, Action<string?> wake)
    {
        lock (_gate)
        {
            if (!_directories.TryGetValue(directory, out var watched))
            {
                _directories[directory] = watched = new Watched(directory, _open, Report);
                watched.Start(_stopwatch.Elapsed);
            }

            var listener = (prefix, wake);
            watched.Listeners = [.. watched.Listeners, listener];
            return Disposable.Create(() => Remove(watched, listener));
        }
    }

    private void Remove(Watched watched, (string, Action<string?>) listener)
    {
        lock (_gate)
        {
            watched.Listeners = [.. watched.Listeners.Where(other => other != listener)];
            if (watched.Listeners.Length > 0)
                return;
            watched.Watcher?.Dispose();
            _directories.Remove(watched.Directory);
        }
    }

    private void Renew()
    {
        lock (_gate)
        {
            foreach (var watched in _directories.Values)
            {
                var due = _stopwatch.Elapsed - watched.Since >= Renewal;
                if (due || watched.Deaf || watched.Watcher is null || watched.Identity != StatResult.At(watched.Directory).Status.Identity)
                    watched.Start(_stopwatch.Elapsed);
            }
        }
    }

    // Reported once: the limit applies to the user, so it is the same for all directories.
    private void Report(string directory, string why)
    {
        if (Interlocked.Exchange(ref _reported, 1) == 0)
            _report?.Invoke(directory, why);
    }

    private static string? Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed class Watched(string directory, Func<string, FileSystemWatcher> open, Action<string, string> report)
    {
        private volatile bool _deaf;

        public string Directory => directory;

        // Replaced as a whole, because the watcher's thread reads it without the lock.
        public volatile (string Prefix, Action<string?> Wake)[] Listeners = [];

        public FileSystemWatcher? Watcher { get; private set; }

        public FileIdentity Identity { get; private set; }

        public TimeSpan Since { get; private set; }

        public bool Deaf => _deaf;

        public void Start(TimeSpan now)
        {
            Watcher?.Dispose();
            (Watcher, Since, _deaf) = (null, now, false);
            Identity = StatResult.At(directory).Status.Identity;
            var watcher = Made();
            if (watcher is null)
                return;

            watcher.Changed += (_, change) => Wake(change.Name);
            watcher.Created += (_, change) => Wake(change.Name);
            watcher.Deleted += (_, change) => Wake(change.Name);
            watcher.Renamed += (_, change) =>
            {
                Wake(change.OldName);
                Wake(change.Name);
            };
            watcher.Error += (_, fault) =>
            {
                _deaf = true;
                Refused(fault.GetException());
            };
            try
            {
                watcher.EnableRaisingEvents = true;
                Watcher = watcher;
            }
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                // No directory, or no watch left for this user: the next check retries.
                watcher.Dispose();
                Refused(error);
            }

            // Changes may have happened while nobody watched.
            Wake(null);
        }

        private void Refused(Exception error)
        {
            if (error is IOException { HResult: Errno.TooManyOpen })
                report(directory, "no inotify instance is left for this user (fs.inotify.max_user_instances)");
            else if (error is IOException { HResult: Errno.NoSpace })
                report(directory, "no inotify watch is left for this user (fs.inotify.max_user_watches)");
        }

        private FileSystemWatcher? Made()
        {
            try
            {
                var watcher = open(directory);
                watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes;
                return watcher;
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        private void Wake(string? name)
        {
            foreach (var (prefix, wake) in Listeners)
                if (name is null || name.StartsWith(prefix, StringComparison.Ordinal))
                    wake(name);
        }
    }
}
