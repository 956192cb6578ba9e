using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Simulation;

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

    [TestCaseSource(typeof(StoredDays), nameof(StoredDays.Dialects))]
    public void Store_AfterAWeekOfRestartsAndKills_AgreesWithTheTruth(Dialect dialect)
    {
        using var watch = new FactoryWatch(new FactoryPlan { Seed = 5, Dialect = dialect });
        Live(watch, TimeSpan.FromDays(Days), new Random(5));

        StoredDays.AssertTrue(
            watch.Truth,
            dialect,
            watch.Read(store => store.Builds(int.MaxValue)),
            id => watch.Read(store => store.Log(id)),
            watch.WrittenBy
        );
    }

    [Test]
    public void Store_OfAKilledMonitor_LacksNothingButItsLastSecond()
    {
        using var watch = new FactoryWatch(new FactoryPlan { Seed = 8 });
        watch.Start();
        for (var look = 0; look < 400; look++)
            watch.Step(StoredDays.Pace);
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
        watch.Poll();
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
                watch.Step(StoredDays.Pace);
            if (random.Next(2) == 0)
                watch.Quit();
            else
                watch.Kill();
            for (var back = watch.Now + TimeSpan.FromMinutes(random.NextDouble() * 30); watch.Now < back && watch.Now < end;)
                watch.Step(StoredDays.Pace);
        }

        watch.Start();
        watch.Poll();
        watch.Quit();
    }
}
