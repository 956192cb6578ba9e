using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Store;

/// <summary>
/// How good "left" is on the simulated factory, where the past is known from the store alone: the figures of docs/history.md.
/// </summary>
public sealed class EstimateAccuracyTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    [Test]
    public void Left_OfBuildsThatWentWell_IsNearTheTruth()
    {
        using var watch = new FactoryWatch(new FactoryPlan { Seed = 3 });
        watch.Start();
        for (var learnt = watch.Now.AddHours(5); watch.Now < learnt;)
            watch.Step(Pace);
        watch.Quit();
        // What a new monitor reads of the old logs has no times; all it knows of them is remembered.
        watch.Start();
        watch.Poll();
        var said = new List<(string File, DateTimeOffset StartedAt, DateTimeOffset At, TimeSpan Left, TimeSpan Range)>();
        for (var end = watch.Now.AddHours(4); watch.Now < end;)
        {
            for (var look = 0; look < 3; look++)
                watch.Step(Pace);
            var history = new BuildHistory(watch.News!.Builds, watch.News.Kept);
            var snapshot = Snapshot.Of(watch.State, Facts.None with { History = history });
            foreach (
                var build in snapshot.Builds.Where(build =>
                    build is { State: BuildState.Building, Build: not null, StartedAt: not null, LogShared: false }
                )
            )
            {
                if (snapshot.OutlookOf(build, watch.Now) is { Left: { } left, Range: { } range })
                    said.Add((build.Name.File, build.StartedAt!.Value, watch.Now, left, range));
            }
        }

        var faults = new List<(double Error, bool Within)>();
        foreach (var estimate in said)
        {
            var really = watch.Truth.Builds.FirstOrDefault(build =>
                build.LogFile == estimate.File && (build.StartedAt - estimate.StartedAt).Duration() < TimeSpan.FromSeconds(1)
            );
            if (really is not { Outcome: TrueOutcome.Succeeded, EndedAt: { } ended })
                continue;
            var error = (estimate.At + estimate.Left - ended).Duration();
            faults.Add((error / (ended - really.StartedAt), error <= estimate.Range));
        }

        faults.Sort();
        TestContext.Out.WriteLine(
            $"{faults.Count} estimates: half are off by at most {faults[faults.Count / 2].Error:P1} of the build's length, "
            + $"nine in ten by at most {faults[faults.Count * 9 / 10].Error:P1}; "
            + $"{(double)faults.Count(fault => fault.Within) / faults.Count:P0} within the range shown"
        );
        Assert.That(faults, Has.Count.GreaterThan(100));
        Assert.That(faults[faults.Count / 2].Error, Is.LessThan(0.1));
        Assert.That(faults[faults.Count * 9 / 10].Error, Is.LessThan(0.25));
    }
}
