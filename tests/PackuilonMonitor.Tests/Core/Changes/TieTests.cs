using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Changes;

/// <summary>Which job a change became, and which run of the trigger script it is of: the shortest sequence of each kind.</summary>
public sealed class TieTests
{
    [Test]
    public void Runs_ThatOverlap_KeepTheirOwnLines()
    {
        var state = After(
            "12:00:00 cdb2rabbit.py[100]: Starting", "12:00:00 cdb2rabbit.py[100]: CI profile rebuilt: both.example.org.json",
            "12:00:01 cdb2rabbit.py[200]: Starting", "12:00:01 cdb2rabbit.py[200]: CI profile rebuilt: both.example.org.json",
            "12:00:02 cdb2rabbit.py[100]: Profile has updated: both.example.org.json",
            "12:00:03 cdb2rabbit.py[200]: Profile has not updated: both.example.org.json",
            "12:00:03 cdb2rabbit.py[100]: Pushing message to queue for build",
            "12:00:03 cdb2rabbit.py[200]: Exiting normally", "12:00:04 cdb2rabbit.py[100]: Exiting normally",
            "12:00:05 rabbit2packer.py[3]: Thread-1 processing both");

        Assert.That(Describe(state), Is.EqualTo(new[] { "both Queued both certain", "both Unchanged" }));
    }

    [Test]
    public void Runs_WithoutAProcessThatOverlap_AnnounceNothingTwice()
    {
        var state = After(
            "12:00:00 cdb2rabbit.py: Starting",
            "12:00:00 cdb2rabbit.py: CI profile rebuilt: one.example.org.json",
            "12:00:01 cdb2rabbit.py: Starting",
            "12:00:01 cdb2rabbit.py: CI profile rebuilt: two.example.org.json",
            "12:00:02 cdb2rabbit.py: Profile has updated: one.example.org.json",
            "12:00:02 cdb2rabbit.py: Profile has not updated: two.example.org.json",
            "12:00:02 cdb2rabbit.py: Pushing message to queue for build",
            "12:00:03 cdb2rabbit.py: Exiting normally",
            "12:00:04 cdb2rabbit.py: Exiting normally"
        );

        Assert.That(Describe(state), Is.EqualTo(new[] { "one Queued waiting", "two Unchanged" }));
    }

    [Test]
    public void Names_OfOnePoll_StandInTheOrderOfMessagesThatNoEarlierJobNeeds()
    {
        var state = After([
            .. Pushed("12:00:00", "red"),
            "12:00:01 rabbit2packer.py: Thread-1 processing red",
            .. Pushed("12:20:00", "green", "red"),
            "12:20:01 rabbit2packer.py: Thread-2 processing green",
            "12:20:01 rabbit2packer.py: Thread-3 processing red",
        ]);

        Assert.That(
            Describe(state),
            Is.EqualTo(new[] { "red Queued red certain", "green Queued green certain", "red Queued red certain" })
        );
    }

    /// <summary>The first red one was lost: the red job of the last poll is no reason to drop the green one before it.</summary>
    [Test]
    public void Names_OfOnePoll_BehindALostMessageOfOneOfThem_AreAllFound()
    {
        var state = After([
            .. Pushed("12:00:00", "red", "blue"),
            "12:00:10 rabbit2packer.py: Thread-1 processing blue",
            .. Pushed("12:20:00", "green", "red"),
            "12:20:01 rabbit2packer.py: Thread-2 processing green",
            "12:20:01 rabbit2packer.py: Thread-3 processing red",
        ]);

        Assert.That(
            Describe(state).Select(change => string.Join(' ', change.Split(' ').Where(word => word is not ("certain" or "?")))),
            Is.EqualTo(new[] { "red Queued passed over", "blue Queued blue", "green Queued green", "red Queued red" })
        );
    }

    [Test]
    public void Name_ThatComesLater_TakesTheMessageBackFromTheJobInItsTurn()
    {
        var before = After([.. Pushed("12:00:00", "red", "green"), "12:00:10 rabbit2packer.py: Thread-1 processing byhand"]);
        var after = before.Apply(Lines("12:00:10 rabbit2packer.py: packer build starting, see: /log/byhand.a.json.log for details",
            "12:00:20 rabbit2packer.py: Thread-2 processing red", "12:00:30 rabbit2packer.py: Thread-3 processing green"));

        Assert.That(Describe(before), Is.EqualTo(new[] { "red Queued byhand ?", "green Queued waiting" }));
        Assert.That(Describe(after), Is.EqualTo(new[] { "red Queued red certain", "green Queued green certain" }));
        Assert.That(after.Builds.All.Single().Trigger, Is.Null);
    }

    [Test]
    public void Job_OfAnotherImage_IsNotTheMessageOfAKnownOne()
    {
        var state = After([
            "11:00:00 rabbit2packer.py: Thread-1 processing red",
            .. Pushed("12:00:00", "red"),
            "12:00:10 rabbit2packer.py: Thread-1 processing byhand",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "red Queued waiting" }));
    }

    [Test]
    public void Message_ThatYoungerOnesPassed_NeverCatchesALaterJob()
    {
        var state = After([
            .. Pushed("12:00:00", "lost"),
            .. Pushed("12:10:00", "later"),
            "12:10:02 rabbit2packer.py: Thread-1 processing later",
            "12:20:00 rabbit2packer.py: Thread-2 processing handmade",
            "12:20:01 rabbit2packer.py: packer build starting, see: /log/handmade.a.json.log for details",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "lost Queued passed over", "later Queued later certain" }));
        Assert.That((state.Builds.All.Single().Trigger, state.Triggers.Waiting), Is.EqualTo(((string?)null, 0)));
    }

    [Test]
    public void Names_ThatTheDaemonSaysAsItTakes_AreTheOrderOfTaking()
    {
        var state = After([
            .. Pushed("12:00:00", "tmp1", "tmp2"),
            "12:00:05 rabbit2packer.py: Name is :eleven",
            "12:00:05 rabbit2packer.py: Name is :thirteen",
            "12:00:05 rabbit2packer.py: Thread-3 processing thirteen",
            "12:00:05 rabbit2packer.py: Thread-2 processing eleven",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "tmp1 Queued eleven ?", "tmp2 Queued thirteen ?" }));
    }

    [Test]
    public void Jobs_OfOnePollWithoutNames_AreNotGuessed()
    {
        var state = After([
            .. Pushed("12:00:00", "tmp1", "tmp2"),
            "12:00:05 rabbit2packer.py: Thread-3 processing thirteen",
            "12:00:05 rabbit2packer.py: Thread-2 processing eleven",
        ]);

        Assert.That(
            state.Triggers.Triggers.Select(trigger => (trigger.TakenAt is not null, trigger.Images)),
            Is.All.EqualTo((true, (System.Collections.Immutable.ImmutableList<string>?)null))
        );
        Assert.That(state.Triggers.Waiting, Is.Zero);
    }

    [Test]
    public void Refusal_OfAMessage_EndsTheChangeWhoseTurnItWas()
    {
        var state = After([
            .. Pushed("12:00:00", "broken"), "12:00:02 rabbit2packer.py: JSONDecodeError('Expecting value: line 1 column 1 (char 0)')",
            "12:00:02 rabbit2packer.py: Thread-2: could not decode profile, malformed json? Continuing",
            .. Pushed("12:10:00", "later"), "12:10:05 rabbit2packer.py: Thread-3 processing unrelated",
        ]);

        Assert.That(
            Describe(state),
            Is.EqualTo(
                new[]
                {
                    "broken Queued refused MalformedProfile JSONDecodeError('Expecting value: line 1 column 1 (char 0)')",
                    "later Queued unrelated ?",
                }
            )
        );
    }

    [Test]
    public void Refusal_BehindTheNameOfItsImage_IsThatImagesChange()
    {
        var state = After([
            .. Pushed("12:00:00", "one", "two"),
            "12:00:05 rabbit2packer.py: Name is :one",
            "12:00:05 rabbit2packer.py: Name is :two",
            "12:00:05 rabbit2packer.py: KeyError('plan9x-x86_64')",
            "12:00:05 rabbit2packer.py: Thread-2: source imge was not found, check IMAGES_CONFIG. Continuing",
            "12:00:05 rabbit2packer.py: Thread-1 processing one",
        ]);

        Assert.That(
            Describe(state),
            Is.EqualTo(new[] { "one Queued one certain", "two Queued refused NoSourceImage KeyError('plan9x-x86_64')" })
        );
    }

    [Test]
    public void Name_ThatOnlyBeginsTheImages_GivesWayToTheExactOne()
    {
        var state = After([
            .. Pushed("12:00:00", "ci-temp", "web"),
            "12:00:10 rabbit2packer.py: Thread-3 processing web-frontend",
            "12:00:15 rabbit2packer.py: Thread-2 processing web",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "ci-temp Queued web-frontend ?", "web Queued web certain" }));
    }

    [Test]
    public void Packet_OfACallThatFailed_IsNotTheNextRuns()
    {
        var state = After([
            "12:00:00 cdp-listend[5]: Received UDP packet (cdb|1795348790) from 192.0.2.7",
            "12:00:00 cdp-listend[5]: Calling /usr/local/bin/cdb2rabbit.py now",
            "12:00:01 cdb2rabbit.py[100]: Starting",
            "12:00:01 cdb2rabbit.py[100]: CI profile rebuilt: one.example.org.json",
            "12:00:02 cdp-listend[5]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: ",
            "14:00:00 cdb2rabbit.py[200]: Starting",
            "14:00:00 cdb2rabbit.py[200]: CI profile rebuilt: one.example.org.json",
        ]);

        Assert.That(
            state.Triggers.Triggers.Select(trigger => (trigger.PacketAt, trigger.PacketEpoch, trigger.RunOver)),
            Is.EqualTo(new[] { ((DateTimeOffset?)Given.Noon, (long?)1795348790, true), (null, null, false) }));
    }

    [Test]
    public void Run_ThatFailsBeforeItNamesAProfile_IsKnown()
    {
        var state = After(
            "12:00:00 cdp-listend[5]: Received UDP packet (cdb|1795348790) from 192.0.2.7",
            "12:00:00 cdp-listend[5]: Calling /usr/local/bin/cdb2rabbit.py now",
            "12:00:01 cdb2rabbit.py[100]: Starting",
            "12:00:19 cdb2rabbit.py[100]: Error connecting to RabbitMQ server:",
            "12:00:19 cdp-listend[5]: [ERROR] call of /usr/local/bin/cdb2rabbit.py failed: "
        );

        var run = state.Triggers.FailedRuns.Single();
        Assert.That(
            (run.PacketAt, run.EndedAt, run.Why),
            Is.EqualTo(((DateTimeOffset?)Given.Noon, Given.Noon.AddSeconds(19), "Error connecting to RabbitMQ server:"))
        );
        Assert.That(state.Triggers.Triggers, Is.Empty);
    }

    [Test]
    public void Job_TwiceOfOneImageWithOneMessage_IsNotCertain()
    {
        var state = After([
            .. Pushed("12:00:00", "web"),
            "12:00:10 rabbit2packer.py: Thread-1 processing web",
            "12:00:20 rabbit2packer.py: Thread-2 processing web",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "web Queued web ?" }));
    }

    /// <summary>The first message may have been lost without a line, unless its job certainly is another one.</summary>
    [TestCase("12:00:05", "web Queued web certain", "web Queued web certain")]
    [TestCase("12:00:00", "web Queued web ?", "web Queued web ?")]
    public void Jobs_OfTwoMessagesForOneImage_AreCertainIfTheyCameInTurn(string second, params string[] expected)
    {
        var state = After([
            .. Pushed("12:00:00", "web"),
            .. second == "12:00:00" ? Pushed(second, "web") : [],
            "12:00:03 rabbit2packer.py: Thread-1 processing web",
            .. second == "12:00:00" ? [] : Pushed(second, "web"),
            "12:00:08 rabbit2packer.py: Thread-2 processing web",
        ]);

        Assert.That(Describe(state), Is.EqualTo(expected));
    }

    [Test]
    public void Order_BetweenTwoNames_LeavesOneJobForOneMessage()
    {
        var state = After([
            .. Pushed("12:00:00", "a", "tmp", "b"),
            "12:00:10 rabbit2packer.py: Thread-1 processing byhand",
            "12:00:20 rabbit2packer.py: Thread-1 processing a",
            "12:00:30 rabbit2packer.py: Thread-1 processing keyless",
            "12:00:40 rabbit2packer.py: Thread-1 processing b",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "a Queued a certain", "tmp Queued keyless ?", "b Queued b certain" }));
    }

    [Test]
    public void Pair_ThatThreeTakesShowed_IsAName()
    {
        IEnumerable<string> Round(string time) =>
        [
            .. Pushed($"{time}:00", "a", "tmp", "b"), $"{time}:10 rabbit2packer.py: Thread-1 processing a",
            $"{time}:20 rabbit2packer.py: Thread-1 processing keyless", $"{time}:30 rabbit2packer.py: Thread-1 processing b",
        ];
        var state = After([
            .. Round("12:00"),
            .. Round("12:10"),
            .. Round("12:20"),
            .. Pushed("12:30:00", "tmp"),
            "12:30:10 rabbit2packer.py: Thread-1 processing keyless",
        ]);

        Assert.That(Describe(state)[^1], Is.EqualTo("tmp Queued keyless certain"));
    }

    [Test]
    public void Lines_ThatStandThereTwice_AreOneEach()
    {
        string[] lines =
        [
            "00.100000 cdb2rabbit.py[9]: Starting",
            "00.200000 cdb2rabbit.py[9]: CI profile rebuilt: web.example.org.json",
            "00.300000 cdb2rabbit.py[9]: Profile has updated: web.example.org.json",
            "00.300000 cdb2rabbit.py[9]: Pushing message to queue for build",
            "02.100000 rabbit2packer.py[3]: Thread-1 processing web",
            "02.200000 rabbit2packer.py[3]: packer build starting, see: /log/web.a.json.log for details",
            "09.300000 rabbit2packer.py[3]: Thread-1: image built successfully: web.a.json",
        ];
        var state = Given.Folded(
            Given.Read(lines.SelectMany(line => Enumerable.Repeat($"2026-11-22T12:00:{line[..9]}+00:00 vm {line[10..]}", 2)))
        );

        Assert.That(Describe(state), Is.EqualTo(new[] { "web Queued web certain" }));
        Assert.That(state.Builds.All.Single().State, Is.EqualTo(BuildState.Succeeded));
    }

    [TestCase("12:00:19", "web Queued web certain", TestName = "Name_SoonAfterItWasQueued_IsItsJob")]
    [TestCase("12:00:20", "web Queued web ?", TestName = "Name_LongAfterAnIdleThreadAskedForIt_IsNotCertain")]
    public void Name_BesideAnIdleThread(string taken, string expected)
    {
        var state = After([
            "11:58:00 rabbit2packer.py: Starting Thread-1",
            .. Pushed("12:00:00", "web"),
            $"{taken} rabbit2packer.py: Thread-1 processing web",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Name_ThatComesAfterSeveralJobsInTheirTurn_TakesTheMessageBackAllTheSame()
    {
        var state = After([
            .. Pushed("12:00:00", "red", "green"),
            "12:00:10 rabbit2packer.py: Thread-1 processing byhand",
            "12:00:15 rabbit2packer.py: Thread-2 processing another",
            "12:00:20 rabbit2packer.py: Thread-3 processing red",
            "12:00:30 rabbit2packer.py: Thread-4 processing green",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "red Queued red certain", "green Queued green certain" }));
    }

    [Test]
    public void Jobs_MoreThanAreRemembered_AfterAMessageWasWithdrawn_AreFoldedOn()
    {
        var state = After([
            .. Pushed("12:00:00", "web"),
            "12:00:01 rabbit2packer.py: Thread-1 processing byhand",
            "12:00:02 cdb2rabbit.py: Error connecting to RabbitMQ server",
            .. Enumerable.Range(0, 2_100).Select(number => $"12:00:03 rabbit2packer.py: Thread-{number % 4 + 1} processing other{number}"),
            .. Pushed("12:10:00", "late"),
            "12:10:01 rabbit2packer.py: Thread-1 processing late",
        ]);

        Assert.That(Describe(state)[^1], Is.EqualTo("late Queued late certain"));
    }

    [Test]
    public void Name_BehindARefusalThatNamesNone_IsNotCertain()
    {
        var state = After([
            .. Pushed("12:00:00", "web"),
            "12:00:01 rabbit2packer.py: Thread-1: could not decode profile, malformed json? Continuing",
            "12:00:03 rabbit2packer.py: Thread-2 processing web",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "web Queued web ?" }));
    }

    /// <summary>Each change: profile, result, and the job it became, or what is known of its message.</summary>
    /// <summary>The first image has no message, and its name the same mark as the second one's, which differs from run to run.</summary>
    [Test]
    public void Name_WithTheMarkOfAnEarlierJobs_IsStillFound()
    {
        static int MarkOf(string name) => string.GetHashCode(name, StringComparison.Ordinal) & 63;
        var other = Enumerable.Range(0, 100_000).Select(number => $"other{number}").First(name => MarkOf(name) == MarkOf("red"));
        var state = After([
            .. Pushed("12:00:00", "blue", "red"),
            $"12:00:10 rabbit2packer.py: Thread-1 processing {other}",
            "12:00:20 rabbit2packer.py: Thread-2 processing red",
        ]);

        Assert.That(Describe(state)[1], Is.EqualTo("red Queued red certain"));
    }

    /// <summary>The second message names the beginning of the image that the first one names; the image is built twice.</summary>
    [Test]
    public void BeginningOfAName_QueuedAfterTheNameItself_IsNotCertainlyTheSecondJobOfThatImage()
    {
        var state = After([
            .. Pushed("12:00:00", "red-sl7x-x86_64"),
            "12:00:10 rabbit2packer.py: Thread-1 processing red-sl7x-x86_64",
            .. Pushed("12:00:10", "red"),
            "12:00:11 rabbit2packer.py: Thread-2 processing red-sl7x-x86_64",
        ]);

        Assert.That(
            Describe(state),
            Is.EqualTo(new[] { "red-sl7x-x86_64 Queued red-sl7x-x86_64 certain", "red Queued red-sl7x-x86_64 ?" })
        );
    }

    /// <summary>The second job's stamp is before the message, so its line is too, whatever the first job of that image could be.</summary>
    [Test]
    public void JobBeforeAMessage_WhoseLineComesLaterThanAnotherOfItsImage_IsNotTheMessage()
    {
        var state = After([
            .. Pushed("12:00:00", "blue"),
            .. Pushed("12:00:20", "red"),
            "12:00:30 rabbit2packer.py: Thread-1 processing red",
            "12:00:10 rabbit2packer.py: Thread-2 processing red",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "blue Queued red ?", "red Queued red certain" }));
    }

    /// <summary>The job whose line comes last was taken before the second message, which therefore still waits.</summary>
    [Test]
    public void JobsOfOneImage_WhoseLinesAreInTheOtherOrder_HaveNoMessageOfALaterTime()
    {
        var state = After([
            .. Pushed("12:00:00", "red"),
            .. Pushed("12:00:20", "red"),
            "12:00:30 rabbit2packer.py: Thread-1 processing red",
            "12:00:10 rabbit2packer.py: Thread-2 processing red",
        ]);

        Assert.That(Describe(state), Is.EqualTo(new[] { "red Queued red ?", "red Queued waiting" }));
    }

    private static string[] Describe(MonitorState state) =>
        [.. state.Triggers.Triggers.Select(trigger => $"{trigger.Profile.Split('.')[0]} {trigger.Result}{Rest(trigger)}")];

    private static string Rest(Trigger trigger) => trigger switch
    {
        { Refused: { } why } => $" refused {why} {trigger.RefusedWhy}",
        { Images: { } images } => $" {string.Join(',', images)} {(trigger.Certain ? "certain" : "?")}",
        { PassedOver: true } => " passed over",
        { Waiting: true } => " waiting",
        _ => "",
    };

    private static MonitorState After(params IEnumerable<string> timed) => Given.Folded(Lines(timed));

    private static IEnumerable<Observation> Lines(params IEnumerable<string> timed) =>
        Given.Read(timed.Select(line => $"Nov 22 {line[..8]} vm /{line[9..]}"));

    private static IEnumerable<string> Pushed(string time, params string[] names) =>
        names.SelectMany(name =>
            (string[])
                [
                    $"{time} cdb2rabbit.py: CI profile rebuilt: {name}.example.org.json",
                    $"{time} cdb2rabbit.py: Profile has updated: {name}.example.org.json",
                    $"{time} cdb2rabbit.py: Pushing message to queue for build",
                ]
        );
}
