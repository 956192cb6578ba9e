using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>
/// The events of a remote factory, as its monitor ships them, instead of the system log. <see cref="StreamPast"/> says where the present
/// content ends.
/// </summary>
/// <param name="from">Where in the stream to start: first, next, a number, or a time.</param>
/// <param name="logs">Learns where in their stream the build logs are; null where nobody reads them.</param>
public sealed class ShippedSource(EventStream stream, object from, ShippedLogs? logs = null) : ILineSource
{
    private const int MostAtOnce = 1_000;

    /// <summary>Why a readable stream is not entirely ours.</summary>
    public const string Foreign = "messages that are no events of a factory are skipped";

    private readonly ShippedLines _lines = new(new SourceId(stream.ToString()), logs);
    private ShippedPump? _pump;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _lastAt;

    public IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock)
    {
        var pump = Pump();
        TimeSpan? patience = null;
        while (pump.Take(patience) is { } first)
        {
            yield return Events(first, pump, clock().At);
            if (first.Fault is not null)
                break;
            patience = pump.IsBehind ? StreamPast.ToKnown : StreamPast.ToFirst;
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

    /// <summary>Once, when the past of the stream is over. Not while it cannot be read.</summary>
    public IObservable<Unit> CaughtUp(IScheduler tail) => Observable.Interval(StreamPast.Interval, tail)
        .Where(_ => StreamPast.IsOver(tail.Now, _startedAt, _lastAt, _pump is { IsBehind: true }))
        .Select(_ => Unit.Default)
        .Take(1);

    public void Dispose() => _pump?.Dispose();

    private ShippedPump Pump() => _pump ??= new ShippedPump(stream, from);

    /// <summary>The events of this arrival and of those that have also arrived.</summary>
    private List<TailEvent> Events(Shipped first, ShippedPump pump, DateTimeOffset now)
    {
        var arrivals = new List<Shipped>();
        _startedAt = first.Fault is null ? _startedAt ?? now : null;
        for (var one = first; one is not null; one = one.Fault is null && arrivals.Count < MostAtOnce ? pump.Take(TimeSpan.Zero) : null)
            arrivals.Add(one);
        var events = _lines.Of(arrivals, now);
        if (first.Fault is not null)
            _lastAt = null;
        else if (arrivals.Exists(one => one.IsMessage))
            _lastAt = now;
        return events;
    }
}
