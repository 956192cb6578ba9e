using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Lines from a stream that is read once, such as standard input. The present content ends with the stream, or when nothing has arrived for
/// a while after its first bytes.
/// </summary>
/// <param name="translate">Translates the lines of the stream; system log lines need none.</param>
public sealed class StreamSource(
    SourceId source,
    Func<Stream> open,
    TailOptions options,
    Func<IReadOnlyList<TailEvent>, IReadOnlyList<TailEvent>> translate
) : ILineSource
{
    /// <summary>The state of a stream that continues after its present content was read.</summary>
    public const string NotEnded = "not ended: read until it was silent";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly LineSplitter _splitter = new(
        source,
        options.Keep,
        options.LongestLine,
        options.Search,
        options.Stamped,
        options.Silence
    );
    private StreamPump? _pump;
    private long _offset;
    private bool _ended;

    public IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock)
    {
        yield return [Health(SourceState.Following, null, clock().At)];
        var pump = Pump();
        for (TimeSpan? patience = null; !_ended; patience = Patience)
        {
            if (pump.Take(patience) is not { } block)
            {
                yield return [Health(SourceState.Following, NotEnded, clock().At)];
                yield break;
            }

            yield return Events(block, clock().At);
        }
    }

    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) => Observable.Defer(() =>
    {
        var pump = Pump();
        // One block per poll, so that the scheduler's other work runs in between.
        PollResult<IReadOnlyList<TailEvent>> Poll(Poller poller) =>
            _ended ? new([Health(SourceState.Missing, "ended", poller.Now.At)], null) { IsLast = true }
            : pump.Take(TimeSpan.Zero) is { } block ? new(Events(block, poller.Now.At), TimeSpan.Zero)
            : new(null, null);

        return Poller
            .Observe<IReadOnlyList<TailEvent>>(tail, TimeSpan.Zero, Poll, poller => pump.Listen(poller.Wake))
            .StartWith([Health(SourceState.Following, null, tail.Now)]);
    });

    public void Dispose() => _pump?.Dispose();

    private StreamPump Pump() => _pump ??= new StreamPump(open, source.Name);

    private List<TailEvent> Events(StreamBlock block, DateTimeOffset now)
    {
        var events = new List<TailEvent>();
        _splitter.Take(block.Bytes.Span, _offset, events);
        _offset += block.Bytes.Length;
        if (block.IsEnd)
        {
            _ended = true;
            _splitter.Close(events);
        }

        events = [.. translate(events)];
        if (block.Fault is { } fault)
            events.Add(Health(SourceState.Unreadable, $"unreadable: {fault}", now));
        return events;
    }

    private SourceChanged Health(SourceState state, string? why, DateTimeOffset now) => new(new SourceHealth(source, state, why, now));
}
