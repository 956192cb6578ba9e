using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Record;

/// <summary>The recording of one factory: everything that a recorder needs to continue after its last line.</summary>
public sealed class FactoryRecording
{
    /// <summary>What ended this shortly before its recorder was killed may not have been sent yet.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromSeconds(30);

    private const int MostAlerts = 20_000;

    private readonly Dictionary<SourceId, SourcePosition> _places = [];
    private readonly Dictionary<SourceId, Observation> _last = [];
    private readonly Queue<(DateTimeOffset At, MonitorState State)> _states = new();
    private readonly HashSet<string> _alerts = new(StringComparer.Ordinal);

    private FactoryRecording(string factory) =>
        (Fold, Health) = (FactoryFold.Of(factory), new RecordedHealth(factory.Length == 0 ? null : factory));

    /// <summary>The checks that are raised at its end, and what of them was announced.</summary>
    public RecordedHealth Health { get; }

    public FactoryFold Fold { get; private set; }

    /// <summary>When the lines of its logs arrived.</summary>
    public SeenLogs Logs { get; private set; } = SeenLogs.None;

    /// <summary>How far each source was read.</summary>
    public IReadOnlyDictionary<SourceId, SourcePosition> Places => _places;

    /// <summary>The last line of each source.</summary>
    public IReadOnlyDictionary<SourceId, Observation> LastLines => _last;

    /// <summary>The keys of the alerts that were sent.</summary>
    public IReadOnlyCollection<string> Alerts => _alerts;

    /// <summary>The state half a minute before the end; null if less was recorded.</summary>
    public MonitorState? Earlier => _states.TryPeek(out var earlier) ? earlier.State : null;

    /// <summary>All factories of a recording, by name.</summary>
    /// <param name="states">Is told of each frame.</param>
    public static IReadOnlyDictionary<string, FactoryRecording> In(RecordingReader reader, StateKeeper states)
    {
        var factories = new Dictionary<string, FactoryRecording>(StringComparer.Ordinal);
        foreach (var part in reader.Parts())
        {
            foreach (var frame in part.Frames())
                states.Pass(frame, () => After(factories, frame), frame.Number == part.First);
        }

        return factories;
    }

    private static FactoryFold After(Dictionary<string, FactoryRecording> factories, Frame frame)
    {
        if (!factories.TryGetValue(frame.Factory, out var recorded))
            factories[frame.Factory] = recorded = new FactoryRecording(frame.Factory);
        recorded.Take(frame);
        return recorded.Fold;
    }

    /// <summary>A factory without a recording.</summary>
    public static FactoryRecording Nothing(string factory) => new(factory);

    private void Take(Frame frame)
    {
        Fold = Fold.With(frame.Facts);
        foreach (var batch in frame.Batches)
        {
            _states.Enqueue((batch.At, Fold.State));
            Fold = Fold.Apply(batch.Entries, frame.Number, out var seen);
            Logs = Logs.And(seen);
            foreach (var entry in batch.Entries)
                Health.Take(entry.Seen);
            foreach (var line in seen.Where(one => one.Text is not null))
                _last[line.Source] = line;
            while (_states.Count > 1 && _states.ElementAt(1).At <= batch.At - Untold)
                _states.Dequeue();
        }

        foreach (var place in frame.Places)
            _places[place.Source] = place;
        if (_alerts.Count > MostAlerts)
            _alerts.Clear();
        foreach (var alert in frame.Alerts)
            Health.Take(alert);
        _alerts.UnionWith(frame.Alerts);
    }
}
