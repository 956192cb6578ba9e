using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Builds;

public sealed class RecentObservationsTests
{
    [Test]
    public void Add_ToStatesOfAnyAge_LeavesEachWithItsOwnPast()
    {
        var random = new Random(5);
        var states = new List<(RecentObservations Recent, List<Observation> Expected)> { (RecentObservations.Empty, []) };
        for (var step = 0; step < 6 * RecentObservations.Most; step++)
        {
            // Mostly on from the newest, now and then on from an older one.
            var (recent, expected) = states[random.Next(50) == 0 ? random.Next(states.Count) : states.Count - 1];
            var seen = Seen(step);
            states.Add((recent.Add(seen), [.. expected.Append(seen).TakeLast(RecentObservations.Most)]));
            if (states.Count > 40)
                states.RemoveAt(random.Next(states.Count));
        }

        Assert.That(states.All(state => state.Recent.SequenceEqual(state.Expected) && state.Recent.Count == state.Expected.Count), Is.True);
    }

    [Test]
    public void Add_ManyInARow_CostsAFewBytesEach()
    {
        var recent = Enumerable
            .Range(0, 2 * RecentObservations.Most)
            .Aggregate(RecentObservations.Empty, (known, number) => known.Add(Seen(number)));
        var seen = Seen(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var line = 0; line < 10 * RecentObservations.Most; line++)
            recent = recent.Add(seen);

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / (10 * RecentObservations.Most), Is.LessThan(64));
    }

    [Test]
    public void FindLastIndex_SeveralThatHold_IsTheNewest()
    {
        var recent = RecentObservations.Empty.Add(Seen(1)).Add(Seen(2)).Add(Seen(1));

        Assert.That(recent.FindLastIndex(seen => seen.Text == "1"), Is.EqualTo(2));
        Assert.That(recent.FindLast(seen => seen.Text == "3"), Is.Null);
        Assert.That(() => recent[3], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static Observation Seen(int number) =>
        new(Given.Noon.AddSeconds(number), new SourceId("/messages"), "vm", Speaker.Rabbit2Packer, $"{number}", new ServiceStarted());
}
