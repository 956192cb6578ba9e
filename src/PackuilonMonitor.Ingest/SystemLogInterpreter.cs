using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Ingest;

/// <summary>What the tails of the system log brought, as observations. One for all files that make one stream, in their order.</summary>
public sealed class SystemLogInterpreter(SyslogClock clock)
{
    private readonly LineParser _parser = new(clock);
    private readonly Dictionary<SourceId, DateTimeOffset> _lastLines = [];

    /// <summary>The stamps of the first lines of the chunks that are being read.</summary>
    private readonly Dictionary<SourceId, DateTimeOffset> _firstLines = [];

    /// <summary>The observations of these events, in order.</summary>
    /// <param name="now">The wall time, for what rests on no line.</param>
    public IEnumerable<Observation> Interpret(IEnumerable<TailEvent> events, DateTimeOffset now) =>
        events.Select(brought => Interpret(brought, now)).OfType<Observation>();

    private Observation? Interpret(TailEvent brought, DateTimeOffset now) => brought switch
    {
        LineRead read => Line(read.Line),
        LineDistrusted line => Line(line.Line) is { } seen ? seen with { Event = new Unrecognised(line.Why) } : null,
        MarkRead mark => Mark(mark.Line),
        ChunkRead chunk => Own(chunk.Source, now, Read(chunk)),
        SourceChanged changed => Own(changed.Source, now, new SourceSeen(changed.Health)),
        LinesMissing missing => Own(missing.Source, now, new LinesLost(missing.Bytes, missing.Why) { IsUnread = missing.IsUnread }),
        SourceRotated rotated => Own(rotated.Source, now, new SourceTurned(rotated.How is Rotation.Replaced ? "replaced" : "truncated")),
        SourceRestarted => null,
        _ => throw new System.Diagnostics.UnreachableException($"{brought.GetType().Name} is not interpreted"),
    };

    private Observation? Line(LogLine line)
    {
        var seen = _parser.Parse(line);
        if (seen is null)
            return Mark(line);
        Stamped(line.Source, seen.At);
        return seen;
    }

    private Observation? Mark(LogLine line)
    {
        if (_parser.TimeOf(line) is { } at)
            Stamped(line.Source, at);
        return null;
    }

    private void Stamped(SourceId source, DateTimeOffset at)
    {
        _lastLines[source] = at;
        _firstLines.TryAdd(source, at);
    }

    private SourceRead Read(ChunkRead chunk)
    {
        var read = new SourceRead(chunk.Lines, _lastLines.TryGetValue(chunk.Source, out var last) ? last : null)
        {
            FirstLineAt = _firstLines.TryGetValue(chunk.Source, out var first) ? first : null,
            Silence = chunk.Silence,
        };
        _firstLines.Remove(chunk.Source);
        return read;
    }

    private static Observation Own(SourceId source, DateTimeOffset now, MonitorEvent what) =>
        new(now, source, "", Speaker.Monitor, null, what);
}
