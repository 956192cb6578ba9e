using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Captures;

namespace PackuilonMonitor.Tests.Store;

/// <summary>
/// Days of building with a monitor that is quit, killed and begun again: the store agrees with what really happened, row by row.
/// </summary>
public sealed class WeekOfBuildingTests
{
    /// <summary>PACKUILON_HISTORY_DAYS asks for more; a week takes some minutes.</summary>
    private static readonly double Days = double.Parse(
        Environment.GetEnvironmentVariable("PACKUILON_HISTORY_DAYS") ?? "0.3",
        CultureInfo.InvariantCulture
    );

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    private static IEnumerable<TestCaseData> Dialects() =>
        new[] { "e7ec5f0", "head" }.Select(name =>
            new TestCaseData(Dialect.All.First(dialect => dialect.Name == name)).SetArgDisplayNames(name)
        );

    [TestCaseSource(nameof(Dialects))]
    public void Store_AfterAWeekOfRestartsAndKills_AgreesWithTheTruth(Dialect dialect)
    {
        using var watch = new FactoryWatch(new FactoryPlan { Seed = 5, Dialect = dialect });
        Live(watch, TimeSpan.FromDays(Days), new Random(5));

        var truth = SimulatedTruthTests.Truth(watch.Truth);
        var stored = watch.Read(store => store.Builds(int.MaxValue));
        var faults = SimulatedTruthTests.Told(truth, dialect.Rally, truth.BuildFaults(stored)).ToList();
        Assert.That(faults, Is.Empty, string.Join('\n', faults.Take(40)));
        Assert.That(stored.Select(build => build.Id), Is.Unique);

        var ended = watch
            .Truth.Builds.Where(build => build is { SharesLog: false, Outcome: TrueOutcome.Succeeded or TrueOutcome.Failed })
            .ToList();
        var kept = ended.Count(build => HasLog(watch, build, stored));
        TestContext.Out.WriteLine(
            $"{watch.Truth.Builds.Length} builds, {stored.Count} rows; {ended.Count} ended alone in their log, {kept} logs kept and equal"
        );
        Assert.That(kept, Is.GreaterThan(ended.Count * 9 / 10), "a log is only missed if it is erased while no monitor runs");
    }

    /// <summary>Whether the build's log was kept; then it must be what the build wrote, to the byte.</summary>
    private static bool HasLog(FactoryWatch watch, TrueBuild build, IReadOnlyList<BuildView> stored)
    {
        var row = stored.First(row =>
            row.Name.File == build.LogFile && (row.StartedAt!.Value - build.StartedAt).Duration() < TimeSpan.FromSeconds(1)
        );
        if (watch.Read(store => store.Log(row.Id)) is not { } log)
            return false;
        Assert.That(log.Bytes.ToArray(), Is.EqualTo(watch.WrittenBy(build)), row.Id);
        return true;
    }

    [Test]
    public void Store_OfAKilledMonitor_LacksNothingButItsLastSecond()
    {
        using var watch = new FactoryWatch(new FactoryPlan { Seed = 8 });
        watch.Start();
        for (var look = 0; look < 400; look++)
            watch.Step(Look);
        var seen = BuildView.All(watch.State);
        watch.Kill();

        var rows = watch.Read(store => store.Builds(int.MaxValue)).ToDictionary(build => build.Id);
        Assert.That(seen.Where(build => build.State is BuildState.Building), Is.Not.Empty, "a build that runs is what a kill could cost");
        Assert.That(seen.Select(Row), Is.EqualTo(seen.Select(build => Row(rows[build.Id]))));
    }

    [Test]
    public void Store_ReadAgainByANewMonitor_HasTheSameRows()
    {
        using var watch = new FactoryWatch(new FactoryPlan { Seed = 7 });
        Live(watch, TimeSpan.FromHours(3), new Random(7));
        watch.Quit();
        var before = Rows(watch);

        watch.Start();
        watch.Look();
        watch.Quit();

        Assert.That(Rows(watch), Is.EqualTo(before));
        Assert.That(before, Has.Count.GreaterThan(20));
    }

    private static List<string> Rows(FactoryWatch watch) => [.. watch.Read(store => store.Builds(int.MaxValue)).Select(Row)];

    private static string Row(BuildView build) =>
        $"{build.Id} {build.State} {build.Worker} {build.StartedAt:u} {build.EndedAt:u} {build.ExitCode} {build.Reason} {build.ImageId} "
        + string.Join(',', build.Log is null ? [] : StepTimes.Of(build.Log).Select(step => $"{step.Key.Name}={step.Duration}"));

    /// <summary>
    /// The factory at work; the monitor lives some hours at a time, ends well or badly, and is missed for up to half an hour.
    /// </summary>
    private static void Live(FactoryWatch watch, TimeSpan time, Random random)
    {
        var end = watch.Now + time;
        while (watch.Now < end)
        {
            watch.Start();
            for (var life = watch.Now + TimeSpan.FromHours(random.NextDouble() * 4); watch.Now < life && watch.Now < end;)
                watch.Step(Look);
            if (random.Next(2) == 0)
                watch.Quit();
            else
                watch.Kill();
            for (var back = watch.Now + TimeSpan.FromMinutes(random.NextDouble() * 30); watch.Now < back && watch.Now < end;)
                watch.Step(Look);
        }

        watch.Start();
        watch.Look();
        watch.Quit();
    }
}
