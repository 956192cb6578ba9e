using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>
/// The events of a remote factory, as its monitor ships them, instead of the system log. The present content ends when nothing has arrived
/// for a while.
/// </summary>
/// <param name="from">Where in the stream to start: first, next, a number, or a time.</param>
/// <param name="logs">Learns where in their stream the build logs are; null where nobody reads them.</param>
public sealed class ShippedSource(EventStream stream, object from, ShippedLogs? logs = null) : ILineSource
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A stream's past arrives without a pause.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPast = TimeSpan.FromSeconds(60);

    /// <summary>Why a readable stream is not entirely ours.</summary>
    public const string Foreign = "messages that are no events of a factory are skipped";

    private readonly ShippedLines _lines = new(new SourceId(stream.ToString()), logs);
    private ShippedPump? _pump;
    private DateTimeOffset? _firstAt;
    private DateTimeOffset? _lastAt;

    public IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock)
    {
        var pump = Pump();
        for (TimeSpan? patience = null; pump.Take(patience) is { } first; patience = Patience)
        {
            yield return Events(first, pump, clock().At);
            if (first.Fault is not null)
                break;
        }
    }

    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) => Observable.Defer(() =>
    {
        var pump = Pump();
        // One part per poll, so that the scheduler's other work runs in between.
        PollResult<IReadOnlyList<TailEvent>> Poll(Poller poller) =>
            pump.Take(TimeSpan.Zero) is { } first ? new(Events(first, pump, poller.Now.At), TimeSpan.Zero) : new(null, null);

        return Poller.Observe<IReadOnlyList<TailEvent>>(tail, TimeSpan.Zero, Poll, poller => pump.Listen(poller.Wake));
    });

    /// <summary>
    /// Once, when the stream pauses, or after a minute without a pause: the messages before are its past. Not while it cannot be read.
    /// </summary>
    public IObservable<Unit> CaughtUp(IScheduler tail) => Observable.Interval(Pause / 2, tail)
        .Where(_ => tail.Now - _lastAt >= Pause || tail.Now - _firstAt >= LongestPast)
        .Select(_ => Unit.Default)
        .Take(1);

    public void Dispose() => _pump?.Dispose();

    private ShippedPump Pump() => _pump ??= new ShippedPump(stream, from);

    /// <summary>The events of this arrival and of those that have also arrived.</summary>
    private List<TailEvent> Events(Shipped first, ShippedPump pump, DateTimeOffset now)
    {
        var arrivals = new List<Shipped>();
        _firstAt = first.Fault is null ? _firstAt ?? now : null;
        _lastAt = first.Fault is null ? now : null;
        for (var one = first; one is not null; one = one.Fault is null && arrivals.Count < MostAtOnce ? pump.Take(TimeSpan.Zero) : null)
            arrivals.Add(one);
        var events = _lines.Of(arrivals, now);
        // The first message after the start of reading may take longer than the following ones.
        if (!events.Exists(one => one is ChunkRead))
            _lastAt += Patience - Pause;
        return events;
    }
}
