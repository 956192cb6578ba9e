using System.Reactive.Concurrency;
using System.Text.Json;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>What the checks keep of a state depends neither on the moment of the first question nor on the states before it.</summary>
public sealed class HealthAtTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Time = TimeSpan.FromHours(8);

    /// <summary>Seconds, the limits of the checks, and so late that nothing counts any more; then back.</summary>
    private static readonly double[] Minutes =
    [
        0, 1.0 / 60, 20, 45, 300, 60 * 23, 60 * 25, 60 * 24 * 13.9, 60 * 24 * 40, 60 * 25, 20, 0, -90,
    ];

    [TestCase("f926600", 13UL)]
    [TestCase("e7ec5f0", 15UL)]
    [TestCase("9786a46", 17UL)]
    [TestCase("head", 19UL)]
    public void HealthAt_OfAFollowedOrAKeptSnapshot_IsThatOfANewOne(string dialect, ulong seed)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["log"]);
        var plan = new FactoryPlan
        {
            Seed = seed,
            Dialect = Dialect.All.First(one => one.Name == dialect),
            Scenario = Scenario.Rough with { RotatedEvery = null },
        };
        var (factory, writer) = (new SimulatedFactory(plan), new FactoryWriter(folder["messages"], folder["log"]));
        var clock = new HistoricalScheduler(plan.Start);
        using var feed = new MonitorFeed(
            MonitorFeed.Files([folder["messages"]], StartAt.Oldest),
            new SyslogClock(TimeZoneInfo.Utc, plan.Start),
            [new BuildLogs(new LogDirectory(folder["log"]))],
            clock
        );
        var (state, seen) = (MonitorState.Empty, new HashSet<CheckCode>());
        var followed = FactorySnapshot.Of(state, new Facts(ThreadCount: 4));
        for (var (look, end) = (1, plan.Start + Time); clock.Now < end; look++)
        {
            clock.AdvanceTo(clock.Now + Pace);
            writer.Write(factory.StepsUntil(clock.Now));
            state = feed.ReadAll().Aggregate(state, static (known, batch) => known.Apply(batch));
            followed = followed.Next(state);
            var alone = FactorySnapshot.Of(state, followed.Facts);
            Assert.That(Text(followed.HealthAt(clock.Now)), Is.EqualTo(Text(alone.HealthAt(clock.Now))), $"{clock.Now:O}, followed");
            if (look % 40 != 0)
                continue;
            var kept = FactorySnapshot.Of(state, followed.Facts);
            foreach (var moment in Minutes.Select(minutes => clock.Now + TimeSpan.FromMinutes(minutes)))
            {
                var health = kept.HealthAt(moment);
                var fresh = FactorySnapshot.Of(state, kept.Facts).HealthAt(moment);
                Assert.That(Text(health), Is.EqualTo(Text(fresh)), $"{clock.Now:O}, {moment:O}");
                seen.UnionWith(health.Checks.Select(check => check.Code));
            }
        }

        Assert.That(
            seen,
            Is.SupersetOf(new[] { CheckCode.BuildFailed, CheckCode.BuildLost, CheckCode.ChangeNotBuilt }),
            "the day has what it is to prove"
        );
    }

    private static string Text(FactoryHealth health) => JsonSerializer.Serialize(health.Checks);
}
