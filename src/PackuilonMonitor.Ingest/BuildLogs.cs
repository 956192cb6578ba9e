using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Reads all logs of the log directory as they grow. A poll lists the directory and reads what changed; this class has no timer and no
/// thread.
/// </summary>
/// <param name="known">What another reader knew of the logs when it ended, by name; null reads everything from its beginning.</param>
/// <param name="grown">Receives new lines of a log before their observation; null if nobody asks.</param>
public sealed class BuildLogs(LogDirectory directory, IReadOnlyDictionary<string, KnownLog>? known = null, Action<LogGrowth>? grown = null)
    : IObservationSource
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>A poll that answers hints follows the last one after at least this time.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>Polls may use one part of the time out of this many, within a limit; reading much at once does not count.</summary>
    private const int CostShare = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>About so many characters are read in a turn: what a turn hands on must not grow with the number of logs.</summary>
    private const int MostInATurn = 4 * 1024 * 1024;

    private readonly LogFollowers _followers = new(directory, known, grown);
    private readonly string[] _before = known is null ? [] : [.. known.Keys];
    private readonly HashSet<string> _unfinished = new(StringComparer.Ordinal);

    /// <summary>Changed logs that had no part in the last turn, in the order of their changes.</summary>
    private readonly List<ChangedLog> _waiting = [];

    private readonly Dictionary<string, BuildLogRefused> _refused = new(StringComparer.Ordinal);
    private readonly SourceId _source = new(directory.Path);
    private string? _trouble = "";
    private long _lines;
    private bool _listed;
    private bool _live;
    private bool _complete;

    /// <summary>The last poll used up its share of bytes: poll again at once.</summary>
    public bool HasMore => _unfinished.Count > 0 || _waiting.Count > 0;

    /// <summary>Lists the directory and reads once. Returns the resulting observations.</summary>
    public IReadOnlyList<Observation> Poll(Moment now)
    {
        var seen = new List<Observation>();
        var listing = directory.Scan();
        if (listing.Why != _trouble)
            seen.Add(Own(now, new SourceSeen(Health(_trouble = listing.Why, now))));
        if (listing.Why is not null)
            return seen;

        IReadOnlyCollection<string> gone = _listed ? listing.Gone : GoneBefore(listing);
        _waiting.RemoveAll(log => gone.Contains(log.Name));
        foreach (var name in gone)
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

    /// <summary>Reads the logs with these names, and those that the last poll did not finish, without listing the directory.</summary>
    /// <returns>The observations; null if only a poll of the whole directory can tell what happened.</returns>
    public IReadOnlyList<Observation>? Poll(Moment now, IReadOnlyCollection<string> names)
    {
        if (!_listed || directory.Changed(names) is not { } changed)
            return null;
        var seen = new List<Observation>();
        Read(changed, now, seen);
        End(now, seen);
        return seen;
    }

    /// <summary>Reads everything to its end, for a report that reads nothing afterwards.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now)
    {
        yield return Poll(now);
        while (HasMore)
            yield return Poll(now, []) ?? Poll(now);
        yield return [.. _followers.All.Select(follower => follower.Ended()).OfType<BuildLogRead>().Select(read => Own(now, read))];
    }

    /// <summary>
    /// Reads a log as soon as the directory hints that it changed. Hints can fail, so it also polls the whole directory every few seconds,
    /// more often while a log grows. Listing thousands of logs takes time, so the interval is proportional to the duration of the last
    /// poll. Never completes.
    /// </summary>
    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) => Observable.Defer(() =>
    {
        _live = true;
        var (hinted, rest, grew) = (new HintedNames(), Shortest, (TimeSpan?)null);
        // The latest and the earliest time of the next poll of the whole directory.
        var (due, allowed) = (TimeSpan.Zero, TimeSpan.Zero);

        PollResult<IReadOnlyList<Observation>> Turn(Poller poller)
        {
            var (began, wasComplete) = (poller.Now, _complete);
            var names = hinted.Take();
            var seen = began.Running < due && names is not null ? Poll(began, names) : null;
            var whole = seen is null;
            if (whole && began.Running < allowed)
            {
                hinted.Add(null);
                return new(null, allowed - began.Running);
            }

            seen ??= Poll(began);
            var ended = poller.Now.Running;
            if (whole)
            {
                rest = TimeSpan.FromTicks(Math.Clamp((ended - began.Running).Ticks * CostShare, Shortest.Ticks, Longest.Ticks));
                allowed = ended + rest;
            }

            // Reading what was there already is no growth.
            if (seen.Count > 0 && wasComplete)
                grew = ended;
            var next = ended + Longer(Poller.Pause(ended - grew, Idle), rest);
            due = whole || next < due ? next : due;
            return new(seen.Count > 0 ? seen : null, HasMore ? TimeSpan.Zero : Longer(due - ended, TimeSpan.Zero));
        }

        return Poller.Observe<IReadOnlyList<Observation>>(tail, Shortest, Turn, poller =>
            hints.Watch(directory.Path.TrimEnd('/') + "/", name =>
            {
                if (hinted.Add(name))
                    poller.Hint();
            }));
    });

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    public void Dispose() => _followers.Dispose();

    private void Read(IEnumerable<LogEntry> entries, Moment now, List<Observation> seen)
    {
        var waited = _waiting.ToDictionary(log => log.Name, log => log.Appeared, StringComparer.Ordinal);
        var changed = entries.OrderBy(entry => entry.Status.Modified)
            .Select(entry => new ChangedLog(entry.Name, entry.Status.ModifiedAt, waited.GetValueOrDefault(entry.Name, _listed)))
            .ToList();
        var again = changed.Select(log => log.Name).ToHashSet(StringComparer.Ordinal);
        ChangedLog[] logs =
        [
            .. _waiting.Where(log => !again.Contains(log.Name)),
            .. changed,
            .. _unfinished.Where(name => !again.Contains(name) && !waited.ContainsKey(name))
                .Select(name => new ChangedLog(name, null, _listed)),
        ];
        _waiting.Clear();
        var left = (long)MostInATurn;
        foreach (var log in logs)
        {
            if (left > 0)
                left -= Read(log, now, seen);
            else if (log.ModifiedAt is not null)
                _waiting.Add(log);
        }
    }

    /// <summary>Ends a poll: logs that nobody follows, how much was read, and whether everything was.</summary>
    private void End(Moment now, List<Observation> seen)
    {
        seen.AddRange(_followers.Retire().Select(read => Own(now, read)));
        if (seen.Exists(what => what.Event is BuildLogRead))
            seen.Add(Own(now, new SourceRead(_lines, _live ? now.At : null) { OfBuildLogs = true }));
        _lines = 0;
        if (!_complete && !HasMore)
        {
            _complete = true;
            seen.Add(Own(now, new LogDirectoryRead()));
        }
    }

    /// <summary>Logs that another reader knew and that are gone.</summary>
    private string[] GoneBefore(LogListing listing) => [.. _before.Except(listing.Logs.Select(log => log.Name))];

    /// <summary>Reads a log. Returns the number of characters.</summary>
    private long Read(ChangedLog log, Moment now, List<Observation> seen)
    {
        var (name, follower) = (log.Name, _followers.Of(log.Name, log.Appeared));
        follower.ModifiedAt = log.ModifiedAt ?? follower.ModifiedAt;
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
        return follower.CharactersRead;
    }

    // Reports this once, and when it is over.
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

    /// <param name="ModifiedAt">Null if only more of it is to be read.</param>
    /// <param name="Appeared">It was absent at an earlier poll.</param>
    private readonly record struct ChangedLog(string Name, DateTimeOffset? ModifiedAt, bool Appeared);

    private Observation Own(Moment now, MonitorEvent what) => new(now.At, _source, "", Speaker.Monitor, null, what);
}
