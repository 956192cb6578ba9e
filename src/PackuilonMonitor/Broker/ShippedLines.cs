using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>Arrivals from a stream as events of a tail. Messages of other programs are counted and reported once.</summary>
public sealed class ShippedLines(SourceId source)
{
    private bool _foreignTold;

    /// <summary>Messages of other programs so far.</summary>
    public long Foreign { get; private set; }

    /// <summary>The events of these arrivals, in their order.</summary>
    public List<TailEvent> Of(IReadOnlyList<Shipped> arrivals, DateTimeOffset now)
    {
        var (events, lines) = (new List<TailEvent>(), 0);
        foreach (var one in arrivals)
        {
            if (one.IsForeign)
            {
                Foreign++;
            }
            else if (one.Event is { } shipped)
            {
                lines++;
                var line = new LogLine(source, one.Sequence, shipped.Line);
                events.Add(shipped.Unrecognised is { } why ? new LineDistrusted(line, why) : new LineRead(line));
            }
            else
            {
                events.Add(
                    Changed(
                        one.Fault is null ? SourceState.Following : SourceState.Unreadable,
                        one.Fault ?? (_foreignTold ? Words : null),
                        now
                    )
                );
            }
        }

        if (lines > 0)
            events.Add(new ChunkRead(source, lines));
        if (Foreign > 0 && !_foreignTold)
        {
            _foreignTold = true;
            events.Add(Changed(SourceState.Following, Words, now));
        }

        return events;
    }

    private string Words => string.Create(CultureInfo.InvariantCulture, $"{ShippedSource.Foreign}, {Foreign} so far");

    private SourceChanged Changed(SourceState state, string? why, DateTimeOffset now) => new(new SourceHealth(source, state, why, now));
}
