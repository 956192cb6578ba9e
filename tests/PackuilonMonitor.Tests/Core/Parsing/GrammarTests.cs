using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Every sentence in every header, through the parser that the program uses.</summary>
public sealed class GrammarTests
{
    [TestCaseSource(typeof(Sentence), nameof(Sentence.All))]
    public void Parse_SentenceInEveryHeaderThatNamesTheProgram_MeansItsEvent(Sentence sentence)
    {
        Assert.Multiple(() =>
        {
            foreach (var header in Header.All.Where(header => header.KeepsName))
            {
                var seen = Given.Parser().Parse(Given.Line(header.Write(sentence.Speaker, sentence.Text)));

                Assert.That(
                    seen! with
                    {
                        Pid = null,
                    },
                    Is.EqualTo(new Observation(header.At, Given.Messages, "vm-factory", sentence.Speaker, sentence.Text, sentence.Means)),
                    header.Name
                );
            }
        });
    }

    [Test]
    public void Parse_HeaderWithoutAPriority_MeansTheSameAsWithOne()
    {
        foreach (var header in Header.All)
        {
            var line = header.Write(Speaker.Rabbit2Packer, "Thread-2 processing norm-sl7x-x86_64");
            if (char.IsAsciiLetterOrDigit(line[0]) && !line.Contains('<', StringComparison.Ordinal))
                Assert.That(Given.Read(line), Is.EqualTo(Given.Read("<14>" + line)).And.Count.EqualTo(1), header.Name);
        }
    }

    [TestCase("Nov 22 09:05:07 vm /cdb2rabbit.py: Starting", null)]
    [TestCase("Nov 22 09:05:07 vm /cdb2rabbit.py[417]: Starting", 417)]
    [TestCase(
        "2026-11-22T09:05:07.250000+00:00 vm cdb2rabbit.py[9999999999]: Starting",
        null,
        TestName = "A number that no process has is none"
    )]
    [TestCase("<14>1 2026-11-22T09:05:07.250000+00:00 vm cdb2rabbit.py 417 - -  Starting", 417)]
    [TestCase("<14>1 2026-11-22T09:05:07.250000+00:00 vm cdb2rabbit.py - - -  Starting", null)]
    public void Parse_Tag_ReportsTheProcess(string line, int? pid) =>
        Assert.That(Given.Parser().Parse(Given.Line(line))!.Pid, Is.EqualTo(pid));

    [TestCaseSource(nameof(Unambiguous))]
    public void Parse_SentenceWithoutAName_IsRecognisedByItsText(Sentence sentence)
    {
        var header = Header.All.Single(header => !header.KeepsName);

        var seen = Given.Parser().Parse(Given.Line(header.Write(sentence.Speaker, sentence.Text)));

        Assert.That(seen, Is.Not.Null, $"no rule accepts \"{sentence.Text}\"");
        Assert.That(
            seen! with
            {
                Pid = null,
            },
            Is.EqualTo(new Observation(header.At, Given.Messages, "vm-factory", sentence.Speaker, sentence.Text, sentence.Means))
        );
    }

    [TestCase("vm-factory.example.org")]
    [TestCase("192.0.2.7")]
    [TestCase("2001:db8::7")]
    [TestCase("::1")]
    [TestCase("2026")]
    [TestCase("UTC")]
    public void Parse_AnyFormOfHost_IsItsLabel(string host)
    {
        foreach (
            var stamp in (string[])
                ["Nov 22 09:05:07", "2026-11-22T09:05:07Z", "2026-11-22 09:05:07", "Sun 2026-11-22 09:05:07 UTC", "1795338307.5"]
        )
        {
            var seen = Given.Read($"{stamp} {host} /rabbit2packer.py: Starting").Single();

            Assert.That((seen.Host, seen.Event), Is.EqualTo((host, (MonitorEvent)new ServiceStarted())), stamp);
        }
    }

    [Test]
    public void Parse_DayThatIsNotPadded_IsThatDay() =>
        Assert.That(
            Given.Read("Nov 2 09:05:07 vm /rabbit2packer.py: Starting").Single().At,
            Is.EqualTo(new DateTimeOffset(2026, 11, 2, 9, 5, 7, TimeSpan.Zero))
        );

    [Test]
    public void Parse_FramedLineWithoutAName_IsRecognisedByItsText() =>
        Assert.That(
            Given.Read("83 <14>1 2026-11-22T09:05:07Z vm-factory - - - -  Thread-1 processing norm").Single().Event,
            Is.EqualTo(new JobTaken(Given.Worker(), new("norm")))
        );

    [Test]
    public void Parse_StartingWithoutAName_LeavesOpenWhoseItIs()
    {
        var seen = Given.Read("<14>1 2026-11-22T09:05:07Z vm-factory - - - -  Starting");

        Assert.That(seen.Single().Event, Is.EqualTo(new UnnamedStarted()));
    }

    [Test]
    public void Parse_ForeignTextWithoutAName_IsNobodys() =>
        Assert.That(Given.Read("<14>1 2026-11-22T09:05:07Z vm-factory - - - -  link is not ready"), Is.Empty);

    /// <summary>The chain as the project's first notes have it: time-only stamps, "see" without a colon, a bare file name.</summary>
    [Test]
    public void Parse_FirstNotes_EveryLineIsKnown()
    {
        var seen = Given.Read(
            "16:30:45 vm /usr/sbin/cdp-listend[3580]: Received UDP packet (cdb|1486571445) from xx.xx.xx.xx",
            "16:30:45 vm /usr/sbin/cdp-listend[3580]: /usr/local/bin/cdb2rabbit.py will be called in 0 seconds",
            "16:30:45 vm /usr/sbin/cdp-listend[3580]: Calling /usr/local/bin/cdb2rabbit.py",
            "16:30:45 vm /cdb2rabbit.py: Starting",
            "16:30:45 vm /cdb2rabbit.py: CI profile rebuilt: image-factory-[...].json",
            "16:30:45 vm /cdb2rabbit.py: Downloading profile image-factory-[...].json",
            "16:30:45 vm /cdb2rabbit.py: Profile has updated: image-factory-[...].json",
            "16:30:45 vm /cdb2rabbit.py: Pushing message to queue for build",
            "16:30:45 vm /cdb2rabbit.py: Updating cached profile_info",
            "16:30:45 vm /cdb2rabbit.py: Exiting normally",
            "16:30:45 vm /rabbit2packer.py: Thread-2 processing image-factory-sl7x-x86_64",
            "16:30:45 vm /rabbit2packer.py: packer build starting, see image-factory-sl7x-x86_64.log for details",
            "16:34:36 vm /rabbit2packer.py: Thread-2: image built successfully",
            "16:34:38 vm /rabbit2packer.py: Thread-2: reconnecting to channel");

        Assert.That(seen.Select(observation => observation.Event.GetType()), Is.EqualTo(new[]
        {
            typeof(PacketReceived), typeof(CallScheduled), typeof(CallMade), typeof(TriggerStarted), typeof(ProfileRebuilt),
            typeof(ProfileDownloading), typeof(ProfileUpdated), typeof(MessagePushing), typeof(ProfileListStored), typeof(TriggerExited),
            typeof(JobTaken), typeof(BuildStarted), typeof(BuildSucceeded), typeof(WorkerReconnecting),
        }));
    }

    private static IEnumerable<Sentence> Unambiguous() => Sentence.All.Where(sentence => !sentence.IsAmbiguous);
}
