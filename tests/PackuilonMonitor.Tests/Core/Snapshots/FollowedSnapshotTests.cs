using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Simulation;

namespace PackuilonMonitor.Tests.Core.Snapshots;

/// <summary>What a snapshot keeps of the one before it is what a new one works out.</summary>
public sealed class FollowedSnapshotTests
{
    private static readonly TimeSpan Time = TimeSpan.FromHours(8);

    [TestCase("e7ec5f0", 21UL)]
    [TestCase("head", 23UL)]
    public void Before_OfEachWaitingMessage_IsThatOfANewSnapshot(string dialect, ulong seed)
    {
        using var factory = new ReadFactory(dialect, seed, Scenario.Rough with { RotatedEvery = null });
        var (places, followed) = (new HashSet<int>(), FactorySnapshot.Of(factory.State, new Facts()));
        for (var minute = 1; minute <= Time.TotalMinutes; minute++)
        {
            factory.Live(TimeSpan.FromMinutes(1));
            followed = followed.Next(factory.State);
            var alone = FactorySnapshot.Of(factory.State, followed.Facts);
            foreach (var waiting in factory.State.Triggers.Triggers.Where(trigger => trigger.Waiting))
            {
                var place = QueueOutlook.Before(followed, waiting);
                Assert.That(place, Is.EqualTo(QueueOutlook.Before(alone, waiting)), $"{factory.Now:O} {waiting.Id}");
                places.Add(place);
            }
        }

        Assert.That(places, Is.SupersetOf(new[] { 0, 1, 2 }), "a queue of some length");
    }
}
