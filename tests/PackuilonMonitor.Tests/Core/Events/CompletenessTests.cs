using CsCheck;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Events;

/// <summary>The fold is total: an event that it does not know, or that comes at a strange time, must not end the program.</summary>
public sealed class CompletenessTests
{
    private static readonly Gen<Observation> AnyObservation =
        from said in Gen.OneOf<MonitorEvent>([.. OneOfEach.Folded, .. OneOfEach.Others])
        from second in Gen.Int[-5, 5]
        from count in Gen.Frequency((9, Gen.Const(1)), (1, Gen.Int[2, 3]))
        select Given.Seen(said, second, count);

    private static IEnumerable<MonitorEvent> Events => OneOfEach.Events;

    private static readonly Lazy<List<(MonitorState State, string Before)>> AfterEveryTwo = new(() =>
        [
            .. from first in OneOfEach.Folded
               let state = Given.Folded(Given.Seen(first))
               from second in OneOfEach.Folded
               select (state.Apply(Given.Seen(second, 1)), $"{first}, {second}"),
        ]
    );

    [Test]
    public void OneOfEach_IsComplete() =>
        Assert.That(
            OneOfEach.Events.Select(said => said.GetType()),
            Is.EquivalentTo(typeof(MonitorEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MonitorEvent)))));

    [TestCaseSource(nameof(Events))]
    public void Apply_EveryEventAfterEveryTwoOthers_HasATransition(MonitorEvent said)
    {
        foreach (var (state, before) in AfterEveryTwo.Value)
            Assert.That(() => state.Apply(Given.Seen(said, 2)), Throws.Nothing, before);
    }

    [TestCaseSource(nameof(Events))]
    public void Apply_EveryEventInEveryActivity_KeepsTheStateWhole(MonitorEvent said)
    {
        foreach (var activity in Activities())
            AssertWhole(activity.Apply(Given.Seen(said, 60)));
    }

    [Test]
    public void Activities_OfTheTable_AreAll() =>
        Assert.That(
            Activities().SelectMany(state => state.Workers.Values).Select(worker => worker.Activity.GetType()).Distinct(),
            Is.EquivalentTo(
                typeof(WorkerActivity).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(WorkerActivity)) && !type.IsAbstract)
            )
        );

    [Test]
    public void Apply_AnyOrderOfEvents_KeepsTheStateWhole() =>
        AnyObservation.Array[0, 60].Sample(seen => AssertWhole(Given.Folded(seen)), iter: 3_000);

    [Test]
    public void Apply_AnyEvents_CountsThemAndKeepsTheNewest() =>
        AnyObservation.Array[0, 30].Sample(seen =>
        {
            var state = Given.Folded(seen);
            return state.Observed == seen.Length
                && state.Recent.SequenceEqual(seen.Where(one => !one.IsBookkeeping));
        }, iter: 1_000);

    /// <summary>What must be true of any state.</summary>
    private static void AssertWhole(MonitorState state)
    {
        var builds = state.Builds.All.ToList();
        Assert.Multiple(() =>
        {
            Assert.That(builds.Select(build => build.Id), Is.Unique);
            Assert.That(builds.Select(build => build.Number), Is.Ordered);
            Assert.That(builds.Where(build => build.Running), Is.EqualTo(state.Builds.Running));
            Assert.That(builds.Where(build => build.Running != build.EndedAt is null), Is.Empty, "ended and running");
            Assert.That(state.Workers.Keys, Is.Ordered.And.Unique);
            foreach (var worker in state.Workers.Values)
            {
                if (worker.Build is { } number)
                {
                    Assert.That(state.Builds.Find(number), Is.Not.Null);
                    Assert.That(
                        (state.Builds.Find(number)!.Running, state.Builds.Find(number)!.Worker),
                        Is.EqualTo((true, worker.Id)),
                        worker.ToString()
                    );
                }
            }

            Assert.That(
                builds.Where(build =>
                    build is { Running: true, Worker: { } id } && state.Workers.GetValueOrDefault(id.Number)?.Build != build.Number
                ),
                Is.Empty,
                "claimed by a thread that does not run it"
            );
            Assert.That(BuildView.All(state), Has.Count.GreaterThanOrEqualTo(builds.Count));
            Assert.That(BuildView.All(state).Select(view => view.Took ?? TimeSpan.Zero), Has.None.LessThan(TimeSpan.Zero));
            Assert.That(state.Triggers.Triggers.Select(trigger => trigger.Id), Is.Unique);
        });
    }

    private static IEnumerable<MonitorState> Activities()
    {
        yield return Given.After("12:00:00 Starting", "12:00:00 Starting Thread-1");
        yield return Given.After("12:00:00 Thread-1 processing norm-sl7x-x86_64");
        yield return Given.After(
            "12:00:00 Thread-1 processing norm-sl7x-x86_64",
            $"12:00:01 packer build starting, see: {Given.LogPath} for details"
        );
        yield return Given.After("12:00:00 Thread-1: reconnecting to channel");
        yield return Given.After("12:00:00 Exception in thread Thread-1:");
        yield return Given.After("12:00:00 Thread-1 processing norm-sl7x-x86_64", "12:00:01 Could not find packer template file, exiting");
        yield return Given.After(
            "12:00:00 Thread-1 processing norm-sl7x-x86_64", $"12:00:01 packer build starting, see: {Given.LogPath} for details",
            "12:00:02 Thread-1: image built successfully: norm-sl7x-x86_64.managed.json");
        yield return Given.After($"12:00:01 packer build starting, see: {Given.LogPath} for details");
    }
}
