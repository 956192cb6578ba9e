using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>The last moments of a factory, and the lines that it lost.</summary>
public sealed class FactoryVitalsTests
{
    [Test]
    public void TakenAt_IsOfTheLastMessageThatAWorkerTookOrRefused()
    {
        var vitals = After(
            Given.Seen(new JobTaken(Given.Worker(), Given.Image), 1),
            Given.Seen(new JobRefused(Given.Worker(), Refusal.NoSourceImage), 2),
            Given.Seen(new BuildStarted(Given.LogPath), 3),
            Given.Seen(new WorkerReconnecting(Given.Worker()), 4)
        );

        Assert.That((vitals.TakenAt, vitals.PacketAt), Is.EqualTo(((DateTimeOffset?)Given.Noon.AddSeconds(2), (DateTimeOffset?)null)));
    }

    [Test]
    public void PacketAt_IsOfTheLastPacketAlone()
    {
        var vitals = After(
            Listener(new PacketReceived("cdb", 1, "x"), 1),
            Listener(new PacketReceived("ccm", 1, "x"), 2),
            Listener(new PacketIgnored(), 3)
        );

        Assert.That((vitals.PacketAt, vitals.TakenAt), Is.EqualTo(((DateTimeOffset?)Given.Noon.AddSeconds(2), (DateTimeOffset?)null)));
    }

    [TestCase(1, 2, 2)]
    [TestCase(2, 1, 2, Description = "one that comes late")]
    public void HeartbeatAt_IsTheNewest(int first, int second, int newest) =>
        Assert.That(
            After(
                Given.Seen(new HeartbeatReceived(Given.Noon.AddSeconds(first)), 50) with { Text = null },
                Given.Seen(new HeartbeatReceived(Given.Noon.AddSeconds(second)), 60) with { Text = null }
            ).HeartbeatAt,
            Is.EqualTo(Given.Noon.AddSeconds(newest))
        );

    private static IEnumerable<TestCaseData> Lines()
    {
        yield return new TestCaseData(Given.Seen(new RallyNoted()), true);
        yield return new TestCaseData(Given.Seen(new TriggerStarted()) with { Speaker = Speaker.Cdb2Rabbit }, true);
        yield return new TestCaseData(Listener(new PacketIgnored(), 0), true);
        yield return new TestCaseData(Given.Seen(new UnitStarted(UnitName.Listener)) with { Speaker = Speaker.Systemd }, true);
        yield return new TestCaseData(Given.Seen(new UnitStopped(UnitName.Daemon)) with { Speaker = Speaker.Systemd }, true);
        yield return new TestCaseData(Given.Seen(new UnitFailed(UnitName.Daemon, "x")) with { Speaker = Speaker.Systemd }, true);
        yield return new TestCaseData(Given.Seen(new MessagesDropped(3)) with { Speaker = Speaker.SystemLog }, false);
        yield return new TestCaseData(Given.Seen(new SourceRead(3, Given.Noon)) with { Speaker = Speaker.Monitor }, false);
        yield return new TestCaseData(Given.Seen(new SourceTurned("x")) with { Speaker = Speaker.Monitor, Text = null }, false);
        yield return new TestCaseData(Given.Seen(new RallyNoted()) with { Text = null }, false);
    }

    [TestCaseSource(nameof(Lines))]
    public void HasLines_OnceAProgramOfTheFactoryOrItsUnitWroteOne(Observation seen, bool has) =>
        Assert.That(After(seen).HasLines, Is.EqualTo(has));

    [TestCase("imjournal: 5 messages lost due to rate-limiting", "rsyslogd")]
    [TestCase("imuxsock lost 5 messages from pid 4242 due to rate-limiting", "rsyslogd")]
    [TestCase("Suppressed 5 messages from /system.slice/rabbit2packer.service", "journald")]
    public void DroppedMessages_AreOfWhoDroppedThem(string text, string who) =>
        Assert.That(
            After(Dropped(5, 1, text)).Dropped.Losses.Values.Select(loss => (loss.Who, loss.IsFile)),
            Is.EqualTo(new[] { (who, false) })
        );

    [TestCase(3599, 12, 0, Description = "the loss goes on")]
    [TestCase(3600, 7, 3600, Description = "another loss an hour later")]
    public void DroppedMessages_WithinAnHour_AreOneLoss(int later, long amount, int first)
    {
        var loss = After(Dropped(5, 0), Dropped(7, later)).Dropped.Losses.Values.Single();

        Assert.That(
            (loss.Amount, loss.FirstAt, loss.LastAt),
            Is.EqualTo((amount, Given.Noon.AddSeconds(first), Given.Noon.AddSeconds(later)))
        );
    }

    [Test]
    public void DroppedMessages_WithoutANumber_LeaveTheNumberAsItWas() =>
        Assert.That(After(Dropped(5, 0), Dropped(null, 1)).Dropped.Losses.Values.Single().Amount, Is.EqualTo(5));

    [Test]
    public void LostLines_AreOfTheirFile_UnlessTheyCanStillBeRead()
    {
        var losses = After(
            Given.Seen(new LinesLost(9, "too long")) with { Text = null },
            Given.Seen(new LinesLost(9, "/old: denied") { IsUnread = true }) with { Text = null, Source = new("/other") }
        ).Dropped.Losses.Values;

        Assert.That(
            losses.Select(loss => (loss.Who, loss.IsFile, loss.Amount, loss.Line.Text)),
            Is.EqualTo(new[] { (Given.Messages.Path, true, 9L, "too long") })
        );
    }

    [Test]
    public void LostLines_OfManyFiles_AreBoundedAndKnownFilesGoOn()
    {
        var losses = After([.. Enumerable.Range(1, 21).Append(20).Select(Lost)]).Dropped.Losses;

        Assert.That((losses.Count, losses.ContainsKey("/21"), losses["/20"].Amount), Is.EqualTo((20, false, 2)));

        static Observation Lost(int file) => Given.Seen(new LinesLost(1, "x"), file) with { Source = new($"/{file}"), Text = null };
    }

    private static FactoryVitals After(params IEnumerable<Observation> seen) => Given.Folded(seen).Vitals;

    private static Observation Listener(MonitorEvent said, int second) => Given.Seen(said, second) with { Speaker = Speaker.CdpListend };

    private static Observation Dropped(long? messages, int second, string text = "imjournal: x") =>
        Given.Seen(new MessagesDropped(messages), second) with { Speaker = Speaker.SystemLog, Text = text };
}
