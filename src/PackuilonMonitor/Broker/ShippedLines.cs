using System.Globalization;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>Arrivals from a stream as events of a tail. Messages of other programs are counted and reported once.</summary>
public sealed class ShippedLines(SourceId source, ShippedLogs? logs = null)
{
    private readonly Dictionary<string, ReportedSource> _reported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogDigest> _present = new(StringComparer.Ordinal);

    /// <summary>The last ones of logs that began again, while it is unknown by which build.</summary>
    private readonly Dictionary<string, LogDigest> _before = new(StringComparer.Ordinal);

    /// <summary>The generation of what is known of each earlier build.</summary>
    private readonly Dictionary<string, long> _earlier = new(StringComparer.Ordinal);
    private (bool Events, bool Logs) _foreignTold;

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
                events.AddRange(Of(digest));
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
                if (one.IsMadeAgain)
                    events.Add(new LinesMissing(source, 0, "the stream no longer has the last event that came from it"));
                events.Add(
                    Changed(
                        one.Fault is null ? SourceState.Following : SourceState.Unreadable,
                        one.Fault ?? Words,
                        now
                    )
                );
            }
        }

        if (lines > 0)
            events.Add(new ChunkRead(source, lines));
        var foreign = (Foreign > 0, logs?.Foreign > 0);
        if (foreign != _foreignTold)
        {
            _foreignTold = foreign;
            events.Add(Changed(SourceState.Following, Words, now));
        }

        return events;
    }

    /// <summary>What a log says; the build before that wrote a log of the same name keeps its own.</summary>
    private IEnumerable<TailEvent> Of(LogDigest digest)
    {
        if (digest.IsEarlier)
        {
            yield return Earlier(digest);
            yield break;
        }

        if (_present.TryGetValue(digest.File, out var known) && known.Generation != digest.Generation && known is { First: > 0 })
            _before[digest.File] = known;
        // The lines of a build may come after the first ones of its log.
        if (_before.TryGetValue(digest.File, out var before) && before.Build != digest.Build && before.Build != before.File)
        {
            _before.Remove(digest.File);
            // A copy that was published after it has all of it.
            if (_earlier.GetValueOrDefault(before.Build) <= before.Generation)
                yield return Earlier(before with { IsEarlier = true, IsEnded = true });
        }

        _present[digest.File] = digest;
        logs?.Learn(digest);
        yield return new LogReported(source, new BuildLogRead(digest.File, digest.Log, (int)digest.Generation));
    }

    private LogReported Earlier(LogDigest digest)
    {
        _earlier[digest.Build] = digest.Generation;
        logs?.Learn(digest);
        return new LogReported(
            source,
            new BuildLogRead(digest.File, digest.Log, (int)digest.Generation) { EarlierBuild = digest.Build }
        );
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

    /// <summary>What others wrote into the streams; null while that is nothing.</summary>
    private string? Words
    {
        get
        {
            var events = Foreign == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{ShippedSource.Foreign}, {Foreign} so far");
            return (events, logs?.ForeignWords) switch
            {
                (null, var other) => other,
                (var own, null) => own,
                var (own, other) => $"{own}; {other}",
            };
        }
    }

    private SourceChanged Changed(SourceState state, string? why, DateTimeOffset now) => new(new SourceHealth(source, state, why, now));
}
