using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Ingest;

/// <summary>What is told of the times of a source.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
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

    [TestCase("")]
    [TestCase("  ")]
    public void BlankLine_SaysNothingAboutTimes(string blank)
    {
        Read(50, "Nov 22 12:00:00 vm sshd[1]: hello");
        Assert.That(Read(50, blank).Untimed, Is.Null);

        Read(20, "[12:00] hello");
        Assert.That(Read(1, blank).Untimed, Is.EqualTo("[12:00] hello"));
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

    [TestCase(19, null)]
    [TestCase(20, "  and more")]
    public void LinesWithoutATime_AfterLinesWithTimes_AreReportedFromTwentyOn(int lines, string? untimed)
    {
        Read(50, "Nov 22 12:00:00 vm sshd[1]: hello");

        Assert.That(Read(lines, "  and more").Untimed, Is.EqualTo(untimed));
    }

    [Test]
    public void FirstLine_OfAChunk_HasItsTime_AndTheNextChunkItsOwn()
    {
        TailEvent At(string time) => new MarkRead(new LogLine(Given.Messages, 0, $"Nov 22 {time} vm sshd[1]: hello"));
        var seen = Interpret(
            At("12:00:01"), At("12:00:05"), new ChunkRead(Given.Messages, 9) { Silence = TimeSpan.FromMinutes(7) }, At("12:00:06"),
            new ChunkRead(Given.Messages, 1), new ChunkRead(Given.Messages, 0));

        Assert.That(
            seen.Select(one => (SourceRead)one.Event).Select(read => (read.FirstLineAt, read.LastLineAt, read.Silence.Minutes)),
            Is.EqualTo(new (DateTimeOffset?, DateTimeOffset?, int)[]
            {
                (Given.Noon.AddSeconds(1), Given.Noon.AddSeconds(5), 7), (Given.Noon.AddSeconds(6), Given.Noon.AddSeconds(6), 0),
                (null, Given.Noon.AddSeconds(6), 0),
            }));
    }

    [Test]
    public void Events_OfASource_AreObservationsOfTheirOwn()
    {
        var seen = Interpret(
            new LineDistrusted(new LogLine(Given.Messages, 0, "Nov 22 12:00:00 vm rabbit2packer.py: Starting"), "not trusted"),
            new LineDistrusted(new LogLine(Given.Messages, 0, "Nov 22 12:00:00 vm sshd[1]: hello"), "not trusted"),
            new LinesMissing(Given.Messages, 5, "cut") { IsUnread = true }, new SourceRotated(Given.Messages, Rotation.Replaced),
            new SourceRotated(Given.Messages, Rotation.Truncated), new SourceRestarted(Given.Messages, 1));

        Assert.That(
            seen.Select(one => one.Event),
            Is.EqualTo(new MonitorEvent[]
            {
                new Unrecognised("not trusted"), new LinesLost(5, "cut") { IsUnread = true }, new SourceTurned("replaced"),
                new SourceTurned("truncated"),
            }));
    }

    /// <summary>A line of months before is an accident; a line soon after one of tomorrow is not.</summary>
    [TestCase("Nov 22 12:00:00", "Sep 1 12:00:00", "2026-11-22T12:00:00Z")]
    [TestCase("Nov 24 11:00:00", "Nov 24 13:00:00", "2026-11-24T13:00:00Z")]
    public void LastLine_IsTheLastThatFollowsTheOthers(string first, string second, string last)
    {
        Read(1, $"{first} vm sshd[1]: hello");

        Assert.That(
            Read(1, $"{second} vm sshd[1]: hello").LastLineAt,
            Is.EqualTo(DateTimeOffset.Parse(last, System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    [TestCase("1795350586")]
    [TestCase("1795350586.123456")]
    [TestCase("1795350586.123456 ")]
    public void Line_ThatIsOnlyATime_IsATime(string line) => Assert.That(Read(1, line).LastLineAt, Is.Not.Null);

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
