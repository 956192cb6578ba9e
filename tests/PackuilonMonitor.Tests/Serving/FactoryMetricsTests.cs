using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Serving;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Builds.History;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>What is counted, and that it is counted once.</summary>
public sealed class FactoryMetricsTests
{
    private const string Log = "norm.managed.json.log";
    private const string Build = "norm.managed.json";

    private static readonly string[] OneBuild =
        ["12:00:00 Starting", "12:00:00 Starting Thread-1", Takes("12:00:01", 1), Starts("12:00:02", Log), Succeeds("12:07:02", 1, Build)];

    [Test]
    public void Build_ThereAtTheStart_IsCountedAtOnceAndOnce()
    {
        var metrics = Started(OneBuild);
        metrics.Apply([], Seconds(1), live: true);
        metrics.Apply([], Seconds(60), live: true);

        var text = Exposition.Of(metrics);
        Assert.Multiple(() =>
        {
            Assert.That(
                text.Sum("packuilon_builds_total", "image=\"norm\",template=\"managed.json\",outcome=\"succeeded\""),
                Is.EqualTo(1)
            );
            Assert.That(text.Sum("packuilon_builds_total"), Is.EqualTo(1));
            Assert.That(text.Sum("packuilon_build_duration_seconds_sum"), Is.EqualTo(420));
            Assert.That(text.Sum("packuilon_build_duration_seconds_count"), Is.EqualTo(1));
        });
    }

    [Test]
    public void Change_ThatIsBuilt_IsCountedOnceWithItsTimesFromThePacket()
    {
        string[] lines =
        [
            "12:00:00 /usr/sbin/cdp-listend[5]: Received UDP packet (cdb|1795348795) from 192.0.2.7",
            "12:00:00 /usr/sbin/cdp-listend[5]: Calling /usr/local/bin/cdb2rabbit.py now",
            "12:00:01 cdb2rabbit.py[9]: Starting",
            "12:00:01 cdb2rabbit.py[9]: CI profile rebuilt: norm.example.org.json",
            "12:00:01 cdb2rabbit.py[9]: Profile has updated: norm.example.org.json",
            "12:00:01 cdb2rabbit.py[9]: Pushing message to queue for build",
            "12:00:02 cdb2rabbit.py[9]: Exiting normally",
            "12:00:05 rabbit2packer.py[3]: Thread-1 processing norm",
            "12:00:06 rabbit2packer.py[3]: packer build starting, see: /log/norm.managed.json.log for details",
            "12:07:00 rabbit2packer.py[3]: Thread-1: image built successfully: norm.managed.json",
        ];
        var metrics = new FactoryMetrics(null);
        metrics.Apply([], Seconds(0), live: true);
        metrics.Apply(Given.Read(lines.Select(line => $"Nov 22 {line[..8]} vm {line[9..]}")), Seconds(1), live: true);
        var before = Exposition.Of(metrics);
        metrics.Apply([], Seconds(12), live: true);
        metrics.Apply([], Seconds(30), live: true);

        var text = Exposition.Of(metrics);
        Assert.That(
            (before.Sum("packuilon_changes_total"), text.Sum("packuilon_changes_total"), text.Sum("packuilon_changes_total", "built")),
            Is.EqualTo((0.0, 1.0, 1.0))
        );
        Assert.That(
            (text.Sum("packuilon_change_taken_seconds_sum"), text.Sum("packuilon_change_done_seconds_sum")),
            Is.EqualTo((10.0, 425.0))
        );
    }

    [Test]
    public void Build_ThatEndsWhileFollowed_IsThereAtZeroBeforeAndCountedWhenItsLogHadTimeToTell()
    {
        var metrics = Started(OneBuild[..4]);
        var before = Exposition.Of(metrics);
        metrics.Apply(Given.Lines(OneBuild[4]), Seconds(10), live: true);
        var between = Exposition.Of(metrics);
        metrics.Apply([], Seconds(12), live: true);

        Assert.Multiple(() =>
        {
            Assert.That(before.Count("packuilon_builds_total", "outcome=\"succeeded\""), Is.EqualTo(1));
            Assert.That(before.Sum("packuilon_builds_total"), Is.Zero);
            Assert.That(before.Sum("packuilon_builds_running"), Is.EqualTo(1));
            Assert.That(between.Sum("packuilon_builds_total"), Is.Zero);
            Assert.That(Exposition.Of(metrics).Sum("packuilon_builds_total", "outcome=\"succeeded\""), Is.EqualTo(1));
            Assert.That(Exposition.Of(metrics).Sum("packuilon_builds_running"), Is.Zero);
        });
    }

    [Test]
    public void Build_WhoseLogReportsAnInterruptionAMomentLater_IsCancelledAndNotFailed()
    {
        var metrics = Started([.. OneBuild[..4], Fails("12:03:00", 1, Build)], settle: false);
        metrics.Apply(Given.Lines(Takes("12:03:01", 1)), Seconds(1), live: true);
        var log = BuildLog
            .Empty.Apply("openstack: output will be in this color.", null)
            .Apply("Cleanly cancelled builds after being interrupted.", null);
        metrics.Apply([Given.Seen(new BuildLogRead(Log, log, 0))], Seconds(2), live: true);
        metrics.Apply([], Seconds(9), live: true);

        Assert.That(Exposition.Of(metrics).Sum("packuilon_builds_total", "cancelled"), Is.EqualTo(1));
        Assert.That(Exposition.Of(metrics).Sum("packuilon_builds_total"), Is.EqualTo(1));
    }

    [Test]
    public void Builds_ManyMoreThanAreRemembered_AreAllCounted()
    {
        const int Count = 3 * BuildTable.Most;
        var metrics = new FactoryMetrics(null);
        var lines = Enumerable
            .Range(0, Count)
            .SelectMany(number =>
                (MonitorEvent[])
                    [
                        new JobTaken(new(1), new("norm")),
                        new BuildStarted($"/log/norm.managed.json.{number}.log"),
                        new BuildSucceeded(new(1), new(Build)),
                    ]
            );
        metrics.Apply([.. lines.Select((said, second) => Given.Seen(said, second))], Seconds(0), live: false);
        metrics.Apply([], Seconds(0), live: true);

        Assert.That(Exposition.Of(metrics).Sum("packuilon_builds_total", "succeeded"), Is.EqualTo(Count));
    }

    [Test]
    public void Rejections_MoreThanAreRemembered_AreAllCounted()
    {
        const int Count = 5 * MonitorState.MostRejections / 2;
        var metrics = new FactoryMetrics(null);
        metrics.Apply(
            [.. Enumerable.Range(0, Count).Select(second => Given.Seen(new JobRefused(new(1), Refusal.NoSourceImage), second))],
            Seconds(0),
            live: true
        );

        Assert.That(Exposition.Of(metrics).Sum("packuilon_rejected_total", "no-source-image"), Is.EqualTo(Count));
    }

    [Test]
    public void Triggers_MoreThanAreRemembered_AreAllCountedByTheirLastResult()
    {
        const int Count = 2 * ChangeLedger.Most;
        var metrics = new FactoryMetrics(null);
        var lines = Enumerable
            .Range(0, Count)
            .SelectMany(number =>
                (MonitorEvent[])
                    [
                        new ProfileRebuilt($"p{number}.json"),
                        new ProfileUpdated($"p{number}.json"),
                        new MessagePushing(),
                        .. number % 4 == 0 ? (MonitorEvent[])[new PushFailed()] : [],
                    ]
            )
            .Append(new TriggerExited());
        metrics.Apply([.. lines.Select((said, second) => Given.Seen(said, second))], Seconds(0), live: true);

        var text = Exposition.Of(metrics);
        Assert.That(
            (text.Sum("packuilon_triggers_total", "queued"), text.Sum("packuilon_triggers_total", "push-failed")),
            Is.EqualTo((Count * 3.0 / 4, Count / 4.0))
        );
    }

    [Test]
    public void Trigger_WhoseRunNeverEnds_IsCountedAfterAWhile()
    {
        var metrics = new FactoryMetrics(null);
        metrics.Apply([Given.Seen(new ProfileRebuilt("p.json")), Given.Seen(new MessagePushing(), 1)], Seconds(0), live: true);
        var before = Exposition.Of(metrics).Sum("packuilon_triggers_total");
        metrics.Apply([], Seconds(60), live: true);
        metrics.Apply([], Seconds(120), live: true);

        Assert.That((before, Exposition.Of(metrics).Sum("packuilon_triggers_total", "queued")), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void Images_MoreThanAFactoryHas_AreOther()
    {
        const int Count = FactoryMetrics.MostImages + 50;
        var metrics = new FactoryMetrics(null);
        var lines = Enumerable
            .Range(0, Count)
            .SelectMany(number =>
                (MonitorEvent[])
                    [
                        new JobTaken(new(1), new($"image{number}")),
                        new BuildStarted($"/log/image{number}.managed.json.log"),
                        new BuildSucceeded(new(1), new($"image{number}.managed.json")),
                    ]
            );
        metrics.Apply([.. lines.Select((said, second) => Given.Seen(said, second))], Seconds(0), live: false);
        metrics.Apply([], Seconds(0), live: true);

        var text = Exposition.Of(metrics);
        Assert.Multiple(() =>
        {
            Assert.That(text.Count("packuilon_builds_total", "succeeded"), Is.EqualTo(FactoryMetrics.MostImages + 1));
            Assert.That(text.Sum("packuilon_builds_total", "image=\"other\""), Is.EqualTo(50));
        });
    }

    [Test]
    public void Labels_OfHostileNames_AreShortAndHoldNoEscapes()
    {
        var limit = new LabelLimit(10);
        Assert.Multiple(() =>
        {
            Assert.That(limit.Of(new string('x', 1000)), Is.EqualTo("other"));
            Assert.That(limit.Of("a\e[2Jb"), Does.Not.Contain('\e'));
        });
    }

    private static FactoryMetrics Started(IEnumerable<string> lines, bool settle = true)
    {
        var metrics = new FactoryMetrics(4);
        metrics.Apply(Given.Lines(lines.SkipLast(settle ? 0 : 1)), Seconds(0), live: false);
        metrics.Apply([], Seconds(0), live: true);
        if (!settle)
            metrics.Apply(Given.Lines(lines.Last()), Seconds(0), live: true);
        return metrics;
    }

    private static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);
}
