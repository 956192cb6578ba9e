using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Support;
using static PackuilonMonitor.Tests.Core.Health.GivenHealth;

namespace PackuilonMonitor.Tests.Core.Health;

/// <summary>For each check: what raises it, what clears it, and the ordinary that does not.</summary>
public sealed class FactoryHealthTests
{
    private const string Took = "12:01:00 r Thread-1 processing norm";
    private const string Start = "12:01:01 r packer build starting, see: /logs/norm.a.json.log for details";
    private const string Good = "12:01:09 r Thread-1: image built successfully: norm.a.json";
    private const string Bad = "12:01:09 r Thread-1: packer exited with non zero exit code, norm.a.json build failed";
    private const string Crash = "12:01:05 r Exception in thread Thread-1:";

    private static readonly string[] Pushed =
    [
        "12:01:00 c Starting",
        "12:01:00 c CI profile rebuilt: norm.example.json",
        "12:01:00 c Downloading profile norm.example.json",
        "12:01:00 c Profile has updated: norm.example.json",
        "12:01:00 c Pushing message to queue for build",
        "12:01:00 c Updating cached profile_info",
        "12:01:00 c Exiting normally",
    ];

    private static readonly string[] Steps = ["openstack output will be in this color.", "==> openstack: Launching server..."];

    private static IEnumerable<TestCaseData> Cases()
    {
        TestCaseData Case(string name, string[] lines, string at, string expected) =>
            new TestCaseData(lines, at, expected).SetArgDisplayNames(name);

        yield return Case("nothing but a start", Began, "12:00:10", "");
        yield return Case("idle for half an hour", Began, "12:30:00", "");

        // DAEMON_DOWN
        const string down = "Error DAEMON_DOWN rabbit2packer";
        yield return Case("start-up error", ["12:00:00 r Starting", "12:00:00 r Error reading config file"], "12:00:01", down);
        yield return Case(
            "start-up error, started again",
            ["12:00:00 r Starting", "12:00:00 r Error reading config file", "12:00:02 s Started rabbit2packer.", "12:00:02 r Starting"],
            "12:00:03",
            down
        );
        yield return Case(
            "start-up error, a worker speaks",
            ["12:00:00 r Starting", "12:00:00 r Error reading config file", .. Began],
            "12:00:03",
            ""
        );
        yield return Case(
            "killed",
            [.. Began, "12:01:00 s rabbit2packer.service: Main process exited, code=killed, status=9/KILL"],
            "12:01:01",
            down
        );
        yield return Case(
            "killed, begun anew",
            ["11:59:00 s rabbit2packer.service: Main process exited, code=killed, status=9/KILL", .. Began],
            "12:01:01",
            ""
        );
        yield return Case("stopped just now", [.. Began, "12:01:00 s Stopped rabbit2packer."], "12:01:59", "");
        yield return Case("stopped a minute ago", [.. Began, "12:01:00 s Stopped rabbit2packer."], "12:02:00", down);
        yield return Case(
            "stopped and started",
            [
                .. Began,
                "12:01:00 s Stopped rabbit2packer.",
                "12:01:03 s Started rabbit2packer.",
                "12:01:04 r Starting",
                "12:01:04 r Starting Thread-1",
            ],
            "12:09:00",
            ""
        );
        yield return Case("started, no word", ["12:00:00 s Started rabbit2packer."], "12:01:00", down);
        yield return Case("started just now", ["12:00:00 s Started rabbit2packer."], "12:00:59", "");
        yield return Case("each thread lost", [.. Began, Crash, "12:01:06 r Exception in thread Thread-2:"], "12:01:07", down);
        yield return Case(
            "another unit failed",
            [.. Began, "12:01:00 s rabbit2packer-exporter.service: Failed with result 'exit-code'."],
            "12:01:01",
            ""
        );
        yield return Case(
            "listener cannot begin",
            [.. Began, "12:01:00 l Exiting: error creating UDP listener: Address already in use"],
            "12:01:01",
            "Error DAEMON_DOWN cdp-listend"
        );
        yield return Case(
            "listener begins after all",
            [
                .. Began,
                "12:01:00 l Exiting: error creating UDP listener: Address already in use",
                "12:01:05 l /usr/sbin/cdp-listend daemon successfully started on port 7777",
            ],
            "12:01:06",
            ""
        );

        // BROKER_DOWN
        const string failing = "Error BROKER_DOWN RabbitMQ; Warn TRIGGER_FAILING cdb2rabbit.py";
        string[] refused = [.. Began, "12:01:00 c Starting", "12:01:18 c Error connecting to RabbitMQ server:"];
        yield return Case("cdb2rabbit waits for the broker", [.. Began, "12:01:00 c Starting"], "12:01:17", "");
        yield return Case("cdb2rabbit gives up", refused, "12:01:19", failing);
        yield return Case(
            "an hour later",
            [.. refused, "13:02:00 x -"],
            "13:02:00",
            "Warn BROKER_DOWN RabbitMQ; Warn TRIGGER_FAILING cdb2rabbit.py"
        );
        yield return Case(
            "a worker takes a message",
            [.. refused, "12:02:00 r Thread-2 processing norm"],
            "12:02:01",
            "Warn TRIGGER_FAILING cdb2rabbit.py"
        );
        yield return Case(
            "all threads reconnect",
            [.. Began, "12:01:00 r Thread-1: reconnecting to channel", "12:01:00 r Thread-2: reconnecting to channel"],
            "12:01:01",
            ""
        );
        yield return Case(
            "a thread died of a lost stream",
            [
                .. Began,
                Crash,
                "12:01:05 r Traceback (most recent call last):",
                "12:01:05 r pika.exceptions.StreamLostError: Transport indicated EOF",
            ],
            "12:01:06",
            "Warn WORKER_LOST Thread-1"
        );
        yield return Case(
            "a thread died refused",
            [
                .. Began,
                Crash,
                "12:01:05 r Traceback (most recent call last):",
                "12:01:05 r pika.exceptions.AMQPConnectionError: Connection refused",
            ],
            "12:01:06",
            "Error BROKER_DOWN RabbitMQ; Warn WORKER_LOST Thread-1"
        );

        // WORKER_LOST
        yield return Case("thread lost", [.. Began, Crash], "12:01:06", "Warn WORKER_LOST Thread-1");
        yield return Case(
            "thread lost, begun anew",
            ["11:59:00 r Starting Thread-1", "11:59:05 r Exception in thread Thread-1:", .. Began],
            "12:01:06",
            ""
        );

        // WORKER_SILENT
        yield return Case("takes and says nothing", [.. Began, Took], "12:02:00", "Warn WORKER_SILENT Thread-1");
        yield return Case("took it just now", [.. Began, Took], "12:01:59", "");
        yield return Case("builds something", [.. Began, Took, Start], "12:09:00", "");
        yield return Case("tests an image between two templates", [.. Began, Took, Start, Good], "12:09:00", "");

        // BUILD_FAILED, BUILD_LOST, BUILD_STUCK
        yield return Case("failed", [.. Began, Took, Start, Bad], "12:01:10", "Warn BUILD_FAILED norm.a.json");
        yield return Case(
            "failed, then good",
            [
                .. Began,
                Took,
                Start,
                Bad,
                "12:02:00 r Thread-2 processing norm",
                "12:02:01 r packer build starting, see: /logs/norm.a.json.log for details",
                "12:02:05 r Thread-2: image built successfully: norm.a.json",
            ],
            "12:02:10",
            ""
        );
        yield return Case(
            "failed, runs again",
            [
                .. Began,
                Took,
                Start,
                Bad,
                "12:02:00 r Thread-2 processing norm",
                "12:02:01 r packer build starting, see: /logs/norm.a.json.log for details",
            ],
            "12:02:10",
            "Warn BUILD_FAILED norm.a.json"
        );
        yield return Case(
            "lost with its daemon",
            [.. Began, Took, Start, "12:02:00 r Starting", "12:02:00 r Starting Thread-1"],
            "12:02:01",
            "Warn BUILD_LOST norm.a.json"
        );
        yield return Case(
            "lost with its thread",
            [.. Began, Took, Start, Crash],
            "12:02:01",
            "Warn WORKER_LOST Thread-1; Warn BUILD_LOST norm.a.json"
        );
        yield return Case(
            "lost as systemd says",
            [.. Began, Took, Start, "12:01:30 s Stopped rabbit2packer."],
            "12:01:31",
            "Warn BUILD_LOST norm.a.json"
        );
        yield return Case(
            "lost, then good",
            [
                .. Began,
                Took,
                Start,
                Crash,
                "12:02:00 r Thread-2 processing norm",
                "12:02:01 r packer build starting, see: /logs/norm.a.json.log for details",
                "12:02:05 r Thread-2: image built successfully: norm.a.json",
            ],
            "12:02:10",
            "Warn WORKER_LOST Thread-1"
        );
        yield return Case("runs for an hour", [.. Began, Took, Start, "13:01:00 x -"], "13:01:00", "");
        yield return Case(
            "runs for two hours without a past",
            [.. Began, Took, Start, "12:31:00 x -", "13:01:00 x -", "13:31:00 x -", "14:01:00 x -"],
            "14:01:01",
            "Warn BUILD_STUCK norm.a.json.log@1795348861"
        );

        // TRIGGER_FAILING and CHANGE_NOT_BUILT
        string[] gone =
        [
            .. Began,
            "12:01:00 c Starting",
            "12:01:00 c CI profile rebuilt: norm.example.json",
            "12:01:00 c Downloading profile norm.example.json",
            "12:01:01 c Error retriving profile: norm.example.json",
        ];
        yield return Case(
            "not downloaded",
            gone,
            "12:01:02",
            "Warn CHANGE_NOT_BUILT norm.example.json; Warn TRIGGER_FAILING cdb2rabbit.py"
        );
        yield return Case(
            "downloaded by the next run",
            [
                .. gone,
                .. Pushed.Select(line => line.Replace("12:01:00", "12:01:05", StringComparison.Ordinal)),
                "12:01:06 r Thread-1 processing norm",
                "12:01:06 r packer build starting, see: /logs/norm.a.json.log for details",
            ],
            "12:01:07",
            ""
        );
        yield return Case(
            "a run that says nothing more",
            [.. Began, "12:01:00 c Starting"],
            "12:06:00",
            "Warn TRIGGER_FAILING cdb2rabbit.py"
        );
        yield return Case(
            "another command fails",
            [.. Began, "12:01:00 l Calling /usr/sbin/ccm-fetch now", "12:01:01 l [ERROR] call of /usr/sbin/ccm-fetch failed: "],
            "12:01:02",
            "Warn TRIGGER_FAILING ccm-fetch"
        );
        yield return Case(
            "and then does not",
            [
                .. Began,
                "12:01:00 l Calling /usr/sbin/ccm-fetch now",
                "12:01:01 l [ERROR] call of /usr/sbin/ccm-fetch failed: ",
                "12:02:00 l Calling /usr/sbin/ccm-fetch now",
                "12:03:00 l Calling /usr/local/bin/cdb2rabbit.py now",
            ],
            "12:03:01",
            ""
        );
        yield return Case(
            "a new profile that is taken as unchanged",
            [
                .. Began,
                "12:01:00 c Starting",
                "12:01:00 c CI profile rebuilt: norm.example.json",
                "12:01:00 c Downloading profile norm.example.json",
                "12:01:00 c cached profile norm.example.json does not exist, creating one and continuing",
                "12:01:00 c Profile has not updated: norm.example.json",
                "12:01:00 c Exiting normally",
            ],
            "12:01:02",
            ""
        );
        yield return Case(
            "a message by hand that kills its thread",
            [.. Began, Took, "12:01:01 r Unable to open template file"],
            "12:01:02",
            "Warn WORKER_LOST Thread-1; Warn CHANGE_NOT_BUILT norm"
        );
        yield return Case(
            "and is taken again",
            [
                .. Began,
                Took,
                "12:01:01 r Unable to open template file",
                "12:02:00 r Thread-2 processing norm",
                "12:02:00 r packer build starting, see: /logs/norm.a.json.log for details",
            ],
            "12:02:02",
            "Warn WORKER_LOST Thread-1"
        );

        yield return Case(
            "a change in the second in which another run ended",
            [
                .. Began, "12:01:00 c Starting", "12:01:00 c Exiting normally", "12:01:00 c Starting",
                "12:01:00 c CI profile rebuilt: norm.example.json",
            ],
            "12:01:05",
            ""
        );
        yield return Case(
            "a change whose run ended without a word of it",
            [.. Began, "12:01:00 c Starting", "12:01:00 c CI profile rebuilt: norm.example.json", "12:01:01 c Exiting normally"],
            "12:01:05",
            "Warn CHANGE_NOT_BUILT norm.example.json"
        );
        string[] refusedMessage = [.. Began, .. Pushed, "12:01:03 r Thread-1: could not decode profile, malformed json? Continuing"];
        yield return Case("refused", refusedMessage, "12:01:04", "Warn CHANGE_NOT_BUILT norm.example.json");
        yield return Case("refused ten minutes ago does not wait", refusedMessage, "12:11:04", "Warn CHANGE_NOT_BUILT norm.example.json");
        yield return Case(
            "refused, then announced as unchanged",
            [
                .. refusedMessage,
                "12:02:00 c Starting",
                "12:02:00 c CI profile rebuilt: norm.example.json",
                "12:02:00 c Downloading profile norm.example.json",
                "12:02:00 c Profile has not updated: norm.example.json",
                "12:02:00 c Exiting normally",
            ],
            "12:02:01",
            "Warn CHANGE_NOT_BUILT norm.example.json"
        );
        yield return Case(
            "refused, then changed again and built",
            [
                .. refusedMessage,
                .. Pushed.Select(line => line.Replace("12:01:00", "12:02:00", StringComparison.Ordinal)),
                "12:02:03 r Thread-2 processing norm",
                "12:02:03 r packer build starting, see: /logs/norm.a.json.log for details",
            ],
            "12:02:04",
            ""
        );
        string[] other =
        [
            .. Pushed.Select(line =>
                line.Replace("12:01:00", "12:02:00", StringComparison.Ordinal).Replace("norm.", "keyless.", StringComparison.Ordinal)
            ),
        ];
        yield return Case(
            "refused, and a job by its turn was given to it",
            [
                .. refusedMessage,
                .. other,
                "12:02:03 r Thread-2 processing nobody-knows",
                "12:02:03 r packer build starting, see: /logs/nobody-knows.a.json.log for details",
            ],
            "12:11:04",
            "Warn CHANGE_NOT_BUILT norm.example.json"
        );
        string[] named =
        [
            "12:01:03 r Name is :norm",
            "12:01:03 r {'sl': {'7x-x86_64': '0b10e583-9e13-4878-9116-f4002846fa73'}}",
            "12:01:03 r OS_STRING = sl99-x86_64",
            "12:01:03 r OS is :sl",
            "12:01:03 r OS VER is :99-x86_64",
            "12:01:04 r KeyError('99-x86_64')",
        ];
        yield return Case(
            "refused a moment after its name was said",
            [.. Began, .. Pushed, .. named, "12:01:04 r Thread-1: source imge was not found, check IMAGES_CONFIG. Continuing"],
            "12:01:06",
            "Warn CHANGE_NOT_BUILT norm.example.json"
        );
        yield return Case(
            "refused by hand, twice in a second",
            [
                .. Began,
                "12:01:03 r Thread-1: could not decode profile, malformed json? Continuing",
                "12:01:03 r Thread-2: could not decode profile, malformed json? Continuing",
            ],
            "12:01:04",
            "Warn CHANGE_NOT_BUILT message@12:01:03#2,message@12:01:03"
        );
        yield return Case(
            "queued again after it could not be downloaded",
            [.. gone, .. Pushed.Select(line => line.Replace("12:01:00", "12:01:05", StringComparison.Ordinal))],
            "12:01:06",
            ""
        );

        // QUEUE_WAITING
        yield return Case("waits while all are idle", [.. Began, .. Pushed], "12:02:00", "Warn QUEUE_WAITING norm.example.json");
        yield return Case("waits for a quarter of an hour", [.. Began, .. Pushed], "12:16:00", "Error QUEUE_WAITING norm.example.json");
        yield return Case("waits just now", [.. Began, .. Pushed], "12:01:59", "");
        yield return Case(
            "is taken",
            [
                .. Began,
                .. Pushed,
                "12:01:03 r Thread-1 processing norm",
                "12:01:03 r packer build starting, see: /logs/norm.a.json.log for details",
            ],
            "12:05:00",
            ""
        );
        yield return Case(
            "waits while all build",
            [
                .. Began,
                Took,
                Start,
                "12:01:02 r Thread-2 processing other",
                "12:01:02 r packer build starting, see: /logs/other.a.json.log for details",
                .. Pushed.Select(line => line.Replace("12:01:00", "12:01:05", StringComparison.Ordinal)),
            ],
            "12:05:00",
            ""
        );
        yield return Case(
            "waited before the workers began",
            [.. Pushed, .. Began.Select(line => line.Replace("12:00", "12:05", StringComparison.Ordinal))],
            "12:05:50",
            ""
        );

        // Sources
        yield return Case("silent for an hour", Began, "13:00:00", "");
        yield return Case("silent for more", Began, "13:00:01", "Unknown SOURCE_SILENT /var/log/messages");
        yield return Case("used to be silent", [.. Began, "12:40:00 x -"], "14:39:00", "");
        yield return Case("no line of the factory", ["12:00:00 x Starting"], "12:00:01", "Unknown SOURCE_SILENT factory");
        yield return Case(
            "messages dropped",
            [.. Began, "12:01:00 d imjournal: 1500 messages lost due to rate-limiting"],
            "12:01:01",
            "Unknown MESSAGES_DROPPED rsyslogd"
        );
        yield return Case(
            "messages dropped an hour ago",
            [.. Began, "12:01:00 d imjournal: 1500 messages lost due to rate-limiting", "13:01:00 x -"],
            "13:01:01",
            ""
        );
        yield return Case(
            "other messages dropped",
            [.. Began, "12:01:00 d imuxsock[pid: 7, name: /usr/sbin/ntpd]: 200 messages lost due to rate-limiting"],
            "12:01:01",
            ""
        );
        yield return Case("ahead of now", Began, "11:54:00", "Unknown TIMES_UNREADABLE clock");
        yield return Case("a little ahead of now", Began, "11:56:00", "");
        yield return Case(
            "strange speech",
            [.. Began, .. Enumerable.Range(0, 20).Select(number => $"12:01:00 r Thread-1 frobnicates {number}")],
            "12:01:01",
            "Warn LINES_UNRECOGNISED Thread-# frobnicates #"
        );
        yield return Case(
            "a little of it",
            [.. Began, .. Enumerable.Range(0, 19).Select(number => $"12:01:00 r Thread-1 frobnicates {number}")],
            "12:01:01",
            ""
        );
        yield return Case(
            "a traceback",
            [
                .. Began,
                Crash,
                "12:01:05 r Traceback (most recent call last):",
                .. Enumerable.Range(0, 40).Select(number => $"12:01:05 r   File {number}"),
                "12:01:05 r TypeError: no",
            ],
            "12:01:06",
            "Warn WORKER_LOST Thread-1"
        );
    }

    [TestCaseSource(nameof(Cases))]
    public void Health_AfterLines_IsWhatTheyMean(string[] lines, string at, string expected) =>
        Assert.That(After(lines).At(at).Raised(), Is.EqualTo(expected));

    /// <summary>All that each check says, with the stages of a change beside it. ACCEPT=1 rewrites the table.</summary>
    [Test]
    public void Checks_AfterLines_ReadAsListed()
    {
        const int LinesShown = 8;
        var text = new StringBuilder();
        foreach (var one in Cases())
        {
            var (lines, at) = ((string[])one.Arguments[0]!, (string)one.Arguments[1]!);
            var health = After(lines).At(at);
            text.Append($"{string.Join('\n', lines.TakeLast(LinesShown))}\n{at}\n  {string.Join("; ", health.Stages.Select(Shown))}\n");
            foreach (var check in health.Checks)
            {
                text.Append($"  {check.Severity} {check.Code.Name()} x{check.Count}: {check.Summary}\n    $ {check.Do}\n");
                foreach (var item in check.Items)
                    text.Append($"    - {Shown(item)}\n").AppendJoin(
                        "",
                        item.Lines.Select(line => $"      {line.At:HH:mm:ss} {line.Text}\n")
                    );
            }
        }

        Golden.Matches("Health.Checks.txt", text.ToString());

        static string Shown(object what) => what switch
        {
            Stage stage => $"{stage.Name} {stage.State}{(stage.IsTrouble ? "!" : "")} {stage.At:HH:mm:ss} ({stage.Text})",
            HealthItem item => string.Join(
                ", ",
                new[] { item.Id, item.Text, $"{item.Since:HH:mm:ss}", $"{item.Thread}", item.Profile, item.Build, item.Path,
                    $"{item.Severity}", item.Do }
                    .Where(part => part is { Length: > 0 })),
            _ => "",
        };
    }

    [TestCase("12:01:30", "12:01:20", "Warn BUILD_LOST norm.a.json", TestName = "Log_OfARunningBuild_ThatSaysCancelled_LosesIt")]
    [TestCase("12:01:30", "12:01:40", "", TestName = "Log_WrittenAfterNow_IsNotThatOfTheBuild")]
    [TestCase("12:01:30", "12:00:50", "", TestName = "Log_WrittenBeforeTheStart_IsNotThatOfTheBuild")]
    public void Log_Cancelled(string now, string modified, string expected)
    {
        var log = Log(
            "norm.a.json.log",
            modified,
            [
                .. Steps,
                "Cancelling build after receiving terminated",
                "Build 'openstack' finished.",
                "",
                "Cleanly cancelled builds after being interrupted.",
            ]
        );

        Assert.That(After([.. Began, Took, Start]).Apply(log).At(now).Raised(), Is.EqualTo(expected));
    }

    /// <summary>Nobody waits for it any more: it is lost, and not stuck.</summary>
    [Test]
    public void Log_OfALongBuild_ThatSaysCancelled_LosesIt()
    {
        var log = Log(
            "norm.a.json.log",
            "12:01:20",
            [.. Steps, "Cancelling build after receiving terminated", "Cleanly cancelled builds after being interrupted."]
        );

        Assert.That(
            After(
                [.. Began, Took, Start, "12:31:00 x -", "13:01:00 x -", "13:31:00 x -", "14:01:00 x -"]).Apply(log).At("14:01:01").Raised(),
            Is.EqualTo("Warn BUILD_LOST norm.a.json")
        );
    }

    [TestCase("12:02:19", "")]
    [TestCase("12:02:20", "Warn BUILD_LOST norm.a.json")]
    public void Log_OfARunningBuild_WhosePackerEndedAMinuteAgo_LosesIt(string now, string expected)
    {
        var log = Log(
            "norm.a.json.log",
            "12:01:20",
            [.. Steps, "Build 'openstack' finished.", "", "==> Builds finished. The artifacts of successful builds are:"]
        );

        Assert.That(After([.. Began, Took, Start]).Apply(log).At(now).Raised(), Is.EqualTo(expected));
    }

    /// <summary>Nobody knows when it was, or whose it is.</summary>
    [Test]
    public void Log_OfAFailedBuild_ThatNoLineNames_IsNoFailure() =>
        Assert.That(
            After(Began).Apply(Log("old.a.json.log", "11:00:00", [.. Steps, "Build 'openstack' errored: no"])).At("12:00:10").Raised(),
            Is.Empty
        );

    [TestCase(SourceState.Missing, "Unknown SOURCE_UNREADABLE /var/log/messages")]
    [TestCase(SourceState.Unreadable, "Unknown SOURCE_UNREADABLE /var/log/messages")]
    [TestCase(SourceState.Following, "")]
    public void SystemLog_ThatCannotBeRead_IsReported(SourceState state, string expected) =>
        Assert.That(
            After(Began)
                .Apply(Own(new SourceSeen(new SourceHealth(Given.Messages, state, null, Given.Noon)), Given.Noon))
                .At("12:00:10")
                .Raised(),
            Is.EqualTo(expected)
        );

    [Test]
    public void SystemLog_MissingForAMoment_IsNoNewsToWhoFollowsIt()
    {
        var state = After(Began)
            .Apply(Own(new SourceSeen(new SourceHealth(Given.Messages, SourceState.Missing, null, Time("12:00:05"))), Given.Noon));

        Assert.That(
            (
                state.At("12:00:14", around => around with { IsLive = true }).Raised(),
                state.At("12:00:15", around => around with { IsLive = true }).Raised()
            ),
            Is.EqualTo(("", "Unknown SOURCE_UNREADABLE /var/log/messages"))
        );
    }

    /// <summary>What was never read is not being rotated: the first word is not that all is well.</summary>
    [Test]
    public void SystemLog_ThatWasNeverRead_IsReportedAtOnce() =>
        Assert.That(
            Given.Folded(Own(new SourceSeen(new SourceHealth(Given.Messages, SourceState.Missing, null, Time("12:00:05"))), Given.Noon))
                .At("12:00:06", around => around with { IsLive = true })
                .Raised(),
            Is.EqualTo("Unknown SOURCE_UNREADABLE /var/log/messages")
        );

    [TestCase(true, "Warn SOURCE_UNREADABLE /logs")]
    [TestCase(false, "")]
    public void LogDirectory_ThatIsMissing_IsReportedIfSomebodyNamedIt(bool named, string expected)
    {
        var missing = new Observation(
            Given.Noon,
            new(GivenHealth.Directory),
            "",
            Speaker.Monitor,
            null,
            new SourceSeen(new SourceHealth(new(GivenHealth.Directory), SourceState.Unreadable, "missing", Given.Noon))
        );

        Assert.That(
            After(Began).Apply(missing).At("12:00:10", around => around with { LogDirectoryIsNamed = named }).Raised(),
            Is.EqualTo(expected)
        );
    }

    /// <summary>That RabbitMQ is down has a check of its own; that it refuses us, or has no such queue, has not.</summary>
    [TestCase(SourceState.Unreadable, "user or password was not accepted", "Warn SOURCE_UNREADABLE amqp")]
    [TestCase(SourceState.Unreadable, "no queue image-updates", "Warn SOURCE_UNREADABLE amqp")]
    [TestCase(SourceState.Unreadable, "refused for user guest", "Warn SOURCE_UNREADABLE amqp")]
    [TestCase(SourceState.Unreadable, "ACCESS_REFUSED", "Warn SOURCE_UNREADABLE amqp")]
    [TestCase(SourceState.Unreadable, "connection refused", "")]
    [TestCase(SourceState.Unreadable, null, "")]
    [TestCase(SourceState.Following, "ACCESS_REFUSED", "")]
    public void Broker_ThatRefusesUs_IsReported(SourceState state, string? why, string expected)
    {
        var said = new SourceSeen(new SourceHealth(new("amqp"), state, why, Given.Noon));
        var seen = new Observation(Given.Noon, new("amqp"), "", Speaker.Monitor, null, said);

        Assert.That(
            After(Began)
                .Apply(seen)
                .At("12:00:10", around => around with { Broker = "amqp" })
                .Checks.Where(check => check.Code is CheckCode.SourceUnreadable)
                .Select(check => $"{check.Severity} {check.Code.Name()} {check.Items.Single().Id}"),
            Is.EqualTo(expected.Length == 0 ? [] : new[] { expected })
        );
    }

    [Test]
    public void TwoHosts_InTurn_AreReported_AndOneChangeForGoodIsNot()
    {
        static MonitorState Spoken(params string[] hosts) => Given.Folded(
        [
            Own(new SourceSeen(new SourceHealth(Given.Messages, SourceState.Following, null, Given.Noon)), Given.Noon),
            .. hosts.Select((host, at) => Given.Seen(new WorkerReconnecting(new WorkerId((at / 2 % 2) + 1)), at) with { Host = host }),
            Own(new SourceRead(9, Given.Noon.AddSeconds(hosts.Length)), Given.Noon),
        ]);

        Assert.That(
            (Spoken("a", "a", "b", "b", "b").At("12:00:10").Raised(), Spoken("a", "b", "a", "b", "a", "b").At("12:00:10").Raised()),
            Is.EqualTo(("", "Unknown TWO_HOSTS a+b"))
        );
        const string said = "two hosts in one file";
        Assert.That(
            (Shown(Spoken("a", "a", "b", "b", "b")), Shown(Spoken("a", "b", "a", "b", "a", "b"))),
            Is.EqualTo(((false, false), (true, true))),
            "on the line of the sources, and in the text of status"
        );

        static (bool Screen, bool Status) Shown(MonitorState state) =>
            (
                Screens
                    .Of(Snapshot.Of(state, Facts.None), new Size(100, 24), InventedDay.Paint() with { Now = Given.Noon.AddSeconds(10) })
                    .Text()
                    .Split('\n')[22]
                    .Contains(said, StringComparison.Ordinal),
                StatusText.Of(state).Contains(said, StringComparison.Ordinal)
            );
    }

    [Test]
    public void FiveFailuresOfThreeImages_AreAnError_OfTwoAWarning()
    {
        string[] Fails(params string[] images) =>
            [
                .. Began,
                .. images.SelectMany(
                    (image, at) =>
                        new[]
                        {
                            $"12:0{at}:00 r Thread-1 processing {image}",
                            $"12:0{at}:01 r packer build starting, see: /logs/{image}.a.json.log for details",
                            $"12:0{at}:02 r Thread-1: packer exited with non zero exit code, {image}.a.json build failed",
                        }
                ),
            ];

        Assert.That(
            (After(Fails("a", "b", "a", "b", "c")).At("12:10:00").Overall, After(Fails("a", "b", "a", "b", "a")).At("12:10:00").Overall),
            Is.EqualTo((Overall.Error, Overall.Warn)));
    }

    [Test]
    public void ThreeFailuresOfCdb2RabbitInHalfAnHour_AreAnError()
    {
        static string[] Runs(params string[] times) =>
            [.. Began, .. times.SelectMany(time => new[] { $"{time} c Starting", $"{time} c We failed to reach a server." })];

        Assert.That(
            (
                After(Runs("12:01:00", "12:20:00", "12:31:00")).At("12:31:00").Overall,
                After(Runs("12:01:00", "12:20:00")).At("12:31:00").Overall,
                After(Runs("12:01:00", "12:20:00", "12:30:00")).At("12:30:00").Overall
            ),
            Is.EqualTo((Overall.Error, Overall.Warn, Overall.Warn))
        );
    }

    [TestCase("ffgfgf", true)]
    [TestCase("gfgggg", false)]
    [TestCase("ggff", false)]
    public void Image_WhoseBuildsTurnOut_NowSoNowSo_IsFlaky(string verdicts, bool flaky)
    {
        var lines = verdicts.SelectMany(
            (verdict, at) =>
                new[]
                {
                    $"12:0{at}:00 r Thread-1 processing norm",
                    $"12:0{at}:01 r packer build starting, see: /logs/norm.a.json.log for details",
                    verdict == 'g'
                        ? $"12:0{at}:02 r Thread-1: image built successfully: norm.a.json"
                        : $"12:0{at}:02 r Thread-1: packer exited with non zero exit code, norm.a.json build failed",
                }
        );

        Assert.That(After([.. Began, .. lines]).At("12:10:00").Checks.Any(check => check.Code is CheckCode.ImageFlaky), Is.EqualTo(flaky));
    }

    [Test]
    public void OwnTrouble_IsRaisedAsItsCode() =>
        Assert.That(
            After(Began)
                .At("12:00:10", around =>
                    around with
                    {
                        Own =
                        [
                            new OwnTrouble(CheckCode.NotifyFailing, "hook", "exit code 1", null),
                            new OwnTrouble(CheckCode.ShipBehind, "harwell", "no heartbeat", null, Severity.Unknown),
                        ],
                    }
                )
                .Raised(),
            Is.EqualTo("Unknown SHIP_BEHIND harwell; Warn NOTIFY_FAILING hook")
        );

    [Test]
    public void ImageWithoutTemplates_IsNoSilentWorker() =>
        Assert.That(
            After([.. Began, Took]).At("12:05:00", around => around with { HasNoTemplates = image => image.Text == "norm" }).Raised(),
            Is.Empty
        );

    [Test]
    public void OffCodes_AreNeverRaised() =>
        Assert.That(
            After([.. Began, Took, Start, Bad])
                .At("12:05:00", limits: new HealthLimits { Off = new HashSet<CheckCode> { CheckCode.BuildFailed } })
                .Raised(),
            Is.Empty
        );

    [Test]
    public void FailedBuild_OfTwoWeeksAgo_IsForgotten() =>
        Assert.That(
            HealthChecks.Evaluate(After([.. Began, Took, Start, Bad]), null, Given.Noon.AddDays(15), HealthLimits.Usual, Around).Raised(),
            Is.EqualTo("Unknown SOURCE_SILENT /var/log/messages")
        );

    [Test]
    public void Summaries_FitSeventyColumns()
    {
        string[] many =
        [
            .. Began,
            .. Enumerable
                .Range(0, 30)
                .SelectMany(number =>
                    new[]
                    {
                        $"12:01:00 r Thread-1 processing a-rather-long-image-name-{number}",
                        $"12:01:01 r packer build starting, see: /logs/a-rather-long-image-name-{number}.a.json.log for details",
                        $"12:01:02 r Thread-1: packer exited with non zero exit code, "
                        + $"a-rather-long-image-name-{number}.a.json build failed",
                    }
                ),
        ];

        Assert.That(After(many).At("12:02:00").Checks.Select(check => check.Summary.Length), Has.All.LessThanOrEqualTo(70));
    }
}
