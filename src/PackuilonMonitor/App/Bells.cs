using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

/// <summary>What is worth a bell between two states: never what was already so before, so that nothing rings for the past.</summary>
public static class Bells
{
    /// <param name="before">What was known; not the empty state before everything was read.</param>
    /// <param name="then">When that was.</param>
    /// <param name="after">What is known now.</param>
    /// <param name="now">When that is.</param>
    /// <param name="view">Which bells are on.</param>
    public static ImmutableArray<RingBell> Between(Snapshot before, DateTimeOffset then, Snapshot after, DateTimeOffset now, ViewState view)
    {
        var bells = ImmutableArray.CreateBuilder<RingBell>();
        foreach (var build in before.Builds.Where(build => build.State is BuildState.Building))
        {
            if (after.Find(build.Id) is not { } later)
                continue;
            if (later.State is not BuildState.Building)
                AddEnd(bells, later, view);
            else if (view.BellForAll && after.OutlookOf(later, now).Stuck is not null && before.OutlookOf(build, then).Stuck is null)
                bells.Add(new RingBell("a build seems stuck", later.Id));
        }

        // A build may begin and fail between two states.
        foreach (var build in after.Builds.Where(build => build.Build is not null && build.State is BuildState.Failed or BuildState.Lost && before.Find(build.Id) is null))
            AddEnd(bells, build, view);
        if (view.BellForAll && after.State.Workers.Values.Any(worker => IsNewlyLost(before.State, worker)))
            bells.Add(new RingBell("a worker was lost", null));
        return bells.ToImmutable();
    }

    private static bool IsNewlyLost(MonitorState before, Worker worker) =>
        worker.Activity is Activity.Lost && before.Workers.GetValueOrDefault(worker.Id.Number) is not { Activity: Activity.Lost };

    private static void AddEnd(ImmutableArray<RingBell>.Builder bells, BuildView build, ViewState view)
    {
        var failed = build.State is BuildState.Failed or BuildState.Lost;
        if (failed && view.BellForAll || view.BellFor.Contains(build.Id))
            bells.Add(new RingBell(failed ? $"a build {(build.State is BuildState.Lost ? "was lost" : "failed")}" : "a build ended", build.Id));
    }
}
