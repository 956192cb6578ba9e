using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Tests.Core.Events;
using PackuilonMonitor.Tests.Core.Parsing;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>Whatever a feed brings comes out of a recording as it was.</summary>
public sealed class FrameTests
{
    private static IEnumerable<TestCaseData> Headers() =>
        Header.All.Select(header => new TestCaseData(header).SetArgDisplayNames(header.Name));

    private static IEnumerable<TestCaseData> OwnEvents() =>
        OneOfEach
            .Events.Concat(OneOfEach.Others)
            .Where(said =>
                said
                    is SourceSeen
                        or SourceRead
                        or SourceTurned
                        or SourcePolled
                        or LinesLost
                        or BuildLogGone
                        or BuildLogRefused
                        or QueueMeasured
                        or LogDirectoryRead
                        or HeartbeatReceived
                        or ProfileRead
                        or PairRemembered
            )
            .Append(new QueueMeasured(null))
            .Append(new BuildLogRefused("x.log", null) { IsLog = true })
            .Append(
                new SourceRead(3, null)
                {
                    Untimed = "no stamp",
                    FirstLineAt = Given.Noon.AddTicks(7),
                    Silence = TimeSpan.FromMinutes(31),
                }
            )
            .Append(new SourceRead(4, Given.Noon) { OfBuildLogs = true })
            .Append(new ProfileRead("p.json", new ProfileContent("host", "norm", null, "sl", "7x", "x86_64")))
            .Append(new LinesLost(5, "a gap") { IsUnread = true })
            .Select(said =>
                new TestCaseData(said).SetArgDisplayNames(said.ToString()!.Length > 80 ? said.ToString()![..80] : said.ToString()!)
            );

    [Test]
    public void Turn_OfHealth_WrittenAndRead_IsTheSame()
    {
        var seen = new Observation(
            Given.Noon,
            new SourceId("health"),
            "",
            Speaker.Monitor,
            null,
            new HealthTurned("unmuted", "BUILD_FAILED", "WARN", "ERROR", 7, "7 images fail: norm, lab, …")
            {
                Items = ["norm.managed", "lab.a"],
                Gone = ["db"],
                Why = "new item lab.a",
                By = "ada",
            }
        );

        var again = Again([new Entry(seen, null)]).Single().Seen;

        Assert.That((again.At, EventJson.Of(again)), Is.EqualTo((seen.At, EventJson.Of(seen))));
        Assert.That(EventJson.Of(seen), Does.Contain("\"type\":\"health-unmuted\"").And.Contain("\"gone\":[\"db\"]"));
    }

    [TestCaseSource(nameof(Headers))]
    public void Lines_WrittenAndRead_AreTheSameObservations(Header header)
    {
        var clock = new SyslogClock(TimeZoneInfo.Utc, header.At.AddDays(1));
        var seen = new List<Observation>();
        foreach (var sentence in Sentence.Daemon)
        {
            if (LineParser.Parse(new LogLine(Given.Messages, 17, header.Write(sentence.Speaker, sentence.Text)), ref clock) is { } one)
                seen.Add(one);
        }

        var again = Again([.. seen.Select(one => new Entry(one, null))]).Select(entry => entry.Seen).ToList();

        Assert.That(again, Is.EqualTo(seen).And.Count.GreaterThan(20));
        Assert.That(again.Select(one => EventJson.Of(one)), Is.EqualTo(seen.Select(one => EventJson.Of(one))));
    }

    [Test]
    public void Line_Repeated_KeepsItsCount()
    {
        var clock = new SyslogClock(TimeZoneInfo.Utc, Given.Noon);
        var seen = LineParser.Parse(
            new LogLine(
                Given.Messages,
                0,
                "Nov 22 12:00:01 vm rabbit2packer.py: message repeated 3 times: [ Thread-2: reconnecting to channel]"
            ),
            ref clock
        )!;

        Assert.That(seen.Count, Is.EqualTo(3));
        Assert.That(Again(new Entry(seen, null)).Seen, Is.EqualTo(seen));
    }

    [TestCase("Nov 22 25:61:61 vm /rabbit2packer.py: Starting")]
    [TestCase("Nov 22 12:00:01 vm /rabbit2packer.py: what is that")]
    [TestCase("<14>1 2026-11-22T12:00:01Z vm - - - -  Starting")]
    public void Line_ThatIsStrange_KeepsWhatWasSaidOfIt(string line)
    {
        var clock = new SyslogClock(TimeZoneInfo.Utc, Given.Noon);
        var seen = LineParser.Parse(new LogLine(Given.Messages, 3, line), ref clock)!;

        Assert.That(Again(new Entry(seen, null)).Seen, Is.EqualTo(seen));
    }

    [Test]
    public void Line_ThatItsSourceDistrusts_StaysDistrusted()
    {
        var seen = Given.Seen(new Unrecognised("not written by the daemon's process")) with
        {
            Text = "Thread-2 processing norm",
            Speaker = Speaker.Rabbit2Packer,
        };

        Assert.That(Again(new Entry(seen, null)).Seen, Is.EqualTo(seen));
    }

    [TestCaseSource(nameof(OwnEvents))]
    public void OwnEvent_WrittenAndRead_IsTheSame(MonitorEvent said)
    {
        var seen = new Observation(Given.Noon.ToOffset(TimeSpan.FromHours(2)), Given.Messages, "", Speaker.Monitor, null, said);

        var again = Again(new Entry(seen, null)).Seen;

        Assert.That(again, Is.EqualTo(seen));
        Assert.That(again.At.Offset, Is.EqualTo(seen.At.Offset));
    }

    [Test]
    public void Growth_WrittenAndRead_IsTheSame()
    {
        var growth = new LogGrowth("x.log", 3)
        {
            Began = true,
            ArrivedAt = Given.Noon,
            ModifiedAt = Given.Noon.AddSeconds(1),
            Lines = ["==> openstack: é\u001b[0m", "", "\uFFFD"],
            HasHole = true,
            Unfinished = "half",
            IsBrief = true,
        };

        var again = Again(
            new Entry(
                Given.Seen(new BuildLogRead("x.log", BuildLog.Empty, 3)) with
                {
                    Text = null,
                    Speaker = Speaker.Monitor,
                    Host = "",
                },
                growth
            )
        ).Growth!;

        Assert.That(again.Lines, Is.EqualTo(growth.Lines));
        Assert.That(again with { Lines = growth.Lines }, Is.EqualTo(growth));
    }

    /// <summary>A log that another host reads has no growth here.</summary>
    [Test]
    public void ReportedLog_WrittenAndRead_IsTheSame([Values("x.log@5", null)] string? earlier)
    {
        var log = RememberedLog.Of(GivenLogs.Folded(GivenLogs.Failed)).ToLog() with { ModifiedAt = Given.Noon };
        var seen = new Observation(
            Given.Noon,
            Given.Messages,
            "",
            Speaker.Monitor,
            null,
            new BuildLogRead("x.log", log, 3) { EarlierBuild = earlier }
        );

        var (again, growth) = Again(new Entry(seen, null));

        var read = (BuildLogRead)again.Event;
        Assert.That(growth, Is.Null);
        Assert.That(again with { Event = seen.Event }, Is.EqualTo(seen));
        Assert.That((read.File, read.Generation, read.EarlierBuild, read.Log.ModifiedAt), Is.EqualTo(("x.log", 3, earlier, Given.Noon)));
        Assert.That(LogJson.Of(RememberedLog.Of(read.Log)), Is.EqualTo(LogJson.Of(RememberedLog.Of(log))));
        Assert.That(Reason.Of(read.Log), Is.Not.Null);
    }

    [Test]
    public void Frame_WithAllItCanHold_IsTheSame()
    {
        using var folder = new TempFolder();
        var facts = new FactoryFacts("sl-", 4, "Europe/London", "/log");
        var place = new SourcePosition(Given.Messages, [new FilePoint(1, ulong.MaxValue, -5, long.MaxValue, 9, 256, 77)]);
        var frame = GivenFrames.Frame(Given.Noon, "x", "oxford") with { Facts = facts, Places = [place], Alerts = ["end a", "stuck b"] };
        using (var writer = folder.Writer())
            writer.Append(frame);

        var again = folder.Frames().Single();

        Assert.Multiple(() =>
        {
            Assert.That((again.Number, again.Factory, again.Facts), Is.EqualTo((1, "oxford", facts)));
            Assert.That(again.Places.Single().Files, Is.EqualTo(place.Files));
            Assert.That(again.Alerts, Is.EqualTo(frame.Alerts));
            Assert.That(again.Batches.Single().Entries.Single(), Is.EqualTo(frame.Batches[0].Entries[0]));
        });
    }

    private static Entry Again(Entry entry) => Again([entry]).Single();

    private static ImmutableArray<Entry> Again(ImmutableArray<Entry> entries)
    {
        using var folder = new TempFolder();
        using var writer = folder.Writer();
        writer.Append(new Frame(0, "", [new Batch(Given.Noon, entries)]));
        return folder.Frames().Single().Batches.Single().Entries;
    }
}
