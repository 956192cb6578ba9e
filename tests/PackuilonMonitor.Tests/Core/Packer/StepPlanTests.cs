using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class StepPlanTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Lines 3, 4, 5, 7, 8 begin steps; the last good build took three seconds a line.</summary>
    private static readonly StepPlan Plan = StepPlan.Learn(
        [Good(1), Good(2), Good(3)]);

    [Test]
    public void Times_OfSteps_AreFromEachToTheNext()
    {
        var times = StepTimes.Of(GivenLog.Timed(GivenLog.GoodBuild, Second));

        Assert.That(
            times.Take(4).Select(time => (time.Step.Kind, time.Duration?.TotalSeconds)),
            Is.EqualTo(
                new (StepKind, double?)[]
                {
                    (StepKind.LoadFlavor, 1),
                    (StepKind.CreateKeypair, 1),
                    (StepKind.LaunchServer, 2),
                    (StepKind.WaitForSsh, 1),
                }
            )
        );
        Assert.That(times[^1].Duration, Is.EqualTo(Second), "the artifact's line came a second after 'Builds finished'");
    }

    [Test]
    public void Times_OfLogReadAfterwards_AreUnknown() =>
        Assert.That(StepTimes.Of(GivenLog.Log(GivenLog.GoodBuild)).Select(time => time.Duration), Is.All.Null);

    [Test]
    public void Times_OfRunningBuildsLastStep_AreUnknown() =>
        Assert.That(StepTimes.Of(GivenLog.Timed(GivenLog.Start, Second))[^1].Duration, Is.Null);

    /// <summary>Of steps and components the present one is always right, though there are more than are kept.</summary>
    [TestCase(499)]
    [TestCase(500)]
    [TestCase(501)]
    public void Trail_OfALongLog_IsKeptUpToFiveHundred(int count)
    {
        var names = Enumerable.Range(0, count).Select(number => $"{(char)('a' + number / 26)}{(char)('a' + number % 26)}").ToList();
        var trail = GivenLog.Log([
            .. names.Select(name => GivenLog.Step($"Creating {name}...")),
            .. GivenLog.Start[^1..],
            .. names.Select(name => GivenLog.Output($"[INFO] running component: {name}")),
        ]).Trail;

        Assert.That(
            (trail.Steps.Length, trail.Current!.Kind, trail.Components.Length, trail.Running!.Name),
            Is.EqualTo((Math.Min(500, count + 1), StepKind.Provision, Math.Min(500, count), names[^1])));
    }

    /// <summary>All that follows an interruption is clean-up, whatever its name.</summary>
    [TestCase(true, StepKind.CleanUp)]
    [TestCase(false, StepKind.StopServer)]
    public void Step_AfterAnInterruption_IsCleanUp(bool interrupted, StepKind kind)
    {
        string[] signal = interrupted ? ["Cancelling build after receiving terminated"] : [];

        Assert.That(
            GivenLog.Log([.. GivenLog.Start, .. signal, GivenLog.Step($"Stopping server: {GivenLog.Server} ...")]).Trail.Current!.Kind,
            Is.EqualTo(kind));
    }

    [Test]
    public void Component_ThatEnded_OrWhoseRunIsOver_DoesNotRun()
    {
        BuildLog Log(params string[] lines) => GivenLog.Log([.. GivenLog.Start, .. lines.Select(GivenLog.Output)]);
        const string runs = "[INFO] running component: spma";

        Assert.That(Log(runs).Trail.Running?.Name, Is.EqualTo("spma"));
        Assert.That(Log(runs, "[INFO] configure on component spma executed, 0 errors, 0 warnings").Trail.Running, Is.Null);
        Assert.That(Log(runs, "[OK]   0 errors, 0 warnings executing configure").Trail.Running, Is.Null);
    }

    [Test]
    public void Times_OfAnotherReading_AreTakenWhereThisOneHasNone()
    {
        var (read, seen) = (GivenLog.Log(GivenLog.GoodBuild), GivenLog.Timed(GivenLog.GoodBuild, Second));
        var later = GivenLog.Timed(GivenLog.GoodBuild, Second * 2);

        Assert.That(read.WithTimesOf(seen).Trail.Steps, Is.EqualTo(seen.Trail.Steps));
        Assert.That(read.WithTimesOf(seen).Trail.Components, Is.EqualTo(seen.Trail.Components));
        Assert.That(later.WithTimesOf(seen).Trail.Steps, Is.EqualTo(later.Trail.Steps));
        Assert.That(later.WithTimesOf(seen).Trail.Components, Is.EqualTo(later.Trail.Components));
    }

    [Test]
    public void Components_HaveTheirTimesToo()
    {
        var component = GivenLog.Timed(GivenLog.GoodBuild, Second).Trail.Components.Single();

        Assert.That((component.Name, component.Errors, StepTimes.Of(component)), Is.EqualTo(("spma", 0L, Second)));
    }

    [Test]
    public void Stages_LastUntilTheNextOrTheStepsEnd()
    {
        string[] scripted =
        [
            .. GivenLog.Start,
            GivenLog.Output("Starting ccm update script, waiting for network"),
            GivenLog.Output("Server: 192.0.2.1"),
            GivenLog.Output("Fetching profile"),
            GivenLog.Output("Running quattor configure"),
            .. GivenLog.Provisioning,
            .. GivenLog.ClearingUp,
            .. GivenLog.GoodEnd,
        ];

        var stages = StepTimes.Stages(GivenLog.Timed(scripted, Second));

        Assert.That(stages.Select(time => (time.Stage.Name, time.Duration?.TotalSeconds)), Is.EqualTo(new (string, double?)[]
        {
            ("wait for network", 2), ("fetch profile", 1), ("quattor configure", 7),
        }));
        Assert.That(
            StepPlan.Learn([GivenLog.Timed(scripted, Second)]).Stages.Select(stage => (stage.Name, stage.Usual?.Median)),
            Is.EqualTo(
                new[] { ("wait for network", (TimeSpan?)(Second * 2)), ("fetch profile", Second), ("quattor configure", Second * 7) }
            )
        );
    }

    [Test]
    public void Stages_OfLastStepThatRuns_AreNotOver() =>
        Assert.That(
            StepTimes
                .Stages(GivenLog.Timed([.. GivenLog.Start, GivenLog.Output("Fetching profile"), GivenLog.Output("x")], Second))
                .Single()
                .Duration,
            Is.Null
        );

    [Test]
    public void Plan_OfGoodBuilds_HasTheirOrderAndMedians()
    {
        Assert.That(Plan.GoodBuilds, Is.EqualTo(3));
        Assert.That(Plan.Steps.Select(step => step.Kind), Is.EqualTo((StepKind[])
        [
            StepKind.LoadFlavor, StepKind.CreateKeypair, StepKind.LaunchServer, StepKind.WaitForSsh, StepKind.Provision,
            StepKind.TerminateServer, StepKind.DeleteKeypair, StepKind.Finish,
        ]));
        Assert.That(
            Plan.Steps.Single(step => step.Kind == StepKind.LaunchServer).Usual,
            Is.EqualTo(new Spread(3, Second * 3, Second * 4, Second * 5, Second * 6)));
        Assert.That(
            Plan.Components.Select(component => (component.Name, component.Usual?.Median)),
            Is.EqualTo(new[] { ("spma", (TimeSpan?)(Second * 2)) })
        );
    }

    [Test]
    public void Plan_PassesOverBuildsThatDidNotSucceed()
    {
        var failed = GivenLog.Timed([.. GivenLog.Start, .. GivenLog.FailedEnd("Timeout waiting for SSH.")], Second);

        Assert.That(StepPlan.Learn([failed, Good(1), failed]).GoodBuilds, Is.EqualTo(1));
        Assert.That(StepPlan.Learn([failed]), Is.SameAs(StepPlan.Unknown));
    }

    [Test]
    public void Progress_IsThePlaceInTheUsualOrder()
    {
        Assert.That(Plan.ProgressOf(GivenLog.Log(GivenLog.Start)), Is.EqualTo(new Progress(5, 8)));
        Assert.That(Plan.ProgressOf(GivenLog.Log(GivenLog.Start.Take(2))), Is.EqualTo(new Progress(0, 8)));
        Assert.That(Plan.ProgressOf(GivenLog.Log(GivenLog.GoodBuild)), Is.EqualTo(new Progress(8, 8)));
        Assert.That(StepPlan.Unknown.ProgressOf(GivenLog.Log(GivenLog.Start)), Is.EqualTo(new Progress(5, null)));
    }

    [Test]
    public void ToCome_IsWhatGoodBuildsStillHave() =>
        Assert.That(
            Plan.ToCome(GivenLog.Log(GivenLog.Start)).Select(step => step.Kind),
            Is.EqualTo((StepKind[])[StepKind.TerminateServer, StepKind.DeleteKeypair, StepKind.Finish]));

    [Test]
    public void Estimate_IsTheSumOfMediansLessTheTimeInTheStep()
    {
        // Provisioning 14 s, terminating 2, deleting 2 + ..., at two seconds a line.
        var log = GivenLog.Timed(GivenLog.Start, Second);
        var started = log.Trail.Current!.StartedAt!.Value;
        var medians = Plan.Steps.Skip(4).Sum(step => step.Usual!.Median.TotalSeconds);

        var estimate = Plan.EstimateOf(log, started + Second * 5)!;

        Assert.That(medians, Is.EqualTo(14 + 2 + 10 + 2));
        Assert.That(estimate.Left.TotalSeconds, Is.EqualTo(medians - 5));
        Assert.That(estimate.AtLeast, Is.LessThan(estimate.Left));
        Assert.That(estimate.AtMost, Is.GreaterThan(estimate.Left));
        Assert.That(estimate.IsLate, Is.False);
    }

    [Test]
    public void Estimate_PastItsEnd_IsLateAndNeverNegative()
    {
        var log = GivenLog.Timed(GivenLog.Start, Second);

        Assert.That(
            Plan.EstimateOf(log, log.Trail.Current!.StartedAt!.Value.AddHours(1)),
            Is.EqualTo(new Estimate(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, IsLate: true)));
    }

    [Test]
    public void Estimate_OfTwoGoodBuildsOrUnknownTimes_IsNone()
    {
        var log = GivenLog.Timed(GivenLog.Start, Second);

        Assert.That(StepPlan.Learn([Good(1), Good(2)]).EstimateOf(log, GivenLog.Noon.AddMinutes(1)), Is.Null);
        Assert.That(Plan.EstimateOf(GivenLog.Log(GivenLog.Start), GivenLog.Noon.AddMinutes(1)), Is.Null);
        Assert.That(
            StepPlan.Learn(Enumerable.Repeat(GivenLog.Log(GivenLog.GoodBuild), 5)).EstimateOf(log, GivenLog.Noon.AddMinutes(1)),
            Is.Null
        );
    }

    // Provisioning took 7, 14 and 21 s: stuck after 21, its worst.
    [TestCase(21, false)]
    [TestCase(22, true)]
    public void Stuck_IsLongerThanEverBefore(int seconds, bool stuck)
    {
        var log = GivenLog.Timed(GivenLog.Start, Second);

        Assert.That(Plan.IsStuck(log, log.Trail.Current!.StartedAt!.Value + Second * seconds), Is.EqualTo(stuck));
    }

    [Test]
    public void Stuck_IsAlsoLongerThanThreeMediansAndHalfAMinute()
    {
        var plan = StepPlan.Learn([Good(1), Good(1), Good(1), Good(60)]);
        var log = GivenLog.Timed(GivenLog.Start, Second);
        var started = log.Trail.Current!.StartedAt!.Value;

        Assert.That((plan.IsStuck(log, started + Second * 51), plan.IsStuck(log, started + Second * 52)), Is.EqualTo((false, true)));
    }

    [Test]
    public void Spread_HasQuartilesBetweenNeighbours() =>
        Assert.That(
            Spread.Of([Second * 4, Second, Second * 3, Second * 2]),
            Is.EqualTo(new Spread(4, Second * 1.75, Second * 2.5, Second * 3.25, Second * 4)));

    private static BuildLog Good(int secondsPerLine) => GivenLog.Timed(GivenLog.GoodBuild, Second * secondsPerLine);
}
