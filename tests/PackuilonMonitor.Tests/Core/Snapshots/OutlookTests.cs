using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Logs;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>What the past of an image says about its running build, where it is just long enough and where it is not.</summary>
public sealed class OutlookTests
{
    private static readonly BuildView Good = GivenLogs.Build(BuildState.Succeeded, GivenLogs.Folded(GivenLogs.Good), 272);

    [TestCase(2, null)]
    [TestCase(3, 172)]
    public void Left_WithoutALog_IsKnownByThreeGoodBuilds(int good, int? left) =>
        Assert.That(
            Outlook.Of(GivenLogs.Build(), PastOf(good), GivenLogs.Noon.AddSeconds(100)).Left,
            Is.EqualTo(left is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null)
        );

    [TestCase(271, 1, false)]
    [TestCase(272, 0, false)]
    [TestCase(273, 0, true)]
    public void Late_WithoutALog_IsLongerThanTheMedian(int elapsed, int left, bool late)
    {
        var outlook = Outlook.Of(GivenLogs.Build(), PastOf(3), GivenLogs.Noon.AddSeconds(elapsed));

        Assert.That((outlook.Left, outlook.Late), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(left), late)));
    }

    [Test]
    public void Range_IsHalfTheDistanceOfTheQuartiles()
    {
        var past = Past.Of([.. new[] { 100, 200, 300 }.Select(seconds => GivenLogs.Build(BuildState.Succeeded, null, seconds))]);
        var outlook = Outlook.Of(GivenLogs.Build(), past, GivenLogs.Noon);

        Assert.That(
            (outlook.Left, outlook.Range, outlook.Done),
            Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(200), (TimeSpan?)TimeSpan.FromSeconds(50), (double?)0))
        );
    }

    [Test]
    public void Done_IsThePartThatIsOver() =>
        Assert.That(Outlook.Of(GivenLogs.Build(), PastOf(3), GivenLogs.Noon.AddSeconds(68)).Done, Is.EqualTo(0.25));

    [TestCase(2, false)]
    [TestCase(3, true)]
    public void Step_OfThreeGoodBuilds_IsKnown(int good, bool known)
    {
        var running = GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good[..11]));
        var outlook = Outlook.Of(running, PastOf(good), GivenLogs.Noon.AddSeconds(50));

        Assert.That(
            (outlook.StepIsKnown, outlook.InStep, outlook.Silent),
            Is.EqualTo((known, (TimeSpan?)TimeSpan.FromSeconds(5), (TimeSpan?)TimeSpan.FromSeconds(5)))
        );
    }

    [Test]
    public void Log_OfTwoBuilds_TellsNothing()
    {
        var shared = GivenLogs.Build(log: GivenLogs.Folded(GivenLogs.Good[..11]), shared: true);
        var outlook = Outlook.Of(shared, PastOf(3), GivenLogs.Noon.AddSeconds(50));

        Assert.That(
            (outlook.Position, outlook.InStep, outlook.Silent, outlook.StepIsKnown, outlook.Left),
            Is.EqualTo((0, (TimeSpan?)null, (TimeSpan?)null, false, (TimeSpan?)TimeSpan.FromSeconds(222)))
        );
    }

    [Test]
    public void Ended_HasNone() => Assert.That(Outlook.Of(Good, PastOf(3), GivenLogs.Noon), Is.EqualTo(Outlook.Unknown));

    [Test]
    public void Past_IsOfTheLastTenGoodBuilds()
    {
        var builds = Enumerable.Range(1, 12)
            .SelectMany(number => new[] { Took(BuildState.Succeeded, number), Took(BuildState.Failed, 500) })
            .ToArray();
        var past = Past.Of(builds);

        Assert.That(
            (past.Whole!.Count, past.Whole.Worst, past.Whole.Median),
            Is.EqualTo((10, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(7.5)))
        );
        Assert.That(past.Ended, Has.Length.EqualTo(24));
    }

    [TestCase(2, null)]
    [TestCase(3, 2)]
    public void Usual_NeedsThreeGoodBuilds(int good, int? usual) =>
        Assert.That(
            Past.Of(Enumerable.Range(1, good).Select(number => Took(BuildState.Succeeded, number))).Usual?.TotalSeconds,
            Is.EqualTo((double?)usual)
        );

    [TestCase(11, 2, 11)]
    [TestCase(9, 0, 9)]
    [TestCase(10, 1, 10)]
    [TestCase(0, 0, 0)]
    public void LastTen_UpToABuild_AreThoseBeforeItAndIt(int place, int first, int last)
    {
        var past = Past.Of(Enumerable.Range(0, 12).Select(number => Good with { Id = $"{number}" }));

        Assert.That(
            past.LastTenUpTo(Good with { Id = $"{place}" }).Select(build => build.Id),
            Is.EqualTo(Enumerable.Range(first, last - first + 1).Select(number => $"{number}"))
        );
        Assert.That(past.LastTenUpTo(Good with { Id = "another" }), Is.Empty);
    }

    /// <summary>By more than half a minute, and by more than a seventh: a good build is called slow only then.</summary>
    [TestCase(200, 229, false)]
    [TestCase(200, 230, true)]
    [TestCase(400, 459, false)]
    [TestCase(400, 460, true)]
    public void Ending_OfAGoodBuild_NamesTheStepThatMadeItSlow(int usual, int took, bool slow)
    {
        var past = Past.Of(Enumerable.Repeat(Steps(usual), 3));

        Assert.That(Ending.Of(Steps(took), past).Slower, slow ? Does.StartWith("slower: Launching server") : Is.Empty);
    }

    [TestCase("8:01:30", Trouble.None)]
    [TestCase("8:01:31", Trouble.NoBuild)]
    public void Worker_ThatBuildsNothing_IsInTroubleAfterHalfAMinute(string now, Trouble trouble)
    {
        var snapshot = new InventedFactory().Worker("8:00:00", 1).Taken("8:01:00", 1, "slow").Snapshot;

        Assert.That(WorkerTrouble.Of(snapshot, snapshot.Workers[0], InventedFactory.At(now)), Is.EqualTo(trouble));
    }

    [TestCase("8:12:00", Trouble.None)]
    [TestCase("8:12:01", Trouble.Silent)]
    public void Worker_WhoseBuildIsSilent_IsInTroubleAfterTenMinutes(string now, Trouble trouble)
    {
        var snapshot = new InventedFactory()
            .Worker("8:00:00", 1)
            .Taken("8:01:00", 1, "slow")
            .Started("8:01:00", "slow", "managed")
            .Logged("slow", "managed", ("8:02:00", "==> openstack: Launching server..."))
            .Snapshot;

        Assert.That(WorkerTrouble.Of(snapshot, snapshot.Workers[0], InventedFactory.At(now)), Is.EqualTo(trouble));
    }

    [TestCase("9:00:09", false)]
    [TestCase("9:00:10", true)]
    public void Wait_OfTenSeconds_IsMarkedAsTheLongest(string taken, bool marked)
    {
        var factory = new InventedFactory()
            .Worker("8:00:00", 1)
            .Line("9:00:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("norm.example.org.json"), "x")
            .Line("9:00:00", Speaker.Cdb2Rabbit, new MessagePushing(), "x")
            .Taken(taken, 1, "norm")
            .Started(taken, "norm", "managed");
        var chain = factory.Snapshot.ChainOf(factory.Snapshot.Triggers[0].Id);

        Assert.That(chain.Rows.OfType<ChainRow>().Any(row => row.IsLongestWait), Is.EqualTo(marked));
    }

    private static Past PastOf(int good) => Past.Of([.. Enumerable.Repeat(Good, good)]);

    private static BuildView Took(BuildState state, int seconds) => GivenLogs.Build(state, null, seconds) with { Id = $"{state}{seconds}" };

    private static BuildView Steps(int seconds) =>
        GivenLogs.Build(
            BuildState.Succeeded,
            new[] { (0, "Loading flavor: m1.small"), (2, "Launching server..."), (
                seconds - 2,
                "Waiting for server to become ready..."
            ), (seconds, "Connected to SSH!") }
                .Aggregate(BuildLog.Empty, (log, line) => log.Apply(GivenLogs.Step(line.Item2), GivenLogs.Noon.AddSeconds(line.Item1)))
                .Apply("Build 'openstack' finished.", GivenLogs.Noon.AddSeconds(seconds))
                .Apply("==> Builds finished. The artifacts of successful builds are:", GivenLogs.Noon.AddSeconds(seconds)),
            seconds
        );
}
