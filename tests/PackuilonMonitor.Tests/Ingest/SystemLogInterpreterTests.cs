using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>What is told of the times of a source.</summary>
public sealed class SystemLogInterpreterTests
{
    private readonly SystemLogInterpreter _interpreter = new(new SyslogClock(TimeZoneInfo.Utc, Given.Noon.AddDays(1)));

    [Test]
    public void Lines_WhoseTimesCannotBeRead_AreReportedAndHaveNoTime()
    {
        var read = Read(3, "2026/11/22 09:05:07 vm sshd[1]: hello");

        Assert.That((read.LastLineAt, read.Untimed), Is.EqualTo(((DateTimeOffset?)null, "2026/11/22 09:05:07 vm sshd[1]: hello")));
    }

    [Test]
    public void OneLineWithoutATime_AmongLinesWithTimes_IsNoTrouble()
    {
        Read(50, "Nov 22 12:00:00 vm sshd[1]: hello");

        Assert.That(
            (Read(1, "  and more").LastLineAt, Read(1, "  and more").Untimed),
            Is.EqualTo(((DateTimeOffset?)Given.Noon, (string?)null))
        );
    }

    [Test]
    public void ManyLinesWithoutATime_AfterLinesWithTimes_AreReportedUntilOneHasATime()
    {
        Read(50, "Nov 22 12:00:00 vm sshd[1]: hello");

        Assert.That(Read(20, "[12:00] hello").Untimed, Is.EqualTo("[12:00] hello"));
        Assert.That(Read(0, null).Untimed, Is.EqualTo("[12:00] hello"), "nothing was read since");
        Assert.That(Read(1, "Nov 22 12:00:01 vm sshd[1]: hello").Untimed, Is.Null);
    }

    [Test]
    public void LineOfOursWithoutATime_First_IsReportedAndIsNotNow()
    {
        var seen = Interpret(
            new LineRead(new LogLine(Given.Messages, 0, "Nov 31 12:00:00 vm rabbit2packer.py: Starting")),
            new ChunkRead(Given.Messages, 1)
        );

        Assert.That(seen[0].HasNoTime);
        Assert.That(((SourceRead)seen[1].Event).LastLineAt, Is.Null);
        Assert.That(((SourceRead)seen[1].Event).Untimed, Is.Not.Null);
    }

    [Test]
    public void Watch_IntoTheNextYear_TakesItsLinesForThatYear()
    {
        Read(1, "Nov 22 12:00:00 vm sshd[1]: hello");

        var later = Interpret(
            Given.Noon.AddDays(300),
            new MarkRead(new LogLine(Given.Messages, 0, "Sep 18 12:00:00 vm sshd[1]: hello")),
            new ChunkRead(Given.Messages, 1)
        );

        Assert.That(((SourceRead)later[0].Event).LastLineAt, Is.EqualTo(new DateTimeOffset(2027, 9, 18, 12, 0, 0, TimeSpan.Zero)));
    }

    private SourceRead Read(long lines, string? last)
    {
        TailEvent[] events = last is null
            ? [new ChunkRead(Given.Messages, lines)]
            : [new MarkRead(new LogLine(Given.Messages, 0, last)), new ChunkRead(Given.Messages, lines)];
        return (SourceRead)Interpret(events).Single().Event;
    }

    private List<Observation> Interpret(params TailEvent[] events) => Interpret(Given.Noon, events);

    private List<Observation> Interpret(DateTimeOffset now, params TailEvent[] events) => [.. _interpreter.Interpret(events, now)];
}
