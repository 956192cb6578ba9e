using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Record;

/// <summary>
/// Writes the batches of the factories' feeds, at most once a second, on a thread of its own; what comes faster than memory should hold is
/// written at once by the thread that adds it. It reports a full or damaged disk, and writes waiting entries when that is over; beyond a
/// limit the oldest are dropped.
/// </summary>
public sealed class LineRecorder : IDisposable
{
    /// <summary>A killed process loses no more than this, and that is read from the logs again.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    /// <summary>The limit of entries that wait for a disk: some minutes of a busy host.</summary>
    private const int MostWaiting = 100_000;

    /// <summary>So many characters do not wait for the next second.</summary>
    private const long MostHeld = 4 * 1024 * 1024;

    private readonly Func<RecordingWriter> _open;
    private readonly StateKeeper _states;
    private readonly IScheduler _scheduler;
    private readonly Action<string?> _trouble;
    private readonly Lock _gate = new();
    private readonly Lock _disk = new();
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly> _factsOf = new(StringComparer.Ordinal);
    private RecordingWriter? _writer;
    private bool _due;
    private volatile bool _isInTrouble;
    private bool _closed;

    /// <param name="open">Opens the recording.</param>
    /// <param name="states">Is told what was recorded.</param>
    /// <param name="scheduler">Its own thread and clock.</param>
    /// <param name="trouble">
    /// Called by the thread that writes with the reason why nothing can be written, and with null when that is over.
    /// </param>
    public LineRecorder(Func<RecordingWriter> open, StateKeeper states, IScheduler scheduler, Action<string?> trouble) =>
        (_open, _states, _scheduler, _trouble) = (open, states, scheduler, trouble);

    /// <summary>Adds a batch of a factory; returns at once, unless so much waits that it must be written. From any thread.</summary>
    /// <param name="places">How far the sources are read after it; null if that is between two places.</param>
    /// <param name="state">The state of the factory after it; null if it changes nothing.</param>
    public void Add(string factory, FactoryFacts facts, Batch batch, IReadOnlyList<SourcePosition>? places, MonitorState? state)
    {
        bool isMuch;
        lock (_gate)
        {
            var waiting = Of(factory);
            waiting.Facts = facts;
            waiting.Add(batch, places, state);
            isMuch = waiting.Characters > MostHeld;
            Wake(Pace);
        }

        if (isMuch && !_isInTrouble)
            Write();
    }

    /// <summary>One observation that rests on no line and is no part of a feed; returns at once. From any thread.</summary>
    public void Add(string factory, FactoryFacts facts, Observation seen) =>
        Add(factory, facts, new Batch(_scheduler.Now, [new Entry(seen, null)]), places: null, state: null);

    /// <summary>Writes everything that waits, with the key of an alert that is about to be sent. On the recorder's thread.</summary>
    public void Note(string factory, string alert)
    {
        lock (_gate)
            Of(factory).Alerts.Add(alert);
        Write();
    }

    /// <summary>Writes the rest.</summary>
    public void Dispose()
    {
        Write();
        lock (_gate)
            _closed = true;
        _writer?.Dispose();
    }

    private Waiting Of(string factory) => _waiting.TryGetValue(factory, out var waiting) ? waiting : _waiting[factory] = new Waiting();

    private void Wake(TimeSpan delay)
    {
        if (_due || _closed)
            return;
        _due = true;
        _scheduler.Schedule(delay, () =>
        {
            lock (_gate)
                _due = false;
            Write();
        });
    }

    private void Write()
    {
        lock (_disk)
            WriteAll();
    }

    private void WriteAll()
    {
        List<(string Factory, Waiting Taken)> taken;
        lock (_gate)
        {
            if (_closed)
                return;
            taken = [.. _waiting.Where(one => !one.Value.IsEmpty).Select(one => (one.Key, one.Value.Take()))];
        }

        for (var index = 0; index < taken.Count; index++)
        {
            try
            {
                _writer ??= _open();
                var frame = FrameOf(taken[index].Factory, taken[index].Taken);
                _writer.Append(frame);
                _states.Take(frame with { Number = _writer.LastNumber }, taken[index].Taken.State, _writer.BeginsPart);
                _factsOf[taken[index].Factory] = Today;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Refused(taken[index..], error.Message.ReplaceLineEndings(" "));
                return;
            }
        }

        if (_isInTrouble && taken.Count > 0)
        {
            _isInTrouble = false;
            _trouble(null);
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(_scheduler.Now.UtcDateTime);

    private Frame FrameOf(string factory, Waiting taken)
    {
        var isFirst = _factsOf.GetValueOrDefault(factory) != Today;
        return new Frame(0, factory, [.. taken.Batches.DefaultIfEmpty(new Batch(_scheduler.Now, []))])
        {
            Facts = isFirst ? taken.Facts : null,
            Places = [.. taken.Places ?? []],
            Alerts = [.. taken.Alerts],
        };
    }

    private void Refused(IEnumerable<(string Factory, Waiting Taken)> left, string why)
    {
        lock (_gate)
        {
            foreach (var (factory, waiting) in left)
            {
                if (Of(factory).PutBack(waiting, MostWaiting))
                    _states.Interrupt();
            }

            Wake(Retry);
        }

        if (!_isInTrouble)
            _trouble(why);
        _isInTrouble = true;
    }

    private sealed class Waiting
    {
        public List<Batch> Batches { get; private set; } = [];

        public List<string> Alerts { get; private set; } = [];

        public IReadOnlyList<SourcePosition>? Places { get; private set; }

        public FactoryFacts? Facts { get; set; }

        /// <summary>The state after the last of them that changes it.</summary>
        public MonitorState? State { get; private set; }

        /// <summary>How many characters the lines have.</summary>
        public long Characters { get; private set; }

        public bool IsEmpty => Batches.Count == 0 && Alerts.Count == 0;

        public void Add(Batch batch, IReadOnlyList<SourcePosition>? places, MonitorState? state)
        {
            Batches.Add(batch);
            Characters += LengthOf(batch);
            Places = places ?? Places;
            State = state ?? State;
        }

        public Waiting Take()
        {
            var taken = new Waiting { Batches = Batches, Alerts = Alerts, Places = Places, Facts = Facts, State = State };
            (Batches, Alerts, Places, State, Characters) = ([], [], null, null, 0);
            return taken;
        }

        /// <summary>Puts back what could not be written. Returns whether the oldest of it was dropped, because there is too much.</summary>
        public bool PutBack(Waiting before, int most)
        {
            Batches = [.. before.Batches, .. Batches];
            Alerts = [.. before.Alerts, .. Alerts];
            Places ??= before.Places;
            State ??= before.State;
            var (entries, count) = (Batches.Sum(batch => batch.Entries.Length), Batches.Count);
            while (entries > most && Batches.Count > 1)
            {
                entries -= Batches[0].Entries.Length;
                Batches.RemoveAt(0);
            }

            Characters = Batches.Sum(LengthOf);
            return Batches.Count < count;
        }

        private static long LengthOf(Batch batch) =>
            batch.Entries.Sum(entry => (entry.Seen.Text?.Length ?? 0) + (entry.Growth?.Lines.Bytes.Length ?? 0));
    }
}
