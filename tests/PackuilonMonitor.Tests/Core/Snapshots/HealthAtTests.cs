using System.Text.Json;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Simulation;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>What the checks keep of a state depends neither on the moment of the first question nor on the states before it.</summary>
public sealed class HealthAtTests
{
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
        using var factory = new ReadFactory(dialect, seed, Scenario.Rough with { RotatedEvery = null });
        var seen = new HashSet<CheckCode>();
        var followed = FactorySnapshot.Of(factory.State, new Facts(ThreadCount: 4));
        for (var minute = 1; minute <= Time.TotalMinutes; minute++)
        {
            factory.Live(TimeSpan.FromMinutes(1));
            var (state, now) = (factory.State, factory.Now);
            followed = followed.Next(state);
            var alone = FactorySnapshot.Of(state, followed.Facts);
            Assert.That(Text(followed.HealthAt(now)), Is.EqualTo(Text(alone.HealthAt(now))), $"{now:O}, followed");
            if (minute % 40 != 0)
                continue;
            var kept = FactorySnapshot.Of(state, followed.Facts);
            foreach (var moment in Minutes.Select(minutes => now + TimeSpan.FromMinutes(minutes)))
            {
                var health = kept.HealthAt(moment);
                var fresh = FactorySnapshot.Of(state, kept.Facts).HealthAt(moment);
                Assert.That(Text(health), Is.EqualTo(Text(fresh)), $"{now:O}, {moment:O}");
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
