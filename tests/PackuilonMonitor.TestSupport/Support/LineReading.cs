using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;

namespace PackuilonMonitor.Tests.Support;

/// <summary>Lines read one after the other, with the clock that goes with them.</summary>
internal sealed class LineReading(TimeZoneInfo zone, DateTimeOffset now)
{
    private SyslogClock _clock = new(zone, now);

    public SyslogClock Clock => _clock;

    public Observation? Parse(LogLine line) => LineParser.Parse(line, ref _clock);

    public DateTimeOffset? TimeOf(LogLine line) => LineParser.TimeOf(line, ref _clock);
}
