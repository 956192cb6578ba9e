using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Changes;

/// <summary>From a rebuilt profile to the builds that came of it.</summary>
public sealed class TriggerTests
{
    private const string Profile = "norm.example.org.json";

    [Test]
    public void Profile_Updated_IsQueuedTakenAndBuilt()
    {
        var state = After([
            "12:00:00 cdp-listend[7]: Received UDP packet (cdb|1486571445) from 192.0.2.7",
            "12:00:01 cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now",
            "12:00:01 cdb2rabbit.py: Starting",
            .. Pushed("12:00:02", Profile),
            "12:00:03 cdb2rabbit.py: Updating cached profile_info",
            "12:00:03 cdb2rabbit.py: Exiting normally",
            "12:00:04 rabbit2packer.py: Thread-1 processing norm-sl7x-x86_64",
            "12:00:05 rabbit2packer.py: packer build starting, see: /log/norm-sl7x-x86_64.a.json.log for details",
            "12:00:06 rabbit2packer.py: Thread-1: image built successfully: norm-sl7x-x86_64.a.json",
            "12:00:07 rabbit2packer.py: packer build starting, see: /log/norm-sl7x-x86_64.b.json.log for details",
        ]);

        var trigger = state.Triggers.Triggers.Single();
        Assert.Multiple(() =>
        {
            Assert.That((trigger.Id, trigger.Host, trigger.Profile), Is.EqualTo(($"{Profile}@1795348802", "vm", Profile)));
            Assert.That(
                (trigger.PacketAt, trigger.At, trigger.QueuedAt, trigger.TakenAt),
                Is.EqualTo((At(0), Given.Noon.AddSeconds(2), At(2), At(4)))
            );
            Assert.That(
                (trigger.Result, trigger.ByName, trigger.Certain, trigger.Waiting),
                Is.EqualTo(((TriggerResult?)TriggerResult.Queued, true, true, false))
            );
            Assert.That((trigger.PacketEpoch, trigger.Images?.Single()), Is.EqualTo((1486571445L, "norm-sl7x-x86_64")));
            Assert.That(trigger.Builds, Is.EqualTo(state.Builds.All.Select(build => build.Id)));
            Assert.That(state.Builds.All.Select(build => build.Trigger), Is.All.EqualTo(trigger.Id));
        });
    }

    /// <summary>cdp-listend calls ccm-fetch for packets of another kind, which no change comes of.</summary>
    [TestCase("/usr/sbin/ccm-fetch", "12:00:10", 0)]
    [TestCase("ccm-fetch (/usr/sbin/ccm-fetch)", "12:00:10", 0)]
    [TestCase("/usr/local/bin/notify-host", "12:00:10", 0)]
    [TestCase("/usr/local/bin/cdb2rabbit.py --after ccm-fetch", "12:00:01", 1)]
    [TestCase("cdbsync-nch (/usr/local/bin/cdb2rabbit.py)", "12:00:01", 1)]
    public void Call_OfAnotherProgram_IsNoRunOfTheTrigger(string command, string begun, int failures)
    {
        string[] called =
        [
            "12:00:00 cdp-listend[7]: Received UDP packet (ccm|1486571445) from 192.0.2.7",
            $"12:00:01 cdp-listend[7]: Calling {command} now",
        ];
        var failed = After([.. called, $"12:00:02 cdp-listend[7]: [ERROR] call of {command} failed: No such file or directory"]);
        var later = After([.. called, .. Pushed("12:00:10", Profile)]);

        Assert.That(failed.Triggers.FailedRuns, Has.Count.EqualTo(failures));
        Assert.That(
            later.Triggers.Triggers.Single().RunAt?.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) ?? "12:00:10",
            Is.EqualTo(begun)
        );
    }

    [TestCase(100, 100, "1")]
    [TestCase(101, 100, "2")]
    public void FailedRuns_AreTheNewestHundred(int runs, int kept, string oldest)
    {
        var state = Given.Folded(Enumerable.Range(1, runs).Select(run =>
            Given.Seen(new StartupFailed(), run) with { Speaker = Speaker.Cdb2Rabbit, Pid = run, Text = $"{run}" }));

        Assert.That((state.Triggers.FailedRuns.Count, state.Triggers.FailedRuns[0].Why), Is.EqualTo((kept, oldest)));
    }

    [TestCase("Unable to read from config file")]
    [TestCase("Error connecting to RabbitMQ server:")]
    public void Run_ThatFailsBeforeItNamesAProfile_IsAFailedRun(string error) =>
        Assert.That(
            After("12:00:00 cdb2rabbit.py: Starting", $"12:00:01 cdb2rabbit.py: {error}").Triggers.FailedRuns.Select(run => run.Why),
            Is.EqualTo(new[] { error })
        );

    [TestCase("Profile has not updated: norm.example.org.json", TriggerResult.Unchanged)]
    [TestCase("Error retriving profile: norm.example.org.json", TriggerResult.NotDownloaded)]
    [TestCase("Unable to open cached profile: norm.example.org.json", TriggerResult.NotDownloaded)]
    [TestCase("The server couldn't fulfill the request.", TriggerResult.NotDownloaded)]
    [TestCase("We failed to reach a server.", TriggerResult.NotDownloaded)]
    [TestCase("Error connecting to RabbitMQ server:", TriggerResult.PushFailed)]
    [TestCase("Pushing message to queue for build", TriggerResult.Queued)]
    [TestCase("Profile has updated: norm.example.org.json", null)]
    [TestCase("Error code: 404", null)]
    public void Profile_ThatEndsWith_HasTheResult(string last, TriggerResult? result)
    {
        var trigger = After(
            $"12:00:00 cdb2rabbit.py: CI profile rebuilt: {Profile}",
            $"12:00:00 cdb2rabbit.py: Downloading profile {Profile}",
            $"12:00:01 cdb2rabbit.py: {last}"
        )
            .Triggers.Triggers.Single();

        Assert.That((trigger.Result, trigger.QueuedAt is not null), Is.EqualTo((result, result is TriggerResult.Queued)));
    }

    [Test]
    public void Message_OfAnImageWithoutATrigger_DoesNotTakeTheOneThatNamesAKnownImage()
    {
        var state = After([
            "12:00:00 rabbit2packer.py: Thread-1 processing norm-sl7x-x86_64",
            "12:00:01 rabbit2packer.py: packer build starting, see: /log/norm-sl7x-x86_64.a.json.log for details",
            "12:00:02 rabbit2packer.py: Thread-1: image built successfully: norm-sl7x-x86_64.a.json",
            .. Pushed("12:00:03", Profile),
            "12:00:04 rabbit2packer.py: Thread-2 processing byhand-sl7x-x86_64",
            "12:00:05 rabbit2packer.py: Thread-3 processing norm-sl7x-x86_64",
        ]);

        var trigger = state.Triggers.Triggers.Single();
        Assert.That((trigger.TakenAt, trigger.TakenBy?.Number, trigger.ByName), Is.EqualTo((At(5), (int?)3, true)));
    }

    [Test]
    public void Push_ThatFailed_IsNotWaiting()
    {
        var state = After([
            .. Pushed("12:00:00", Profile),
            "12:00:01 cdb2rabbit.py: Unable to push message to queue, exiting without updating cached profile_info",
        ]);

        Assert.That(
            (state.Triggers.Triggers.Single().Result, state.Triggers.Waiting),
            Is.EqualTo(((TriggerResult?)TriggerResult.PushFailed, 0))
        );
    }

    [TestCase(
        "Profile has not updated: norm.example.org.json",
        TriggerResult.NewUnchanged,
        TestName = "2017: a new profile is taken for unchanged"
    )]
    [TestCase("Pushing message to queue for build", TriggerResult.Queued, TestName = "newest: a new profile is built")]
    public void Profile_New_HasTheResultOfItsRevision(string last, TriggerResult result)
    {
        var trigger = After(
            $"12:00:00 cdb2rabbit.py: CI profile rebuilt: {Profile}",
            $"12:00:00 cdb2rabbit.py: cached profile {Profile} does not exist, creating one and continuing",
            $"12:00:00 cdb2rabbit.py: {last}").Triggers.Triggers.Single();

        Assert.That((trigger.Result, trigger.New), Is.EqualTo(((TriggerResult?)result, true)));
    }

    [Test]
    public void Profiles_OfOneRun_EachHaveTheirOwnResult()
    {
        var state = After(
            [
                .. Unchanged("12:00:00", "a.json"), .. Pushed("12:00:00", "b.json"), .. Unchanged("12:00:00", "c.json"),
                "12:00:01 cdb2rabbit.py: Starting", .. Pushed("12:00:01", "a.json"),
            ]);

        Assert.That(
            state.Triggers.Triggers.Select(trigger => $"{trigger.Profile} {trigger.Result}"),
            Is.EqualTo(new[] { "a.json Unchanged", "b.json Queued", "c.json Unchanged", "a.json Queued" }));
        Assert.That(state.Triggers.Waiting, Is.EqualTo(2));
    }

    [Test]
    public void Profile_RebuiltTwiceInOneSecond_HasTwoIds() =>
        Assert.That(
            After([.. Pushed("12:00:00", Profile), .. Pushed("12:00:00", Profile)]).Triggers.Triggers.Select(trigger => trigger.Id),
            Is.EqualTo(new[] { $"{Profile}@1795348800", $"{Profile}@1795348800#2" }));

    [Test]
    public void Connection_ThatFailsInALaterRun_DoesNotTouchTheRunBefore()
    {
        foreach (var header in (string[])["Nov 22 12:00:00 vm /{0}: {1}", "<14>1 2026-11-22T12:00:00Z vm - - - -  {1}"])
        {
            var state = Given.Folded(Given.Read(
                Line(header, "cdb2rabbit.py", $"CI profile rebuilt: {Profile}"),
                Line(header, "cdb2rabbit.py", $"Error retriving profile: {Profile}"),
                Line(header, "cdp-listend", "[ERROR] call of cdbsync-nch (/usr/local/bin/cdb2rabbit.py) failed: "),
                Line(header, "cdp-listend", "Calling /usr/local/bin/cdb2rabbit.py now"),
                Line(header, "cdb2rabbit.py", "Starting"),
                Line(header, "cdb2rabbit.py", "Error connecting to RabbitMQ server:")));

            Assert.That(state.Triggers.Triggers.Single().Result, Is.EqualTo(TriggerResult.NotDownloaded), header);
        }
    }

    [Test]
    public void Job_WhoseImageBearsTheLabel_IsMatchedByName()
    {
        var state = After(
            [
                .. Pushed("12:00:00", "other.example.org.json"), .. Pushed("12:00:00", "image-factory-sl-7x-x86-64.example.org.json"),
                "12:00:01 rabbit2packer.py: Thread-1 processing image-factory-sl7x-x86_64",
            ]);

        Assert.That(
            state.Triggers.Triggers.Select(trigger => (trigger.Waiting, trigger.ByName)),
            Is.EqualTo(new[] { (true, false), (false, true) })
        );
    }

    [Test]
    public void Job_WhoseImageBearsTwoLabels_IsTheLongerOnes()
    {
        var state = After(
            [
                .. Pushed("12:00:00", "norm1.example.org.json"), .. Pushed("12:00:00", "norm12.example.org.json"),
                "12:00:01 rabbit2packer.py: Thread-1 processing norm12-sl7x-x86_64",
            ]);

        Assert.That(state.Triggers.Triggers.Select(trigger => trigger.Waiting), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void Job_WhoseNameReportsNothing_IsTheOldestInTheQueue()
    {
        var state = After([
            .. Pushed("12:00:00", "one.example.org.json"),
            .. Pushed("12:00:00", "two.example.org.json"),
            "12:00:01 rabbit2packer.py: Thread-1 processing norm-sl7x-x86_64",
            "12:00:04 rabbit2packer.py: Thread-2 processing norm-sl7x-x86_64",
        ]);

        Assert.That(
            state.Triggers.Triggers.Select(trigger => (trigger.TakenAt, trigger.ByName)),
            Is.EqualTo(new[] { (At(1), false), (At(4), false) })
        );
    }

    [Test]
    public void Job_QueuedByHand_HasNoTrigger()
    {
        var state = After(
            [
                "12:00:01 rabbit2packer.py: Thread-1 processing norm-sl7x-x86_64",
                "12:00:02 rabbit2packer.py: packer build starting, see: /log/norm-sl7x-x86_64.log for details",
                .. Unchanged("12:00:03", "norm.example.org.json"),
                "12:00:04 rabbit2packer.py: Thread-2 processing norm-sl7x-x86_64",
            ]);

        Assert.That(
            (state.Builds.All.Single().Trigger, state.Triggers.Triggers.Single().TakenAt),
            Is.EqualTo(((string?)null, (DateTimeOffset?)null))
        );
    }

    [Test]
    public void Job_TakenBeforeAPush_IsNotOfIt()
    {
        var state = After([.. Pushed("12:00:05", Profile), "12:00:04 rabbit2packer.py: Thread-1 processing norm-sl7x-x86_64"]);

        Assert.That(state.Triggers.Waiting, Is.EqualTo(1));
    }

    [Test]
    public void Refusal_OfAMessage_EndsTheChangeAtTheHeadOfTheQueue()
    {
        var state = After([
            .. Pushed("12:00:00", Profile),
            "12:00:03 rabbit2packer.py: KeyError('plan9x')",
            "12:00:03 rabbit2packer.py: Thread-1: source imge was not found, check IMAGES_CONFIG. Continuing",
        ]);

        var trigger = state.Triggers.Triggers.Single();
        Assert.That(
            (state.Triggers.Waiting, trigger.Refused, trigger.RefusedWhy, trigger.TakenAt, trigger.ByName),
            Is.EqualTo((0, (Refusal?)Refusal.NoSourceImage, "KeyError('plan9x')", At(3), false))
        );
    }

    [Test]
    public void Builds_OfTwoTriggersWhoseThreadsWereGuessedWrong_AreExchangedWithThem()
    {
        var state = After(
            [
                .. Pushed("12:00:00", "norm.one.json"), .. Pushed("12:00:00", "norm.two.json"),
                "12:00:01 rabbit2packer.py: Thread-1 processing norm", "12:00:01 rabbit2packer.py: Thread-2 processing norm",
                "12:00:02 rabbit2packer.py: packer build starting, see: /log/norm.a.json.log for details",
                "12:00:09 rabbit2packer.py: Thread-1: image built successfully: norm.a.json",
            ]);

        var (one, two) = (state.Triggers.Triggers[0], state.Triggers.Triggers[1]);
        Assert.That(state.Builds.All.Single().Trigger, Is.EqualTo(one.Id));
        Assert.That((one.Builds?.Count, two.Builds?.Count ?? 0), Is.EqualTo(((int?)1, 0)));
    }

    /// <summary>A packet leads to one call; the next call, as at a restart of cdp-listend, has none.</summary>
    [Test]
    public void Packet_OfTheFirstCall_IsNotTheSecondCalls()
    {
        string[] Called(int second) =>
        [
            $"12:00:0{second} cdp-listend[7]: Calling /usr/local/bin/cdb2rabbit.py now", $"12:00:0{second} cdb2rabbit.py: Starting",
            .. Pushed($"12:00:0{second}", Profile), $"12:00:0{second} cdb2rabbit.py: Exiting normally",
        ];
        var state = After(
            ["12:00:00 cdp-listend[7]: Received UDP packet (cdb|1486571445) from 192.0.2.7", .. Called(1), .. Called(5)]
        );

        Assert.That(state.Triggers.Triggers.Select(trigger => trigger.PacketAt), Is.EqualTo(new[] { At(0), null }));
    }

    /// <summary>An error without a name is of the profile of the line before, unless its result is known.</summary>
    [TestCase("The server couldn't fulfill the request.")]
    [TestCase("We failed to reach a server.")]
    public void Error_WithoutAName_GivesAResultOnlyWhereThereIsNone(string error)
    {
        var known = After([.. Pushed("12:00:00", Profile), $"12:00:01 cdb2rabbit.py: {error}"]);
        var unknown = After([$"12:00:00 cdb2rabbit.py: CI profile rebuilt: {Profile}", $"12:00:01 cdb2rabbit.py: {error}"]);

        Assert.That(
            (known.Triggers.Triggers.Single().Result, unknown.Triggers.Triggers.Single().Result),
            Is.EqualTo(((TriggerResult?)TriggerResult.Queued, (TriggerResult?)TriggerResult.NotDownloaded))
        );
    }

    private static MonitorState After(params IEnumerable<string> timed) =>
        Given.Folded(Given.Read(timed.Select(line => $"Nov 22 {line[..8]} vm /{line[9..]}")));

    private static IEnumerable<string> Pushed(string time, string profile) =>
    [
        $"{time} cdb2rabbit.py: CI profile rebuilt: {profile}", $"{time} cdb2rabbit.py: Downloading profile {profile}",
        $"{time} cdb2rabbit.py: Profile has updated: {profile}", $"{time} cdb2rabbit.py: Pushing message to queue for build",
    ];

    private static IEnumerable<string> Unchanged(string time, string profile) =>
    [
        $"{time} cdb2rabbit.py: CI profile rebuilt: {profile}", $"{time} cdb2rabbit.py: Downloading profile {profile}",
        $"{time} cdb2rabbit.py: Profile has not updated: {profile}",
    ];

    private static string Line(string header, string program, string text) =>
        header.Replace("{0}", program, StringComparison.Ordinal).Replace("{1}", text, StringComparison.Ordinal);

    private static DateTimeOffset? At(int second) => Given.Noon.AddSeconds(second);
}
