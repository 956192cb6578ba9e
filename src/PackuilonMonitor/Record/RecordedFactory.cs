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
/// <param name="start">Where each file of the system log starts; null if nothing is known of any.</param>
/// <param name="logs">What is known of the build logs.</param>
/// <param name="grown">Receives new lines of a build log, before their observation.</param>
public delegate MonitorFeed OpenFeed(Func<string, StartAt>? start, IReadOnlyDictionary<string, KnownLog> logs, Action<LogGrowth> grown);

/// <summary>
/// Records one factory: its feed after the existing recording, its fold, and the receivers of both. It folds exactly what it records, so
/// that the same state can be folded again. For one thread.
/// </summary>
/// <param name="name">The factory's name; empty for the only one.</param>
/// <param name="recorded">Its existing recording.</param>
/// <param name="rows">Stores builds and logs.</param>
public sealed class RecordedFactory(
    string name,
    FactoryFacts facts,
    FactoryRecording recorded,
    LineRecorder lines,
    HistoryRecorder rows,
    Action<MonitorState> see
)
{
    private readonly List<LogGrowth> _grown = [];

    private readonly IReadOnlyDictionary<SourceId, SourcePosition> _places = recorded.Places;

    /// <summary>The logs of the recording, until they are followed. Nothing else of a recording stays in memory: it may be large.</summary>
    private ImmutableDictionary<string, RecordedLog> _known = recorded.Fold.Logs;

    private readonly IReadOnlyDictionary<SourceId, Observation> _last = recorded.LastLines;

    /// <summary>Streams that are read from their beginning, and have not reached new lines.</summary>
    private readonly Dictionary<SourceId, Observation> _passing = [];
    private SeenLogs _logs = recorded.Logs;

    public MonitorState State { get; private set; } = recorded.Fold.With(facts).State;

    /// <summary>Records existing and new lines, until it is disposed.</summary>
    /// <param name="tail">The factory's thread and clock.</param>
    public IObservable<MonitorState> Follow(OpenFeed open, IScheduler tail) =>
        Observable.Using(
            () => Open(open),
            feed =>
                Observable
                    .Defer(() => CatchUp(feed, tail).ToObservable(Scheduler.CurrentThread))
                    .Concat(feed.Follow(tail).Select(batch => Take(feed, batch, tail)))
        );

    /// <summary>The feed, from the end of the recording.</summary>
    public MonitorFeed Open(OpenFeed open)
    {
        see(State);
        var known = _known.ToImmutableDictionary(log => log.Key, log => log.Value.Known, StringComparer.Ordinal);
        _known = _known.Clear();
        return open(_last.Count == 0 && _places.Count == 0 ? null : Start, known, _grown.Add);
    }

    /// <summary>Lines written before this process started, without those already recorded.</summary>
    public IEnumerable<MonitorState> CatchUp(MonitorFeed feed, IScheduler tail)
    {
        var again = _last.Values.Where(last => !Holds(last.Source)).ToDictionary(last => last.Source);
        if (again.Count == 0)
        {
            foreach (var batch in feed.CatchUp())
                yield return Take(feed, batch, tail);
            yield break;
        }

        // Only its last line shows where the recording ends.
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
        lines.Add(name, facts, new Batch(tail.Now, entries.MoveToImmutable()), feed.Places, State);
        rows.See(_logs, State);
        see(State);
        return State;
    }

    /// <summary>None for a log that another host reported.</summary>
    private LogGrowth? Growth(string file)
    {
        var place = _grown.FindIndex(growth => growth.File == file);
        if (place < 0)
            return null;
        var growth = _grown[place];
        _grown.RemoveAt(place);
        return growth;
    }

    private bool IsNew(Observation seen)
    {
        if (!_passing.TryGetValue(seen.Source, out var last))
            return true;
        // What was reported of a log before the last line is in the recording.
        if (seen.Text is null)
            return seen.Event is not BuildLogRead;
        if (seen.At > last.At || Same(seen, last))
            _passing.Remove(seen.Source);
        return seen.At > last.At;
    }

    private bool Holds(SourceId source) => _places.TryGetValue(source, out var place) && ReadingPosition.Holds(place);

    private StartAt Start(string path) =>
        _places.TryGetValue(new SourceId(path), out var place) && ReadingPosition.Holds(place)
            ? StartAt.Place(place)
            : StartAt.Oldest;

    /// <summary>
    /// Removes the lines of a source up to the last recorded one, which is found by its content and place, otherwise by its content,
    /// otherwise by its time.
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
