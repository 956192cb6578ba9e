using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Record;

/// <summary>Opens a factory's feed.</summary>
/// <param name="start">Where each file of the system log begins; null where nothing is known of any.</param>
/// <param name="logs">What is known of the build logs.</param>
/// <param name="grown">Given what is new of a build log, before the observation of it is.</param>
public delegate MonitorFeed OpenFeed(Func<string, StartAt>? start, IReadOnlyDictionary<string, KnownLog> logs, Action<LogGrowth> grown);

/// <summary>
/// One factory as it is recorded: its feed behind what was recorded of it, its fold, and where all of it goes. What it folds is just what
/// it records, so that the same state can be folded again. For one thread.
/// </summary>
/// <param name="name">The factory's name; empty for the only one.</param>
/// <param name="recorded">What was recorded of it before.</param>
/// <param name="rows">Where builds and logs are remembered.</param>
public sealed class RecordedFactory(
    string name,
    FactoryFacts facts,
    Recorded recorded,
    LineRecorder lines,
    HistoryRecorder rows,
    Action<MonitorState> see
)
{
    private readonly List<LogGrowth> _grown = [];

    /// <summary>Streams that are read from their beginning, and have not come to what is new.</summary>
    private readonly Dictionary<SourceId, Observation> _passing = [];
    private SeenLogs _logs = recorded.Logs;

    public MonitorState State { get; private set; } = recorded.Fold.With(facts).State;

    /// <summary>Records what is there and what comes, until it is disposed of.</summary>
    /// <param name="tail">The factory's thread and clock.</param>
    public IObservable<MonitorState> Follow(OpenFeed open, IScheduler tail) =>
        Observable.Using(
            () => Open(open),
            feed =>
                Observable
                    .Defer(() => CatchUp(feed, tail).ToObservable(Scheduler.CurrentThread))
                    .Concat(feed.Follow(tail).Select(batch => Take(feed, batch, tail)))
        );

    /// <summary>The feed, from where the recording ends.</summary>
    public MonitorFeed Open(OpenFeed open)
    {
        see(State);
        var known = recorded.Fold.Logs.ToImmutableDictionary(log => log.Key, log => log.Value.Known, StringComparer.Ordinal);
        return open(recorded.LastLines.Count == 0 && recorded.Places.Count == 0 ? null : Start, known, _grown.Add);
    }

    /// <summary>What was written before this process began, without what is recorded already.</summary>
    public IEnumerable<MonitorState> CatchUp(MonitorFeed feed, IScheduler tail)
    {
        var again = recorded.LastLines.Values.Where(last => !Holds(last.Source)).ToDictionary(last => last.Source);
        if (again.Count == 0)
        {
            foreach (var batch in feed.CatchUp())
                yield return Take(feed, batch, tail);
            yield break;
        }

        // Only after the last of it is known where what is recorded ends.
        var batches = feed.CatchUp().ToList();
        foreach (var (source, last) in again)
        {
            if (!LeaveOut(batches, source, last))
                _passing[source] = last;
        }

        foreach (var batch in batches.Where(batch => batch.Count > 0))
            yield return Take(feed, batch, tail);
    }

    /// <summary>Folds and records one batch.</summary>
    public MonitorState Take(MonitorFeed feed, IReadOnlyList<Observation> batch, IScheduler tail)
    {
        if (_passing.Count > 0)
            batch = [.. batch.Where(IsNew)];
        var entries = ImmutableArray.CreateBuilder<Entry>(batch.Count);
        foreach (var seen in batch)
            entries.Add(new Entry(seen, seen.Event is BuildLogRead read ? Growth(read.File) : null));
        State = State.Apply(batch);
        _logs = _logs.And(batch);
        lines.Add(name, facts, new Batch(tail.Now, entries.MoveToImmutable()), feed.Places);
        rows.See(_logs, State);
        see(State);
        return State;
    }

    private LogGrowth Growth(string file)
    {
        var place = _grown.FindIndex(growth => growth.File == file);
        var growth = _grown[place];
        _grown.RemoveAt(place);
        return growth;
    }

    private bool IsNew(Observation seen)
    {
        if (seen.Text is null || !_passing.TryGetValue(seen.Source, out var last))
            return true;
        if (seen.At > last.At || Same(seen, last))
            _passing.Remove(seen.Source);
        return seen.At > last.At;
    }

    private bool Holds(SourceId source) => recorded.Places.TryGetValue(source, out var place) && ReadingPlace.Holds(place);

    private StartAt Start(string path) =>
        recorded.Places.TryGetValue(new SourceId(path), out var place) && ReadingPlace.Holds(place) ? StartAt.Place(place) : StartAt.Oldest;

    /// <summary>
    /// Takes out the lines of a source up to the last that is recorded: looked for by all it says and where it stood, then by what it says,
    /// then by its time.
    /// </summary>
    /// <returns>Whether any line of the source is there.</returns>
    private static bool LeaveOut(List<IReadOnlyList<Observation>> batches, SourceId source, Observation last)
    {
        var own = batches
            .SelectMany((batch, place) => batch.Select(seen => (Seen: seen, Batch: place)))
            .Where(one => one.Seen.Source == source && one.Seen.Text is not null)
            .ToList();
        var end = own.FindLastIndex(one => Same(one.Seen, last) && one.Seen.Offset == last.Offset);
        if (end < 0)
            end = own.FindLastIndex(one => Same(one.Seen, last));
        var known = (end >= 0 ? own.Take(end + 1) : own.Where(one => one.Seen.At <= last.At))
            .Select(one => one.Seen)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        for (var place = 0; place < batches.Count; place++)
        {
            if (batches[place].Any(known.Contains))
                batches[place] = [.. batches[place].Where(seen => !known.Contains(seen))];
        }

        return own.Count > 0;
    }

    private static bool Same(Observation one, Observation other) =>
        one.At == other.At && one.Text == other.Text && one.Host == other.Host && one.Count == other.Count;
}
