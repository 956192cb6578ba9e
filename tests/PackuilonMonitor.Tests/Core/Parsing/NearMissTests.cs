using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Parsing;

/// <summary>Lines that are almost ours, lines of ours that are almost known, and damaged ones.</summary>
public sealed class NearMissTests
{
    [TestCase("Nov 22 12:00:00 vm sshd[99]: rabbit2packer.py: Thread-1: image built successfully: norm.managed.json")]
    [TestCase("Nov 22 12:00:00 vm rabbit2packer.pyc[99]: Starting")]
    [TestCase("Nov 22 12:00:00 vm my-rabbit2packer.py-wrapper: Starting")]
    [TestCase("Nov 22 12:00:00 vm my-rabbit2packer.py: Starting")]
    [TestCase("Nov 22 12:00:00 vm logger: packer build starting, see: /log/norm.log for details")]
    [TestCase("Nov 22 12:00:00 vm /rabbit2packer.py Starting")]
    [TestCase("Nov 22 12:00:00 vm /rabbit2packer.py[]: Starting")]
    [TestCase("Nov 22 12:00:00 vm /rabbit2packer.py[12a]: Starting")]
    [TestCase("Nov 22 12:00:00 vm /rabbit2packer.py[12]x: Starting")]
    [TestCase("Nov 22 12:00:00 vm /Rabbit2Packer.py: Starting")]
    [TestCase("Nov 22 12:00:00 vm /rabbit2packer.py/x: Starting")]
    [TestCase("Nov 22 12:00:00 vm cdp-listend2: Exiting: no")]
    [TestCase("Nov 22 12:00:00 vm  /rabbit2packer.py: Starting")]
    [TestCase("2026-11-22T12:00:00Z vm sudo: root : COMMAND=/usr/local/bin/rabbit2packer.py: Starting")]
    [TestCase("<14>1 2026-11-22T12:00:00Z vm logger - - -  packer build starting, see: /log/norm.log for details")]
    [TestCase("<14>1 2026-11-22T12:00:00Z vm sshd 99 - -  Thread-1: image built successfully: norm.managed.json")]
    [TestCase("<14>1 2026-11-22T12:00:00Z vm rabbit2packer.py: 99 - -  Starting")]
    [TestCase("<14>1 2026-11-22T12:00:00Z vm rabbit2packer.pyc - - -  Starting")]
    [TestCase("rabbit2packer.py: Starting")]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("<")]
    [TestCase("<14>")]
    [TestCase("<14>1 ")]
    [TestCase("Nov 22 12:00:00")]
    [TestCase("Nov 22 12:00:00 vm")]
    [TestCase("Nov 22 12:00:00 vm ")]
    public void Parse_LineOfAnother_IsNotOurs(string line) => Assert.That(Given.Read(line), Is.Empty);

    [TestCase("", 1)]
    [TestCase("Thread-2", 9)]
    [TestCase("Thread-2 processing ", 21)]
    [TestCase("Thread-2 processing norm sl7x", 25)]
    [TestCase("Thread-2: processing norm", 9)]
    [TestCase("Thread-x processing norm", 8)]
    [TestCase("Thread-2: image built successfully: norm.managed.json!  ", 55)]
    [TestCase("Thread-2: image built successfully!", 35)]
    [TestCase("Thread-2: packer exited with non zero exit code, norm.managed.json", 67)]
    [TestCase("Thread-2: reconnecting to channels", 34)]
    [TestCase("Starting ", 10)]
    [TestCase("Starting Thread-", 17)]
    [TestCase("Starting up", 10)]
    [TestCase("starting", 1)]
    [TestCase("packer build starting, see: /log/norm.log", 29)]
    [TestCase("packer build starting", 1)]
    [TestCase("Personality: norm, Archetype: site", 31)]
    [TestCase("Scored points: all, total points: 3, success_criteria: True", 16)]
    [TestCase("Scored points: 3, total points: 3, success_criteria: Yes", 54)]
    [TestCase("Exception in thread MainThread:", 21)]
    [TestCase("Traceback (most recent call last):", 1)]
    [TestCase("    raise self._closed_result.value.error", 1)]
    [TestCase("TypeError: can only concatenate str", 1)]
    [TestCase("/bin/sh: line 1: mail: command not found", 1)]
    [TestCase("rsync warning: some files vanished before they could be transferred (code 24)", 1)]
    public void Parse_SentenceNobodyKnows_IsUnrecognisedAtTheColumn(string text, int column)
    {
        var seen = Given.Read($"Nov 22 12:00:00 vm /rabbit2packer.py: {text}").Single();

        Assert.That(seen.Event, Is.TypeOf<Unrecognised>());
        Assert.That(((Unrecognised)seen.Event).Why, Does.StartWith($"column {column}: expected "));
        Assert.That((seen.Text, seen.Host, seen.Speaker), Is.EqualTo((text, "vm", Speaker.Rabbit2Packer)));
    }

    [TestCase("Nov 31 12:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("Nov 00 12:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("Nov 22 24:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("Nov 22 12:60:00 vm /rabbit2packer.py: Starting")]
    [TestCase("Nov 22 12-00-00 vm /rabbit2packer.py: Starting")]
    [TestCase("Nev 22 12:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("nov 22 12:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("Feb 30 12:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("2026-02-29T12:00:00Z vm /rabbit2packer.py: Starting")]
    [TestCase("2026-11-22T12:00:00 vm /rabbit2packer.py: Starting")]
    [TestCase("2026-11-22T12:00:00+99:00 vm /rabbit2packer.py: Starting")]
    [TestCase("0000-11-22T12:00:00Z vm /rabbit2packer.py: Starting")]
    [TestCase("12:00 vm /rabbit2packer.py: Starting")]
    [TestCase("<14>1 2026-13-22T12:00:00Z vm rabbit2packer.py 1 - -  Starting")]
    [TestCase("<14>1 2026-11-22T12:00:00Z vm rabbit2packer.py 1 -")]
    public void Parse_DamagedHeaderWithOurTag_IsCountedAtTheTimeOfTheLineBefore(string damaged)
    {
        var seen = Given.Read("Nov 22 12:00:03 vm /rabbit2packer.py: Starting", damaged);

        Assert.That(seen, Has.Count.EqualTo(2));
        Assert.That(seen[1].Event, Is.TypeOf<Unrecognised>());
        Assert.That(((Unrecognised)seen[1].Event).Why, Does.StartWith("header: expected "));
        Assert.That((seen[1].At, seen[1].Text), Is.EqualTo((seen[0].At, damaged)));
    }

    [Test]
    public void Parse_DamagedHeaderInTheFirstLine_HasTheTimeOfTheReader() =>
        Assert.That(Given.Read("Nov 99 12:00:00 vm /rabbit2packer.py: Starting").Single().At, Is.EqualTo(Given.Noon.AddDays(1)));

    [TestCase("Nov 22 12:00:60 vm /rabbit2packer.py: Starting", 59)]
    [TestCase("2026-11-22T12:00:60.5Z vm /rabbit2packer.py: Starting", 59.5)]
    public void Parse_LeapSecond_IsTheLastSecondOfItsMinute(string line, double second) =>
        Assert.That(Given.Read(line).Single().At, Is.EqualTo(Given.Noon.AddSeconds(second)));

    [Test]
    public void Parse_EscapesOfRsyslog_StandAsTheyAre()
    {
        const string Text = "Thread-2 processing norm#033[31m-#011sl7x";

        var seen = Given.Read($"Nov 22 12:00:00 vm /rabbit2packer.py: {Text}").Single();

        Assert.That(seen.Text, Is.EqualTo(Text));
        Assert.That(seen.Event, Is.EqualTo(new JobTaken(Given.Worker(2), new ImageName("norm#033[31m-#011sl7x"))));
    }

    [Test]
    public void Parse_BytesThatAreNoText_AreReplacedAndTheLineIsOurs()
    {
        var seen = Given.Read("Nov 22 12:00:00 v\uFFFDm /rabbit2packer.py: Thread-2 processing norm\uFFFD").Single();

        Assert.That(seen.Event, Is.EqualTo(new JobTaken(Given.Worker(2), new ImageName("norm\uFFFD"))));
    }

    [Test]
    public void Parse_VeryLongLine_KeepsAllOfIt()
    {
        var path = $"/log/{new string('n', 65_000)}.log";

        var seen = Given.Read($"Nov 22 12:00:00 vm /rabbit2packer.py: packer build starting, see: {path} for details").Single();

        Assert.That(seen.Event, Is.EqualTo(new BuildStarted(path)));
    }

    [Test]
    public void Parse_LongerNonsense_CostsNoMoreThanItsLength()
    {
        var parser = Given.Parser();
        var costs = new[] { 500, 500, 2_000 }.Select(times =>
        {
            var nonsense = string.Concat(Enumerable.Repeat("UUID(Error): [see for details] ", times));
            var line = Given.Line($"Nov 22 12:00:00 vm /cdb2rabbit.py: {nonsense}");
            return Work.Of(() => parser.Parse(line)).Allocated;
        }).ToArray();

        // The first call pays for what is made once.
        Assert.That(costs[2], Is.LessThan(5 * costs[1]));
    }
}
