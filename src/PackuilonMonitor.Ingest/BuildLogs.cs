using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// All logs of the log directory, read as they grow. One look lists the directory and reads what changed; it has no timer
/// and no thread.
/// </summary>
/// <param name="known">What another reader knew of the logs when it ended, by name; null where all is read from its beginning.</param>
/// <param name="grown">Given what is new of a log before the observation of it is; null where nobody asks.</param>
public sealed class BuildLogs(LogDirectory directory, IReadOnlyDictionary<string, KnownLog>? known = null, Action<LogGrowth>? grown = null)
    : IObservationSource
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(10);

    /// <summary>A burst of hints becomes one look.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>Of so many parts of time one may go into looking, within a limit: reading much at once is no reason to stay away.</summary>
    private const int CostShare = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly LogFollowers _followers = new(directory, known, grown);
    private readonly HashSet<string> _unfinished = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BuildLogRefused> _refused = new(StringComparer.Ordinal);
    private readonly SourceId _source = new(directory.Path);
    private string? _trouble = "";
    private long _lines;
    private bool _listed;
    private bool _live;
    private bool _complete;

    /// <summary>The last look ended with its share of bytes: look again at once.</summary>
    public bool HasMore => _unfinished.Count > 0;

    /// <summary>Lists and reads once; the observations that follow from it.</summary>
    public IReadOnlyList<Observation> Poll(Moment now)
    {
        var seen = new List<Observation>();
        var listing = directory.Scan();
        if (listing.Why != _trouble)
            seen.Add(Own(now, new SourceSeen(Health(_trouble = listing.Why, now))));
        if (listing.Why is not null)
            return seen;

        foreach (var name in _listed ? listing.Gone : GoneBefore(listing))
        {
            _unfinished.Remove(name);
            _followers.Forget(name);
            seen.Add(Own(now, new BuildLogGone(name)));
            Refuse(new BuildLogRefused(name, null), now, seen);
        }

        foreach (
            var name in _refused
                .Values.Where(refused => !refused.IsLog)
                .Select(refused => refused.File)
                .Except(listing.Refused.Select(refused => refused.Name))
                .ToList()
        )
            Refuse(new BuildLogRefused(name, null), now, seen);
        foreach (var (name, why) in listing.Refused)
            Refuse(new BuildLogRefused(name, why), now, seen);

        Read(listing.Changed, now, seen);
        _listed = true;
        End(now, seen);
        return seen;
    }

    /// <summary>
    /// Reads the logs with these names, and those that the last look did not read to their end, without listing the directory.
    /// </summary>
    /// <returns>The observations that follow; null where only a look at all of the directory tells what happened.</returns>
    public IReadOnlyList<Observation>? Poll(Moment now, IReadOnlyCollection<string> names)
    {
        if (!_listed || directory.Changed(names) is not { } changed)
            return null;
        var seen = new List<Observation>();
        Read(changed, now, seen);
        End(now, seen);
        return seen;
    }

    /// <summary>All there is now, to its end; for a report, after which nothing is read.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now)
    {
        do
        {
            yield return Poll(now);
        }
        while (HasMore);
        yield return [.. _followers.All.Select(follower => follower.Ended()).OfType<BuildLogRead>().Select(read => Own(now, read))];
    }

    /// <summary>
    /// Reads a log as soon as the directory hints that it changed, and looks at the whole directory every few seconds, more often while a
    /// log grows, for hints can fail. Never ends by itself. A directory of thousands of logs takes its time to list, so a look at the whole
    /// waits in proportion to the last.
    /// </summary>
    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
        {
            _live = true;
            var (turns, stopwatch) = (new SerialDisposable(), tail.StartStopwatch());
            var (hinted, rest, grew) = (new HintedNames(), Shortest, (TimeSpan?)null);
            // The next look at the whole directory comes at the latest and at the earliest then.
            var (due, allowed) = (TimeSpan.Zero, TimeSpan.Zero);

            void Turn()
            {
                var began = stopwatch.Elapsed;
                var names = hinted.Take();
                var seen = began < due && names is not null ? Poll(Moment.Of(tail, stopwatch), names) : null;
                var whole = seen is null;
                if (whole && began < allowed)
                {
                    hinted.Add(null);
                    After(allowed - began);
                    return;
                }

                seen ??= Poll(Moment.Of(tail, stopwatch));
                var ended = stopwatch.Elapsed;
                if (whole)
                {
                    rest = TimeSpan.FromTicks(Math.Clamp((ended - began).Ticks * CostShare, Shortest.Ticks, Longest.Ticks));
                    allowed = ended + rest;
                }

                if (seen.Count > 0)
                {
                    grew = ended;
                    observer.OnNext(seen);
                }

                var next = ended + (grew is { } last && ended - last < BusyFor ? Longer(Busy, rest) : Longer(Idle, rest));
                due = whole || next < due ? next : due;
                After(HasMore ? TimeSpan.Zero : Longer(due - ended, TimeSpan.Zero));
            }

            void After(TimeSpan delay)
            {
                if (!turns.IsDisposed)
                    turns.Disposable = tail.Schedule(delay, Turn);
            }

            // Called on the watcher's thread: only the first hint after a look costs anything.
            void Wake(string? name)
            {
                if (hinted.Add(name))
                    tail.Schedule(() => After(Shortest));
            }

            var watch = hints.Watch(directory.Path.TrimEnd('/') + "/", Wake);
            After(TimeSpan.Zero);
            return new CompositeDisposable(watch, turns);
        });

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    public void Dispose() => _followers.Dispose();

    private void Read(IEnumerable<LogEntry> entries, Moment now, List<Observation> seen)
    {
        var changed = entries.OrderBy(entry => entry.Status.Modified).ToList();
        foreach (var entry in changed)
            Read(entry.Name, entry.Status.ModifiedAt, now, seen);
        foreach (var name in _unfinished.Except(changed.Select(entry => entry.Name)).ToList())
            Read(name, null, now, seen);
    }

    /// <summary>What a look is ended with: logs that nobody follows any more, how much was read, and whether all was.</summary>
    private void End(Moment now, List<Observation> seen)
    {
        seen.AddRange(_followers.Retire().Select(read => Own(now, read)));
        if (seen.Exists(what => what.Event is BuildLogRead))
            seen.Add(Own(now, new SourceRead(_lines, _live ? now.At : null)));
        _lines = 0;
        if (!_complete && !HasMore)
        {
            _complete = true;
            seen.Add(Own(now, new LogDirectoryRead()));
        }
    }

    /// <summary>What another reader knew and is not there any more.</summary>
    private string[] GoneBefore(LogListing listing) => known is null ? [] : [.. known.Keys.Except(listing.Logs.Select(log => log.Name))];

    private void Read(string name, DateTimeOffset? modifiedAt, Moment now, List<Observation> seen)
    {
        var follower = _followers.Of(name, appeared: _listed);
        follower.ModifiedAt = modifiedAt ?? follower.ModifiedAt;
        if (follower.Poll(now) is { } read)
        {
            seen.Add(Own(now, read));
            _lines += follower.LinesRead;
        }

        Refuse(new BuildLogRefused(name, follower.Why) { IsLog = true }, now, seen);
        if (follower.HasMore)
            _unfinished.Add(name);
        else
            _unfinished.Remove(name);
    }

    // Told once, and when it is over.
    private void Refuse(BuildLogRefused refused, Moment now, List<Observation> seen)
    {
        if (_refused.GetValueOrDefault(refused.File)?.Why == refused.Why)
            return;
        if (refused.Why is null)
            _refused.Remove(refused.File);
        else
            _refused[refused.File] = refused;
        seen.Add(Own(now, refused));
    }

    private SourceHealth Health(string? why, Moment now) =>
        new(_source, why is null ? SourceState.Following : SourceState.Unreadable, why, now.At);

    private Observation Own(Moment now, MonitorEvent what) => new(now.At, _source, "", Speaker.Monitor, null, what);
}
