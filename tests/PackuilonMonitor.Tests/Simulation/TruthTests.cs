using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

/// <summary>The truth and the lines are two accounts of one thing: nothing is in one alone.</summary>
public sealed class TruthTests
{
    private static readonly IEnumerable<Dialect> Dialects = Dialect.All;

    [TestCaseSource(nameof(Dialects))]
    public void Counts_OfTruthAndLines_AreEqual(Dialect dialect)
    {
        var run = Runs.Rough(dialect);
        var truth = run.Truth;

        Assert.Multiple(() =>
        {
            Assert.That(run.CountOf(Sentence.BuildStarting), Is.EqualTo(truth.Builds.Length));
            Assert.That(run.CountOf(Sentence.BuildSucceeded),
                Is.EqualTo(truth.Builds.Count(build => build.Outcome == TrueOutcome.Succeeded)));
            Assert.That(run.CountOf(Sentence.BuildFailed), Is.EqualTo(truth.Builds.Count(build => build.Outcome == TrueOutcome.Failed)));
            Assert.That(
                run.CountOf(Sentence.MalformedProfile),
                Is.EqualTo(truth.Rejections.Count(message => message.Why == RejectionWhy.MalformedProfile))
            );
            Assert.That(
                run.CountOf(Sentence.SourceNotFound),
                Is.EqualTo(truth.Rejections.Count(message => message.Why == RejectionWhy.NoSourceImage))
            );
            Assert.That(
                run.CountOf(Sentence.TemplateNotFound) + run.CountOf(Sentence.TemplateUnreadable),
                Is.EqualTo(truth.Rejections.Count(message => message.Why == RejectionWhy.TemplateMissing))
            );
            Assert.That(
                run.CountOf(Sentence.NoDefaultTemplates),
                Is.EqualTo(truth.Rejections.Count(message => message.Why == RejectionWhy.NoTemplate))
            );
            Assert.That(run.CountOf(Sentence.ThreadException), Is.EqualTo(truth.Deaths.Count(death => death.Traceback)));
            Assert.That(run.CountOf(Sentence.DaemonStarting), Is.EqualTo(truth.Daemons.Length));
            Assert.That(run.CountOf(Sentence.ProfileRebuilt), Is.EqualTo(truth.Triggers.Length));
            Assert.That(
                run.CountOf(Sentence.PushFailed),
                Is.EqualTo(truth.Triggers.Count(trigger => trigger.Result == TriggerResult.PushFailed))
            );
            Assert.That(
                run.CountOf(Sentence.Pushing),
                Is.EqualTo(truth.Triggers.Count(trigger => trigger.Result is TriggerResult.Queued or TriggerResult.PushFailed))
            );
        });
    }

    [TestCaseSource(nameof(Dialects))]
    public void Builds_HaveTheirLinesAtTheirTimes(Dialect dialect)
    {
        var run = Runs.Rough(dialect);
        var starts = run.Lines.Where(line => line.Sentence == Sentence.BuildStarting).ToList();
        var ends = run
            .Lines.Where(line => line.Sentence is Sentence.BuildSucceeded or Sentence.BuildFailed)
            .ToLookup(line => (line.Thread, line.Stamp));

        Assert.That(run.Truth.Builds, Has.Length.GreaterThan(100));
        Assert.Multiple(() =>
        {
            foreach (var build in run.Truth.Builds)
            {
                var start = starts[build.Number];
                Assert.That((start.Thread, start.Stamp), Is.EqualTo((build.Thread, build.StartedAt)));
                Assert.That(start.Content, Is.EqualTo($"packer build starting, see: /etc/packer-utils/log//{build.LogFile} for details"));
                Assert.That(build.TakenAt, Is.LessThan(build.StartedAt));
                if (build.EndedAt is not { } ended)
                    continue;

                var end = ends[(build.Thread, ended)].Single();
                Assert.That(end.Sentence, Is.EqualTo(build.ExitCode == 0 ? Sentence.BuildSucceeded : Sentence.BuildFailed));
                if (build.Template is not null)
                    Assert.That(end.Content, Does.Contain($" {build.Image}.{build.Template}"));
            }
        });
    }

    [Test]
    public void Truth_OfAFactoryThatRemembersLittle_IsTheNewestOfTheSameFactory()
    {
        const int Most = 10;
        var plan = new FactoryPlan { Seed = 5 };
        var (whole, little) = (new SimulatedFactory(plan), new SimulatedFactory(plan with { MostRemembered = Most }));
        var end = plan.Start + TimeSpan.FromDays(1);

        string[] StepsOf(SimulatedFactory factory) => [.. factory.StepsUntil(end).Select(step => step.ToString())];

        Assert.That(StepsOf(little), Is.EqualTo(StepsOf(whole)));
        Assert.That(whole.Truth.Builds, Has.Length.GreaterThan(10 * Most));
        Assert.That(little.Truth.Builds, Has.Length.InRange(Most, 2 * Most + 1));
        Assert.That(little.Truth.Builds, Is.EqualTo(whole.Truth.Builds.TakeLast(little.Truth.Builds.Length)));
        Assert.That(little.Truth.Messages, Is.EqualTo(whole.Truth.Messages.TakeLast(little.Truth.Messages.Length)));
    }

    [TestCaseSource(nameof(Dialects))]
    public void Messages_AreTakenInTheOrderOfTheQueue(Dialect dialect)
    {
        var truth = Runs.Rough(dialect).Truth;
        var taken = truth.Messages.TakeWhile(message => message.TakenAt is not null).ToList();

        Assert.That(taken.Select(message => message.TakenAt), Is.Ordered);
        Assert.That(truth.Messages.Skip(taken.Count).Select(message => message.TakenAt), Has.All.Null);
        Assert.That(taken, Has.All.Matches<TrueMessage>(message => message!.QueuedAt <= message.TakenAt));
    }

    [TestCaseSource(nameof(Dialects))]
    public void AThread_BuildsOneThingAtATime(Dialect dialect)
    {
        var truth = Runs.Rough(dialect).Truth;
        foreach (var thread in truth.Builds.GroupBy(build => (build.Daemon, build.Thread)))
        {
            foreach (var (earlier, later) in thread.Zip(thread.Skip(1)))
                Assert.That(later.StartedAt, Is.GreaterThan(earlier.EndedAt!), $"{later}");
        }
    }

    [TestCaseSource(nameof(Dialects))]
    public void ADeadThread_SaysNothingMore(Dialect dialect)
    {
        var run = Runs.Rough(dialect);
        foreach (var death in run.Truth.Deaths)
        {
            var until = run.Truth.Daemons[death.Daemon].EndedAt ?? DateTimeOffset.MaxValue;
            var after = run.Lines.Where(line => line.Thread == death.Thread && line.Stamp > death.At && line.Stamp < until);

            Assert.That(after.Select(line => line.Sentence), Has.All.EqualTo(Sentence.Traceback));
        }
    }

    [TestCaseSource(nameof(Dialects))]
    public void Outcomes_OfARoughDay_AreOfEveryKind(Dialect dialect)
    {
        var truth = Runs.Rough(dialect).Truth;

        Assert.Multiple(() =>
        {
            Assert.That(
                truth.Builds.Select(build => build.Outcome).Distinct(),
                Is.SupersetOf(Enum.GetValues<TrueOutcome>().Except([TrueOutcome.Building]))
            );
            Assert.That(
                truth.Builds.Select(build => build.Cause).Distinct(),
                Is.SupersetOf(Enum.GetValues<FailureCause>().Except([FailureCause.RenameScriptMissing]))
            );
            Assert.That(truth.Daemons.Select(daemon => daemon.End), Is.SupersetOf(new[] { DaemonEnd.Killed, DaemonEnd.Restarted }));
            Assert.That(truth.Builds, Has.Some.Matches<TrueBuild>(build => build!.SharesLog));
            Assert.That(
                truth.Builds,
                Has.Some.Matches<TrueBuild>(build => build!.Outcome == TrueOutcome.Lost && build.PackerExitCode == 0)
            );
            Assert.That(truth.Deaths, Is.Not.Empty);
        });
    }

    [Test]
    public void Outcomes_OfACalmDay_AreGood()
    {
        var truth = SimulatedRun.Of(2, new FactoryPlan { Scenario = Scenario.Calm }, Runs.Day).Truth;

        Assert.That(
            truth.Builds.Select(build => build.Outcome).Distinct(),
            Is.SubsetOf(new[] { TrueOutcome.Succeeded, TrueOutcome.Building })
        );
        Assert.That((truth.Rejections.Length, truth.Deaths.Length, truth.Daemons.Length), Is.EqualTo((0, 0, 1)));
        Assert.That(truth.Builds, Has.Length.GreaterThan(150));
    }

    [Test]
    public void Truth_DuringARun_IsThatOfTheLastStep()
    {
        var factory = new SimulatedFactory(new FactoryPlan { Scenario = Scenario.Rough });
        var (starts, ends, steps) = (0, 0, 0);
        foreach (var step in factory.StepsUntil(new FactoryPlan().Start + Runs.Day / 4))
        {
            starts += step.Operation is MessageLine { Sentence: Sentence.BuildStarting } ? 1 : 0;
            ends += step.Operation is MessageLine { Sentence: Sentence.BuildSucceeded or Sentence.BuildFailed } ? 1 : 0;

            // The log is opened in the same instant, before the line.
            if (step.Operation is not LogOpened && steps++ % 7 == 0)
                Assert.That(
                    (factory.Truth.Builds.Length, factory.Truth.Builds.Count(build => build.EndedAt is not null)),
                    Is.EqualTo((starts, ends))
                );
        }

        Assert.That(ends, Is.GreaterThan(10));
    }

    [Test]
    public void Triggers_ThatWereQueued_LeadToTheirBuilds()
    {
        var truth = SimulatedRun.Of(9, new FactoryPlan { Scenario = Scenario.Calm }, Runs.Day).Truth;
        var taken = truth.Triggers.Where(trigger => truth.TakenAt(trigger) is not null).ToList();

        Assert.That(taken, Has.Count.GreaterThan(50));
        foreach (var trigger in taken)
        {
            Assert.That(truth.TakenAt(trigger), Is.GreaterThan(trigger.QueuedAt!));
            Assert.That(truth.BuildsOf(trigger), Is.Not.Empty);
            Assert.That(truth.BuildsOf(trigger).Select(build => build.StartedAt), Has.All.GreaterThan(truth.TakenAt(trigger)!));
        }

        Assert.That(truth.Messages, Has.Some.Matches<TrueMessage>(message => message!.Trigger is null));
    }
}
