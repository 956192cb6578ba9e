using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Simulation;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>What the row of an ended build says of it stays so.</summary>
public sealed class VerdictTests
{
    /// <summary>Other builds come and go, and what was said of one changes only with what is known of that one.</summary>
    [TestCase("9786a46", 31UL)]
    [TestCase("head", 32UL)]
    public void Ending_OfASimulatedBuild_ChangesOnlyWithItsOwnLinesAndLog(string dialect, ulong seed)
    {
        using var factory = new ReadFactory(dialect, seed, Scenario.Rough with { NoisePerLine = 0.1 });
        var said = new Dictionary<string, (BuildView View, string Why, string Slower)>(StringComparer.Ordinal);
        var (snapshot, judged, slow) = (FactorySnapshot.Of(factory.State, new Facts(ThreadCount: 4)), 0, 0);
        for (var minute = 0; minute < 9 * 60; minute++)
        {
            factory.Live(TimeSpan.FromMinutes(1));
            snapshot = snapshot.Next(factory.State);
            foreach (var view in snapshot.Builds.Where(build => !build.Running))
            {
                var ending = snapshot.EndingOf(view);
                if (said.TryGetValue(view.Id, out var before) && IsSame(before.View, view))
                {
                    Assert.That((ending.Why, ending.Slower), Is.EqualTo((before.Why, before.Slower)), $"{view.Id} in minute {minute}");
                    judged++;
                }

                slow += ending.Slower.Length > 0 ? 1 : 0;
                said[view.Id] = (view, ending.Why, ending.Slower);
            }
        }

        Assert.That(judged, Is.GreaterThan(1000));
        Assert.That(slow, Is.Positive);
    }

    /// <summary>It was slow when it ended; that builds are as slow ever since does not change what it was.</summary>
    [Test]
    public void Ending_OfASlowBuild_StaysWhenLaterOnesAreAsSlow()
    {
        var factory = new InventedFactory().Worker("8:00:00", 1);
        foreach (var hour in new[] { "9:00:00", "10:00:00", "11:00:00" })
            factory.WholeBuild(hour, 1, InventedDay.Storage, "managed", 7);
        Slow(factory, "12:00:00");
        var build = factory.Snapshot.Builds[^1];
        var said = factory.Snapshot.EndingOf(build).Slower;
        foreach (var hour in new[] { "13:00:00", "14:00:00", "15:00:00", "16:00:00", "17:00:00", "18:00:00" })
            Slow(factory, hour);

        Assert.That(said, Does.StartWith("slower: "));
        Assert.That(factory.Snapshot.EndingOf(factory.Snapshot.Find(build.Id)!).Slower, Is.EqualTo(said));
    }

    /// <summary>A build is no part of the past that it is compared with.</summary>
    [Test]
    public void Before_ABuild_AreThoseThatEndedBeforeIt()
    {
        var factory = new InventedFactory().Worker("8:00:00", 1);
        foreach (var hour in new[] { "9:00:00", "10:00:00", "11:00:00" })
            factory.WholeBuild(hour, 1, InventedDay.Storage, "managed", 7);
        var (builds, past) = (factory.Snapshot.Builds, factory.Snapshot.PastOf(factory.Snapshot.Builds[0]));

        Assert.That(
            builds.Select(build => past.Before(build).Ended.Select(other => other.Id)),
            Is.EqualTo(new[] { [], [builds[0].Id], new[] { builds[0].Id, builds[1].Id } })
        );
    }

    /// <summary>A good build whose last step but one took ten minutes.</summary>
    private static void Slow(InventedFactory factory, string time)
    {
        var start = InventedFactory.At(time);
        string Clock(int seconds) => start.AddSeconds(seconds).ToString("H:mm:ss", CultureInfo.InvariantCulture);
        string[] steps = [.. InventedFactory.Steps(InventedDay.Storage)];
        factory
            .Taken(time, 1, InventedDay.Storage)
            .Started(time, InventedDay.Storage, "managed")
            .Logged(
                InventedDay.Storage,
                "managed",
                [
                    .. steps.Select((line, place) => (Clock(place * 32 + (place == steps.Length - 1 ? 600 : 0)), line)),
                    (Clock(1020), "==> Builds finished. The artifacts of successful builds are:"),
                    (Clock(1020), "--> openstack: An image was created: 41c0ffee-1111-4222-8333-444455556666"),
                ]
            )
            .Good(Clock(1020), 1, InventedDay.Storage, "managed");
    }

    private static bool IsSame(BuildView before, BuildView now) =>
        before.State == now.State && ReferenceEquals(before.Build, now.Build) && ReferenceEquals(before.Log, now.Log);
}
