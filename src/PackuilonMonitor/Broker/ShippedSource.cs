using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>The events of a factory elsewhere, as its monitor ships them, in place of the system log. What is there now ends when nothing has come for a while.</summary>
/// <param name="from">Where in the stream to begin: first, next, a number, or a time.</param>
public sealed class ShippedSource(EventStream stream, object from) : ILineSource
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SourceId _source = new(stream.ToString());
    private ShippedPump? _pump;
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

    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) => Observable.Create<IReadOnlyList<TailEvent>>(observer =>
    {
        var pump = Pump();
        var turns = new MultipleAssignmentDisposable();
        // A part a turn: what else the scheduler has to do comes in between.
        void Turn()
        {
            if (turns.IsDisposed || pump.Take(TimeSpan.Zero) is not { } first)
                return;
            observer.OnNext(Events(first, pump, tail.Now));
            turns.Disposable = tail.Schedule(Turn);
        }

        pump.Tell(() =>
        {
            if (!turns.IsDisposed)
                turns.Disposable = tail.Schedule(Turn);
        });
        turns.Disposable = tail.Schedule(Turn);
        return turns;
    });

    /// <summary>Once, when the stream is read and nothing has come for a while: what came before was its past. Never while it cannot be read.</summary>
    public IObservable<Unit> CaughtUp(IScheduler tail) =>
        Observable.Interval(Patience / 4, tail).Where(_ => tail.Now - _lastAt >= Patience).Select(_ => Unit.Default).Take(1);

    public void Dispose() => _pump?.Dispose();

    private ShippedPump Pump() => _pump ??= new ShippedPump(stream, from);

    /// <summary>The events of this arrival and of those that are there already.</summary>
    private List<TailEvent> Events(Shipped first, ShippedPump pump, DateTimeOffset now)
    {
        var (events, lines) = (new List<TailEvent>(), 0);
        _lastAt = first.Fault is null ? now : null;
        for (var one = first; one is not null; one = one.Fault is null && events.Count < MostAtOnce ? pump.Take(TimeSpan.Zero) : null)
        {
            if (one.Body is not { } body)
            {
                events.Add(new SourceChanged(new SourceHealth(_source, one.Fault is null ? SourceState.Following : SourceState.Unreadable, one.Fault, now)));
                continue;
            }

            lines++;
            events.Add(Event(body, one.Sequence));
        }

        if (lines > 0)
            events.Add(new ChunkRead(_source, lines));
        return events;
    }

    private TailEvent Event(ReadOnlyMemory<byte> body, long sequence)
    {
        if (ShippedEvent.Of(body) is not { } shipped)
            return new LinesMissing(_source, body.Length, "a message that is no event");
        var line = new LogLine(_source, sequence, shipped.Line);
        return shipped.Unrecognised is { } why ? new LineDistrusted(line, why) : new LineRead(line);
    }
}
