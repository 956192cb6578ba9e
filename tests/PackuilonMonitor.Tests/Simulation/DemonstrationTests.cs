using System.Reactive.Concurrency;
using PackuilonMonitor.Simulation;

namespace PackuilonMonitor.Tests.Simulation;

public sealed class DemonstrationTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 30, 0, TimeSpan.Zero);

    [Test]
    public void Start_WithAPast_ShowsItAtOnceAndNothingFromTheFuture([Values(1, 60)] double speed)
    {
        var clock = new HistoricalScheduler(Now);
        var plan = new FactoryPlan { Header = HeaderFormat.Iso, Speed = speed, Scenario = Scenario.Calm };
        using var demo = Demonstration.Start(plan, TimeSpan.FromHours(2), TimeZoneInfo.Utc, clock);
        var stamps = Stamps(demo);

        Assert.That(stamps[0], Is.EqualTo(Now - TimeSpan.FromHours(2) / speed).Within(TimeSpan.FromSeconds(2)));
        Assert.That(stamps[^1], Is.InRange(Now - TimeSpan.FromMinutes(2), Now));
        Assert.That(Directory.EnumerateFiles(demo.LogDirectory).Count(), Is.GreaterThan(5));

        clock.AdvanceBy(TimeSpan.FromMinutes(10));

        Assert.That(Stamps(demo)[^1], Is.InRange(Now + TimeSpan.FromMinutes(8), Now + TimeSpan.FromMinutes(10)));
    }

    [Test]
    public void Dispose_LeavesNothing()
    {
        var clock = new HistoricalScheduler(Now);
        var demo = Demonstration.Start(new FactoryPlan(), TimeSpan.FromMinutes(30), TimeZoneInfo.Utc, clock);
        var folder = Path.GetDirectoryName(demo.Messages);
        demo.Dispose();
        clock.AdvanceBy(TimeSpan.FromMinutes(10));

        Assert.That(folder, Does.Not.Exist);
    }

    [Test]
    public void Lines_NameTheLogsWhereTheyAre()
    {
        var clock = new HistoricalScheduler(Now);
        using var demo = Demonstration.Start(new FactoryPlan(), TimeSpan.FromHours(1), TimeZoneInfo.Utc, clock);

        Assert.That(File.ReadAllText(demo.Messages), Does.Contain($"packer build starting, see: {demo.LogDirectory}//"));
        Assert.That(File.ReadAllText(demo.Config), Does.Contain($"\nLOG_DIR = {demo.LogDirectory}/\n").And.Contain("\nTHREAD_COUNT = 4\n"));
    }

    private static List<DateTimeOffset> Stamps(Demonstration demo) =>
        File.ReadLines(demo.Messages, System.Text.Encoding.Latin1).Select(line => Runs.StampIn(line, HeaderFormat.Iso)).ToList();
}
