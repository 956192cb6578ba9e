using System.Globalization;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>Arrivals from a stream as events of a tail. Messages of other programs are counted and reported once.</summary>
public sealed class ShippedLines(SourceId source, ShippedLogs? logs = null)
{
    private readonly Dictionary<string, ReportedSource> _reported = new(StringComparer.Ordinal);
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
            else if (one.Digest is { } digest)
            {
                logs?.Learn(digest);
                events.Add(new LogReported(source, new BuildLogRead(digest.File, digest.Log, (int)digest.Generation)));
            }
            else if (one.Beat is { } beat)
            {
                events.AddRange(Of(beat));
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

    /// <summary>The shipper lives, and what is new of its sources.</summary>
    private IEnumerable<TailEvent> Of(Heartbeat beat)
    {
        foreach (var one in beat.Sources)
        {
            var theirs = new SourceId($"{source.Path}:{one.Path}");
            var before = _reported.GetValueOrDefault(one.Path);
            _reported[one.Path] = one;
            if ((before?.State, before?.Why, before?.Since) != (one.State, one.Why, one.Since))
                yield return new SourceChanged(new SourceHealth(theirs, one.State, one.Why, one.Since));
            // A shipper that began again counts from the first line.
            var lines = one.Lines - (before?.Lines <= one.Lines ? before.Lines : 0);
            if (lines > 0)
                yield return new SourceReported(
                    theirs,
                    new SourceRead(lines, one.LastLineAt) { FirstLineAt = one.FirstLineAt, Silence = one.Silence }
                );
        }

        yield return new HeartbeatRead(source, beat.At);
    }

    private string Words => string.Create(CultureInfo.InvariantCulture, $"{ShippedSource.Foreign}, {Foreign} so far");

    private SourceChanged Changed(SourceState state, string? why, DateTimeOffset now) => new(new SourceHealth(source, state, why, now));
}
