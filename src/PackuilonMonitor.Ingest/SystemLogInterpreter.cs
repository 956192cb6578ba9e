using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Ingest;

/// <summary>Turns the events of the system log's tails into observations. One for all files of a stream, in their order.</summary>
/// <param name="clock">The time before the first line.</param>
public sealed class SystemLogInterpreter(SyslogClock clock)
{
    /// <summary>This many lines without a readable time are not an accident.</summary>
    private const long MostUntimed = 20;

    private readonly Dictionary<SourceId, Times> _times = [];
    private SyslogClock _clock = clock;
    private DateTimeOffset? _lastNow;

    /// <summary>The state of one source's times.</summary>
    /// <param name="Last">The last reliable time.</param>
    /// <param name="Since">The number of lines after a line with a time.</param>
    /// <param name="Untimed">The last line, if it has no time.</param>
    private readonly record struct Times(DateTimeOffset? Last, long Since, string? Untimed)
    {
        public string? Unread => Last is null || Since >= MostUntimed ? Untimed : null;
    }

    /// <summary>The stamps of the first lines of the chunks that are being read.</summary>
    private readonly Dictionary<SourceId, DateTimeOffset> _firstLines = [];

    /// <summary>The observations of these events, in order.</summary>
    /// <param name="now">The wall time, for events without a line.</param>
    public IEnumerable<Observation> Interpret(IEnumerable<TailEvent> events, DateTimeOffset now)
    {
        // A program that runs for days may reach another year.
        if (_lastNow is { } last && now > last)
            _clock = _clock with { Now = _clock.Now + (now - last) };
        _lastNow = now;
        return events.Select(one => Interpret(one, now)).OfType<Observation>();
    }

    private Observation? Interpret(TailEvent tailEvent, DateTimeOffset now) => tailEvent switch
    {
        LineRead read => Line(read.Line),
        LineDistrusted line => Line(line.Line) is { } seen ? seen with { Event = new Unrecognised(line.Why) } : null,
        MarkRead mark => Mark(mark.Line),
        ChunkRead chunk => Own(chunk.Source, now, Counted(chunk)),
        SourceReported told => Own(told.Source, now, told.Read),
        LogReported told => Own(told.Source, now, told.Read),
        HeartbeatRead beat => Own(beat.Source, now, new HeartbeatReceived(beat.SentAt)),
        SourceChanged changed => Own(changed.Source, now, new SourceSeen(changed.Health)),
        LinesMissing missing => Own(missing.Source, now, new LinesLost(missing.Bytes, missing.Why) { IsUnread = missing.IsUnread }),
        SourceRotated rotated => Own(rotated.Source, now, new SourceTurned(rotated.How is Rotation.Replaced ? "replaced" : "truncated")),
        SourceRestarted => null,
        _ => throw new System.Diagnostics.UnreachableException($"{tailEvent.GetType().Name} is not interpreted"),
    };

    private Observation? Line(LogLine line)
    {
        var seen = LineParser.Parse(line, ref _clock);
        if (seen is null)
            return Mark(line);
        CountTime(line, hasTime: !seen.HasNoTime);
        return seen;
    }

    private Observation? Mark(LogLine line)
    {
        CountTime(line, LineParser.TimeOf(line, ref _clock) is not null);
        return null;
    }

    private void CountTime(LogLine line, bool hasTime)
    {
        if (!hasTime)
        {
            // A blank line says nothing about the times of others.
            if (!string.IsNullOrWhiteSpace(line.Text))
                _times[line.Source] = _times.GetValueOrDefault(line.Source) with { Untimed = line.Text };
            return;
        }

        _times[line.Source] = new Times(_clock.Last, 0, null);
        if (_clock.Last is { } at)
            _firstLines.TryAdd(line.Source, at);
    }

    private SourceRead Counted(ChunkRead chunk)
    {
        var times = _times.GetValueOrDefault(chunk.Source);
        if (times.Untimed is not null)
            _times[chunk.Source] = times = times with { Since = times.Since + chunk.Lines };
        var read = new SourceRead(chunk.Lines, times.Last)
        {
            Untimed = times.Unread,
            FirstLineAt = _firstLines.TryGetValue(chunk.Source, out var first) ? first : null,
            Silence = chunk.Silence,
        };
        _firstLines.Remove(chunk.Source);
        return read;
    }

    private static Observation Own(SourceId source, DateTimeOffset now, MonitorEvent what) =>
        new(now, source, "", Speaker.Monitor, null, what);
}
