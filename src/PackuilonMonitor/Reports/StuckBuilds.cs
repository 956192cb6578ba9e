using System.Collections.Frozen;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Reports;

/// <summary>The builds whose step lasts too long, as of the end of the logs.</summary>
public static class StuckBuilds
{
    /// <summary>Their ids. Only a monitor that saw lines arrive knows when a step began, so without a history there are none.</summary>
    /// <param name="history">Read only if a build runs.</param>
    public static IReadOnlySet<string> Of(MonitorState state, Func<BuildHistory> history)
    {
        if (state.Sources.LastLineAt is not { } now || !state.Builds.Running.Any())
            return FrozenSet<string>.Empty;
        var snapshot = FactorySnapshot.Of(state, Facts.None with { History = history() });
        return snapshot.Builds
            .Where(build => build.Running && snapshot.OutlookOf(build, now).Stuck is not null)
            .Select(build => build.Id)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
