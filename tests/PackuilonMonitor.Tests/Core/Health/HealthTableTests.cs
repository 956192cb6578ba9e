using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Tests.Core.Packer;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Health.GivenHealth;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>Of every check: what raises it, what clears it, and what is ordinary beside it.</summary>
public sealed class HealthTableTests
{
    private const string Took = "12:01:00 r Thread-1 processing norm";
    private const string Start = "12:01:01 r packer build starting, see: /logs/norm.a.json.log for details";
    private const string Bad = "12:01:09 r Thread-1: packer exited with non zero exit code, norm.a.json build failed";
    private const string Crash = "12:01:05 r Exception in thread Thread-1:";

    private static readonly string[] Failed = [.. Began, Took, Start, Bad];
    private static readonly string[] Built = Build("12:05", "norm", good: true);
    private static readonly string[] Refused = [.. Began, "12:01:00 c Starting", "12:01:18 c Error connecting to RabbitMQ server:"];

    private static readonly string[] Long =
    [
        .. Began, Took, Start, "12:31:00 x -", "13:01:00 x -", "13:31:00 x -", "14:01:00 x -",
    ];

    private static readonly string[] Strange =
    [
        .. Began, .. Enumerable.Range(0, 30).Select(number => $"12:01:00 r Thread-1 frobnicates {number}"),
    ];

    private static readonly Row[] Rows =
    [
        new(
            CheckCode.DaemonDown,
            Raises: Lines("12:01:01", [.. Began, "12:01:00 s rabbit2packer.service: Main process exited, code=killed, status=9/KILL"]),
            Clears: Lines(
                "12:02:10",
                [
                    .. Began, "12:01:00 s rabbit2packer.service: Main process exited, code=killed, status=9/KILL", "12:02:00 r Starting",
                    "12:02:00 r Starting Thread-1",
                ]
            ),
            Ordinary: Lines("12:00:30", ["12:00:00 s Started rabbit2packer.", "12:00:01 r Starting"])
        ),
        new(
            CheckCode.BrokerDown,
            Raises: Lines("12:01:19", Refused),
            Clears: Lines("12:03:10", [.. Refused, .. Change("12:03", "norm")]),
            Ordinary: Lines(
                "12:01:10",
                [
                    .. Began, "12:01:00 c Starting", "12:01:00 r Thread-1: reconnecting to channel",
                    "12:01:00 r Thread-2: reconnecting to channel",
                ]
            )
        ),
        new(
            CheckCode.WorkerLost,
            Raises: Lines("12:01:06", [.. Began, Crash]),
            Clears: Lines("12:03:10", [.. Began, Crash, "12:03:00 r Starting", "12:03:00 r Starting Thread-1"]),
            Ordinary: Lines("12:59:00", Began)
        ),
        new(
            CheckCode.WorkerSilent,
            Raises: Lines("12:02:00", [.. Began, Took]),
            Clears: Lines("12:03:10", [.. Began, Took, "12:03:00 r packer build starting, see: /logs/norm.a.json.log for details"]),
            Ordinary: Lines("12:09:00", [.. Began, Took, Start, "12:01:09 r Thread-1: image built successfully: norm.a.json"])
        ),
        new(
            CheckCode.BuildFailed,
            Raises: Lines("12:01:10", Failed),
            Clears: Lines("12:06:00", [.. Failed, .. Built]),
            Ordinary: Lines("12:06:00", [.. Began, .. Built])
        ),
        new(
            CheckCode.BuildLost,
            Raises: Lines("12:02:01", [.. Began, Took, Start, "12:02:00 r Starting", "12:02:00 r Starting Thread-1"]),
            Clears: Lines("12:06:00", [.. Began, Took, Start, "12:02:00 r Starting", "12:02:00 r Starting Thread-1", .. Built]),
            // A later build has written over the log of the one that runs: what it says is that one's.
            Ordinary: () => After([.. Began, Took, Start])
                .Apply(Log("norm.a.json.log", "12:00:30", "Cleanly cancelled builds after being interrupted."))
                .At("12:01:30")
        ),
        new(
            CheckCode.BuildStuck,
            Raises: Lines("14:01:01", Long),
            Clears: Lines("14:01:30", [.. Long, "14:01:20 r Thread-1: image built successfully: norm.a.json"]),
            Ordinary: Lines("13:01:00", Long[..^2])
        ),
        new(
            CheckCode.ChangeNotBuilt,
            Raises: Lines(
                "12:01:10",
                [.. Began, .. Change("12:01", "norm"), "12:01:03 r Thread-1: could not decode profile, malformed json? Continuing"]
            ),
            Clears: Lines(
                "12:06:00",
                [
                    .. Began, .. Change("12:01", "norm"), "12:01:03 r Thread-1: could not decode profile, malformed json? Continuing",
                    .. Change("12:04", "norm"), .. Built,
                ]
            ),
            Ordinary: Lines(
                "12:01:10",
                [
                    .. Began, "12:01:00 c Starting", "12:01:00 c CI profile rebuilt: norm.example.json",
                    "12:01:00 c cached profile norm.example.json does not exist, creating one and continuing",
                    "12:01:00 c Profile has not updated: norm.example.json", "12:01:00 c Exiting normally",
                ]
            )
        ),
        new(
            CheckCode.TriggerFailing,
            Raises: Lines("12:01:10", [.. Began, "12:01:00 c Starting", "12:01:01 c We failed to reach a server."]),
            Clears: Lines(
                "12:04:10",
                [.. Began, "12:01:00 c Starting", "12:01:01 c We failed to reach a server.", .. Change("12:04", "norm")]
            ),
            Ordinary: Lines("12:01:17", [.. Began, "12:01:00 c Starting"])
        ),
        new(
            CheckCode.QueueWaiting,
            Raises: Lines("12:02:10", [.. Began, .. Change("12:01", "norm")]),
            Clears: Lines("12:06:00", [.. Began, .. Change("12:01", "norm"), .. Built]),
            Ordinary: Lines(
                "12:30:00",
                [
                    .. Began, Took, Start, "12:01:02 r Thread-2 processing other",
                    "12:01:02 r packer build starting, see: /logs/other.a.json.log for details", .. Change("12:02", "third"),
                ]
            )
        ),
        new(
            CheckCode.SourceUnreadable,
            Raises: () => After(Began).Apply(Source(SourceState.Unreadable, "12:00:05")).At("12:01:00"),
            Clears: () => After(Began)
                .Apply(Source(SourceState.Unreadable, "12:00:05"))
                .Apply(Source(SourceState.Following, "12:00:20"))
                .At("12:01:00"),
            // A rotation: the file is missing until the next one is made.
            Ordinary: () => After(Began)
                .Apply(Source(SourceState.Missing, "12:00:05"))
                .At("12:00:14", around => around with { IsLive = true })
        ),
        new(
            CheckCode.SourceSilent,
            Raises: Lines("13:00:01", Began),
            Clears: Lines("13:10:00", [.. Began, "13:05:00 x -"]),
            // A quiet night, in which something speaks each hour.
            Ordinary: Lines("15:59:00", [.. Began, "13:00:00 x -", "14:00:00 x -", "15:00:00 x -"])
        ),
        new(
            CheckCode.MessagesDropped,
            Raises: Lines("12:01:01", [.. Began, "12:01:00 d imjournal: 1500 messages lost due to rate-limiting"]),
            Clears: Lines("13:01:01", [.. Began, "12:01:00 d imjournal: 1500 messages lost due to rate-limiting", "13:01:00 x -"]),
            Ordinary: Lines(
                "12:01:01",
                [.. Began, "12:01:00 d imuxsock[pid: 7, name: /usr/sbin/ntpd]: 200 messages lost due to rate-limiting"]
            )
        ),
        new(
            CheckCode.TimesUnreadable,
            Raises: Lines("11:54:00", Began),
            Clears: Lines("12:00:10", Began),
            Ordinary: Lines("11:56:00", Began)
        ),
        new(
            CheckCode.TwoHosts,
            Raises: () => Hosts("a", "b", "a", "b", "a", "b").At("12:00:10"),
            Clears: () => Hosts("a", "b", "a", "b", "a", "b").At("13:00:30"),
            Ordinary: () => Hosts("a", "a", "a", "b", "b", "b").At("12:00:10")
        ),
        new(
            CheckCode.LinesUnrecognised,
            Raises: Lines("12:01:01", Strange),
            // A day later they are forgotten.
            Clears: () => HealthOf(
                After(Strange).Apply(Given.Seen(new WorkerReconnecting(new WorkerId(1)), TimeSpan.FromHours(26).TotalSeconds)),
                Given.Noon.AddHours(26)
            ),
            Ordinary: Lines(
                "12:01:06",
                [
                    .. Began, Crash, "12:01:05 r Traceback (most recent call last):",
                    .. Enumerable.Range(0, 40).Select(number => $"12:01:05 r   File {number}"), "12:01:05 r TypeError: no",
                    .. Enumerable.Repeat("12:01:05 r /bin/sh: line 1: mail: command not found", 40),
                ]
            )
        ),
        new(
            CheckCode.ImageFlaky,
            Raises: Lines("12:10:00", [.. Began, .. Builds("gfgf")]),
            Clears: Lines("12:20:00", [.. Began, .. Builds("gfgfffff")]),
            Ordinary: Lines("12:10:00", [.. Began, .. Builds("gffff")])
        ),
        new(
            CheckCode.LeftBehind,
            Raises: () => After(Failed).Apply(Log("norm.a.json.log", "12:01:08", GivenLog.Start)).At("12:02:00"),
            // It is never a line that clears it, but a mute or the end of two weeks.
            Clears: () => HealthOf(After(Failed).Apply(Log("norm.a.json.log", "12:01:08", GivenLog.Start)), Time("12:02:00").AddDays(15)),
            Ordinary: () => After(Failed)
                .Apply(Log("norm.a.json.log", "12:01:08", [.. GivenLog.Start, .. GivenLog.ClearingUp]))
                .At("12:02:00")
        ),
        Own(CheckCode.HistoryOff, "store"),
        Own(CheckCode.NotifyFailing, "hook"),
        Own(CheckCode.ShipBehind, "harwell"),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        CheckCodes.All.Select(code => new TestCaseData(code).SetArgDisplayNames(code.Name()));

    [TestCaseSource(nameof(Cases))]
    public void Code_IsRaised_Cleared_AndNotRaisedByTheOrdinary(CheckCode code)
    {
        var row = Rows.Single(one => one.Code == code);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes(row.Raises()), Does.Contain(code), "raises");
            Assert.That(Codes(row.Clears()), Does.Not.Contain(code), "clears");
            Assert.That(Codes(row.Ordinary()), Does.Not.Contain(code), "ordinary");
        }
    }

    private static CheckCode[] Codes(FactoryHealth health) => [.. health.Checks.Select(check => check.Code)];

    private static Func<FactoryHealth> Lines(string at, IEnumerable<string> lines) => () => After(lines).At(at);

    private static string[] Change(string minute, string name) =>
    [
        $"{minute}:00 c Starting", $"{minute}:00 c CI profile rebuilt: {name}.example.json",
        $"{minute}:00 c Profile has updated: {name}.example.json", $"{minute}:00 c Pushing message to queue for build",
        $"{minute}:01 c Updating cached profile_info", $"{minute}:01 c Exiting normally",
    ];

    private static string[] Build(string minute, string image, bool good) =>
    [
        $"{minute}:00 r Thread-1 processing {image}", $"{minute}:01 r packer build starting, see: /logs/{image}.a.json.log for details",
        good
            ? $"{minute}:09 r Thread-1: image built successfully: {image}.a.json"
            : $"{minute}:09 r Thread-1: packer exited with non zero exit code, {image}.a.json build failed",
    ];

    /// <summary>Good and failed builds of one image, a minute each.</summary>
    private static IEnumerable<string> Builds(string verdicts) =>
        verdicts.SelectMany((verdict, minute) => Build($"12:0{minute}", "norm", verdict == 'g'));

    private static Observation Source(SourceState state, string since) =>
        GivenHealth.Own(new SourceSeen(new SourceHealth(Given.Messages, state, null, Time(since))), Time(since));

    /// <summary>Both threads of a daemon speak, line by line under these host names.</summary>
    private static MonitorState Hosts(params string[] hosts) => Given.Folded(
    [
        GivenHealth.Own(new SourceSeen(new SourceHealth(Given.Messages, SourceState.Following, null, Given.Noon)), Given.Noon),
        .. hosts.Select((host, at) => Given.Seen(new WorkerReconnecting(new WorkerId((at / 2 % 2) + 1)), at) with { Host = host }),
        GivenHealth.Own(new SourceRead(9, Given.Noon.AddSeconds(hosts.Length)), Given.Noon),
    ]);

    private static FactoryHealth HealthOf(MonitorState state, DateTimeOffset now) =>
        PackuilonMonitor.Core.Health.Checks.HealthChecks.Evaluate(state, null, now, HealthLimits.Usual, Around);

    /// <summary>Work of the monitor's own, which says itself what is wrong with it.</summary>
    private static Row Own(CheckCode code, string item)
    {
        FactoryHealth With(params OwnTrouble[] troubles) => After(Began).At("12:00:10", around => around with { Own = [.. troubles] });
        var other = code is CheckCode.HistoryOff ? CheckCode.NotifyFailing : CheckCode.HistoryOff;
        return new Row(
            code,
            () => With(new OwnTrouble(code, item, "wrong", null)),
            () => With(),
            () => With(new OwnTrouble(other, "other", "wrong", null))
        );
    }

    private sealed record Row(CheckCode Code, Func<FactoryHealth> Raises, Func<FactoryHealth> Clears, Func<FactoryHealth> Ordinary);
}
