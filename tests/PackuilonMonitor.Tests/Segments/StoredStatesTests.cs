using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Segments;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Core.Events;
using PackuilonMonitor.Tests.Record;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Segments;

/// <summary>A stored state is the state that a fold of everything before it gives, in every part, and is used if it is whole.</summary>
public sealed class StoredStatesTests
{
    private TempFolder _folder = null!;
    private StoredStates _stored = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TempFolder();
        _stored = new StoredStates(_folder.Path);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Read_AfterAnyEvents_IsWhatWasWritten(int seed)
    {
        var dice = new Random(seed);
        MonitorEvent[] all = [.. OneOfEach.Folded, .. OneOfEach.Others];
        var state = MonitorState.Of(seed % 2 == 0 ? "east" : null, "example");
        for (var second = 0; second < 2_000; second++)
            state = state.Apply(Given.Seen(all[dice.Next(all.Length)], second / 3));
        // The lines of these events were not parsed from their texts.
        state = state with { Recent = RecentObservations.Empty, NotUnderstood = [] };

        Assert.That(Difference.Of(Again(Of(state)), Of(state)), Is.Null);
    }

    [TestCase(1UL, 40)]
    [TestCase(2UL, 400)]
    public void State_ThatARecorderStored_IsThatOfAFold(ulong seed, int minutes)
    {
        using var watch = new RecorderWatch(new FactoryPlan { Seed = seed });
        Record(watch, minutes);

        Assert.That(watch.Reader.States.Places(), Is.Not.Empty);
        foreach (var place in watch.Reader.States.Places())
        {
            var folded = watch
                .Reader.Frames()
                .TakeWhile(frame => frame.Number < place)
                .Aggregate(FactoryFold.Of(""), (fold, frame) => frame.Batches.Aggregate(
                    fold.With(frame.Facts), (before, batch) => before.Apply(batch.Entries, frame.Number)));

            Assert.That(Difference.Of(watch.Reader.States.Read(place)![""], folded), Is.Null, $"before {place}");
        }
    }

    private static void Record(RecorderWatch watch, int minutes)
    {
        watch.Start();
        for (var minute = 0; minute < minutes; minute++)
        {
            watch.Step(TimeSpan.FromMinutes(1));
            if (minute != minutes / 2)
                continue;
            watch.Quit();
            watch.Start();
        }

        watch.Quit();
    }

    private static ImmutableSortedDictionary<string, FactoryFold> Of(MonitorState state) =>
        ImmutableSortedDictionary<string, FactoryFold>.Empty.Add(
            "",
            FactoryFold.Of("").After(new Frame(1, "", [new Batch(Given.Noon, [])]), state)
        );

    private ImmutableSortedDictionary<string, FactoryFold> Again(ImmutableSortedDictionary<string, FactoryFold> factories)
    {
        _stored.Write(7, Given.Noon, factories, GivenFrames.Mode);
        return _stored.Read(7)!;
    }
}
