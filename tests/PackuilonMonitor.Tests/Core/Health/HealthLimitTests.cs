using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Health.GivenHealth;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>The last moment at which each check is not raised, or is not worse, and the first at which it is.</summary>
public sealed class HealthLimitTests
{
    private static readonly string[] Running =
    [
        .. Began, "12:01:00 r Thread-1 processing norm", "12:01:00 r packer build starting, see: /logs/norm.a.json.log for details",
    ];

    private static readonly string[] Waiting =
    [
        .. Began, "12:01:00 c Starting", "12:01:00 c CI profile rebuilt: norm.example.json",
        "12:01:00 c Profile has updated: norm.example.json",
        "12:01:00 c Pushing message to queue for build", "12:01:00 c Exiting normally",
    ];

    private static IEnumerable<TestCaseData> Limits()
    {
        TestCaseData Case(string name, string[] lines, string before, string clear, string at, string raised) =>
            new TestCaseData(lines, before, clear, at, raised).SetArgDisplayNames(name);
        const string failing = "Warn TRIGGER_FAILING cdb2rabbit.py";
        string[] refused = [.. Began, "12:01:00 c Starting", "12:01:18 c Error connecting to RabbitMQ server:", "13:01:18 x -"];

        yield return Case(
            "daemon stopped", [.. Began, "12:01:00 s Stopped rabbit2packer."], "12:01:59", "", "12:02:00",
            "Error DAEMON_DOWN rabbit2packer");
        yield return Case(
            "daemon silent after its start", ["12:00:00 r Starting"], "12:00:59", "", "12:01:00", "Error DAEMON_DOWN rabbit2packer");
        yield return Case(
            "listener stopped", [.. Began, "12:01:00 s Stopped cdp-listend."], "12:01:59", "", "12:02:00",
            "Error DAEMON_DOWN cdp-listend");
        yield return Case(
            "broker refused for long", refused, "13:01:18", $"Error BROKER_DOWN RabbitMQ; {failing}", "13:01:19",
            $"Warn BROKER_DOWN RabbitMQ; {failing}");
        yield return Case("run of cdb2rabbit silent", [.. Began, "12:01:00 c Starting"], "12:05:59", "", "12:06:00", failing);
        yield return Case(
            "message waits for long", Waiting, "12:15:59", "Warn QUEUE_WAITING norm.example.json", "12:16:00",
            "Error QUEUE_WAITING norm.example.json");
        yield return Case(
            "build without a past", [
                .. Running,
                "13:00:00 x -",
                "14:00:00 x -"
            ], "14:00:59", "", "14:01:00", "Warn BUILD_STUCK norm.a.json.log@1795348860");
        yield return Case(
            "messages dropped", [.. Began, "12:01:00 d imjournal: 1500 messages lost due to rate-limiting", "12:50:00 x -"], "13:00:59",
            "Unknown MESSAGES_DROPPED rsyslogd", "13:01:00", "");
        yield return Case("clock ahead", Began, "11:54:59", "Unknown TIMES_UNREADABLE clock", "11:55:00", "");
    }

    [TestCaseSource(nameof(Limits))]
    public void Check_AtItsLimit_Turns(string[] lines, string before, string clear, string at, string raised)
    {
        var state = After(lines);

        Assert.That((state.At(before).Raised(), state.At(at).Raised()), Is.EqualTo((clear, raised)));
    }

    /// <summary>The past is three times the worst, and half an hour more.</summary>
    [TestCase("12:33:10", "")]
    [TestCase("12:33:11", "Warn BUILD_STUCK norm.a.json.log@1795348930")]
    public void BuildWithAPast_IsStuckWhereItTakesMuchLonger(string at, string expected)
    {
        var state = After([
            .. Running, "12:01:20 r Thread-1: image built successfully: norm.a.json", "12:02:00 r Thread-1 processing norm",
            "12:02:10 r packer build starting, see: /logs/norm.a.json.log for details",
        ]);

        Assert.That(state.At(at).Raised(), Is.EqualTo(expected));
    }

    [TestCase(0, "12:12:59", false)]
    [TestCase(0, "12:13:00", true)]
    [TestCase(2, "12:13:00", true)]
    [TestCase(3, "12:13:00", false, Description = "three good builds say how long it may take")]
    public void RunningBuild_WhoseLogIsSilentForTenMinutes_IsStuckIfItsPastIsShort(int good, string at, bool stuck)
    {
        var past = Enumerable.Range(0, good).SelectMany(number => (string[])
        [
            $"12:01:{number}0 r Thread-2 processing norm",
            $"12:01:{number}1 r packer build starting, see: /logs/norm.a.json.log for details",
            $"12:01:{number}2 r Thread-2: image built successfully: norm.a.json",
        ]);
        var state = After([
            .. Began, .. past, "12:02:00 r Thread-1 processing norm",
            "12:02:00 r packer build starting, see: /logs/norm.a.json.log for details",
        ]);
        var log = BuildLog.Empty.Apply("==> openstack: Launching server...", Time("12:03:00"));

        state = state.Apply(Own(new BuildLogRead("norm.a.json.log", log, 0), Given.Noon));

        Assert.That(state.At(at).Checks.Any(check => check.Code is CheckCode.BuildStuck), Is.EqualTo(stuck));
    }

    [TestCase("12:01:59", "")]
    [TestCase("12:02:00", "Error BROKER_DOWN RabbitMQ")]
    public void BrokerThatDoesNotAnswerUs_IsDownAfterAMinute(string at, string expected) =>
        Assert.That(Muted(null).At(at).Raised(), Is.EqualTo(expected));

    [TestCase("user guest is not accepted", "")]
    [TestCase("no queue packer", "")]
    [TestCase("access refused for user guest", "")]
    [TestCase("ACCESS_REFUSED", "")]
    [TestCase("Connection refused", "Error BROKER_DOWN RabbitMQ")]
    public void BrokerThatRefusesUs_IsNotTheFactorysMatter(string why, string down) =>
        Assert.That(
            string.Join(
                "; ",
                Muted(why).At(
                    "12:05:00",
                    around => around with { Broker = "amqp://x" }
                ).Raised().Split("; ").Where(one => one.Contains("BROKER"))
            ),
            Is.EqualTo(down)
        );

    /// <summary>A source may be silent for three times its longest silence, from a quarter of an hour to a day.</summary>
    [TestCase(23, 59, 0, 60, Description = "less than a day is known")]
    [TestCase(24, 0, 0, 15)]
    [TestCase(24, 0, 5, 15)]
    [TestCase(24, 0, 6, 18)]
    [TestCase(23, 0, 20, 60)]
    [TestCase(23, 0, 21, 63)]
    [TestCase(24, 0, 480, 1_440)]
    [TestCase(24, 0, 481, 1_440, Description = "no longer than a day")]
    public void Source_MayBeSilent_ByItsPast(int hours, int minutes, int silence, int limit)
    {
        var end = Given.Noon.AddHours(hours).AddMinutes(minutes);
        var state = MonitorState.Empty.Apply(
            Own(new SourceRead(9, end) { FirstLineAt = Given.Noon, Silence = TimeSpan.FromMinutes(silence) }, Given.Noon)
        );

        Assert.That(
            HealthChecks.Evaluate(state, null, end, HealthLimits.Usual, Around).SilenceLimit,
            Is.EqualTo(TimeSpan.FromMinutes(limit))
        );
    }

    [TestCase(14, 0, "Unknown SOURCE_SILENT /var/log/messages; Warn BUILD_FAILED norm.a.json")]
    [TestCase(14, 1, "Unknown SOURCE_SILENT /var/log/messages")]
    public void FailedBuild_IsForgottenAfterTwoWeeks(int days, int seconds, string expected)
    {
        var state = After([.. Running, "12:01:09 r Thread-1: packer exited with non zero exit code, norm.a.json build failed"]);
        var now = Time("12:01:09").AddDays(days).AddSeconds(seconds);

        Assert.That(
            HealthChecks.Evaluate(state, null, now, HealthLimits.Usual, Around).Raised(),
            Is.EqualTo(expected)
        );
    }

    [TestCase("11:59:58", true)]
    [TestCase("11:59:57", false)]
    public void Log_WrittenALittleBeforeTheStart_IsTheBuildsAllTheSame(string modified, bool lost)
    {
        var log = Log(
            "norm.a.json.log", modified, "openstack output will be in this color.", "Cancelling build after receiving terminated",
            "Build 'openstack' finished.", "", "Cleanly cancelled builds after being interrupted.");
        var state = After([
            .. Began, "12:00:00 r Thread-1 processing norm", "12:00:00 r packer build starting, see: /logs/norm.a.json.log for details",
        ]);

        Assert.That(state.Apply(log).At("12:00:30").Raised(), Is.EqualTo(lost ? "Warn BUILD_LOST norm.a.json" : ""));
    }

    [TestCase("fg", false)]
    [TestCase("fgf", true)]
    [TestCase("fgfggg", true)]
    [TestCase("fgfgggg", false, Description = "the last four are alike")]
    [TestCase("fgfffgg", true, Description = "two turns among the last six")]
    [TestCase("gfgfffff", false, Description = "four alike at the end")]
    [TestCase("fgffggg", true)]
    public void Image_IsFlakyByItsLastSixBuilds(string verdicts, bool flaky)
    {
        var lines = verdicts.SelectMany((verdict, at) => (string[])
        [
            $"12:0{at}:00 r Thread-1 processing norm", $"12:0{at}:01 r packer build starting, see: /logs/norm.a.json.log for details",
            verdict == 'g'
                ? $"12:0{at}:02 r Thread-1: image built successfully: norm.a.json"
                : $"12:0{at}:02 r Thread-1: packer exited with non zero exit code, norm.a.json build failed",
        ]);

        Assert.That(After([.. Began, .. lines]).At("12:10:00").Checks.Any(check => check.Code is CheckCode.ImageFlaky), Is.EqualTo(flaky));
    }

    [TestCase(20, false)]
    [TestCase(21, true)]
    public void Headers_MoreThanTwentyInAnHour_AreUnreadable(int damaged, bool unreadable) =>
        Assert.That(
            Damaged(damaged, 60).At("12:30:00").Checks.Any(check => check.Code is CheckCode.TimesUnreadable),
            Is.EqualTo(unreadable)
        );

    [TestCase(180, "13:00:00", true, Description = "in an hour")]
    [TestCase(181, "13:00:20", false, Description = "in more than an hour")]
    [TestCase(60, "13:20:00", true, Description = "the newest an hour ago")]
    [TestCase(60, "13:20:01", false)]
    public void Headers_DamagedInAnHour_AreUnreadableForAnHour(int apart, string at, bool unreadable) =>
        Assert.That(Damaged(21, apart).At(at).Checks.Any(check => check.Code is CheckCode.TimesUnreadable), Is.EqualTo(unreadable));

    [TestCase("12:04:00", "")]
    [TestCase("12:04:01", "Unknown SHIP_BEHIND north")]
    public void Heartbeat_IsMissedAfterThreeMinutes(string at, string expected) =>
        Assert.That(
            After(Began).Apply(Own(new HeartbeatReceived(Time("12:01:00")), Time("12:01:00"))).At(at, Shipped).Raised(),
            Is.EqualTo(expected)
        );

    [TestCase(true, "12:03:00", "")]
    [TestCase(true, "12:03:01", "Unknown SHIP_BEHIND north")]
    [TestCase(false, "12:00:01", "Unknown SHIP_BEHIND north", Description = "a stream that was read to its end")]
    public void Heartbeat_ThatNeverCame_IsMissedOnceTheStreamWasFollowedForLong(bool live, string at, string expected) =>
        Assert.That(After(Began).At(at, around => Shipped(around) with { IsLive = live }).Raised(), Is.EqualTo(expected));

    [TestCase(2, CheckCode.WorkerLost)]
    [TestCase(1, CheckCode.DaemonDown)]
    public void DaemonWithoutAThread_IsDown(int threads, CheckCode code)
    {
        var health = After([.. Began, "12:01:05 r Exception in thread Thread-1:"]).At(
            "12:01:06",
            around => around with { Threads = threads }
        );

        Assert.That(health.Checks.Single().Code, Is.EqualTo(code));
    }

    private static Surroundings Shipped(Surroundings around) => around with { From = new ShippedFrom(Given.Messages.Path, "north") };

    private static MonitorState Damaged(int count, int apart) =>
        After(Began).Apply(Enumerable.Range(0, count).Select(number =>
            Own(new SourceTurned("x"), Given.Noon.AddSeconds(number * apart)) with { Text = "damaged" }));

    private static MonitorState Muted(string? why)
    {
        var state = After(Began).Apply(Own(new QueueMeasured(null), Time("12:01:00")));
        return why is null
            ? state
            : state.Apply(Own(new SourceSeen(new SourceHealth(new("amqp://x"), SourceState.Unreadable, why, Given.Noon)), Given.Noon) with
            {
                Source = new("amqp://x"),
            });
    }
}
