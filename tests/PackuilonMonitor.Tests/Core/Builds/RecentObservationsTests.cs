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

    /// <summary>rsyslog writes a line twice; the copy has the same fraction of a second and stands near.</summary>
    [TestCase("12:00:00.5 vm[1]: x", 0, true)]
    [TestCase("12:00:00.5 vm[1]: x", 3, true)]
    [TestCase("12:00:00.5 vm[1]: x", 4, false)]
    [TestCase("12:00:00.6 vm[1]: x", 0, false)]
    [TestCase("12:00:00.5 other[1]: x", 0, false)]
    [TestCase("12:00:00.5 vm[2]: x", 0, false)]
    [TestCase("12:00:00.5 vm[1]: y", 0, false)]
    public void Line_ThatIsACopy_IsFoldedOnce(string copy, int between, bool isCopy)
    {
        var state = MonitorState.Empty.Apply([
            Line("12:00:00.5 vm[1]: x"), .. Enumerable.Range(0, between).Select(
                other => Line($"12:00:00.5 vm[1]: other {other}")), Line(copy),
        ]);

        Assert.That(state.UnrecognisedLines, Is.EqualTo(between + (isCopy ? 1 : 2)));
    }

    [Test]
    public void Line_OfAWholeSecond_IsNoCopy() =>
        Assert.That(MonitorState.Empty.Apply([Line("12:00:00.0 vm[1]: x"), Line("12:00:00.0 vm[1]: x")]).UnrecognisedLines, Is.EqualTo(2));

    private static Observation Line(string line)
    {
        var (second, host) = (double.Parse(line[6..10], System.Globalization.CultureInfo.InvariantCulture), line[11..line.IndexOf('[')]);
        var (pid, text) = (line[line.IndexOf('[') + 1], line[(line.IndexOf(']') + 3)..]);
        return Given.Seen(new Unrecognised("x"), second) with { Host = host, Pid = pid, Text = text };
    }

    private static Observation Seen(int number) =>
        new(Given.Noon.AddSeconds(number), new SourceId("/messages"), "vm", Speaker.Rabbit2Packer, $"{number}", new ServiceStarted());
}
