using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.App;
using PackuilonMonitor.Tests.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

/// <summary>
/// What an open dashboard costs where nobody touches it, in bytes allocated: each second, and for each state with new lines, in a factory
/// with a day behind it. Held against Expectations/Work.txt like the other counts of work.
/// </summary>
public sealed class ScreenWorkGuardTests
{
    private const int Rounds = 20;

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void Screen_OfAFactoryWithAPast_AllocatesNoMoreThanItsFigure(int columns, int rows)
    {
        using var factory = new ReadFactory("e7ec5f0", 7, Scenario.Ordinary);
        factory.Live(TimeSpan.FromHours(24));
        var state = Screens.Of(Snapshot.Of(factory.State, new Facts()), new Size(columns, rows)) with { Now = factory.Now };
        var from = Subscriptions.Of(state).OfType<FactoryStates>().Single().Id;
        var (ticks, states) = (new List<long>(), new List<long>());
        for (var round = 0; round < Rounds; round++)
        {
            var before = factory.State;
            while (ReferenceEquals(factory.State, before))
                factory.Live(TimeSpan.FromSeconds(10));
            states.Add(Cost(new StatePublished(from, factory.State)));
            factory.Live(TimeSpan.FromSeconds(1));
            ticks.Add(Cost(new Ticked(Subscriptions.Tick)));
        }

        Figures.Hold(
            [($"{columns}x{rows}, a tick", Middle(ticks)), ($"{columns}x{rows}, a state", Middle(states))],
            "bytes to update and draw"
        );

        long Cost(Message message)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            state = Update.Apply(state, factory.Now, message).State;
            _ = Picture.Of(state).ToLines();
            return GC.GetAllocatedBytesForCurrentThread() - allocated;
        }
    }

    private static long Middle(List<long> costs) => costs.Order().ElementAt(costs.Count / 2);
}
