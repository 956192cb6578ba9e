using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Reports;

/// <summary>When running builds will be done, by the past of their images and as of the end of the logs.</summary>
public static class ExpectedEnds
{
    /// <summary>By the ids of builds and of changes; only known ones.</summary>
    /// <param name="history">Read only if something is unfinished.</param>
    public static IReadOnlyDictionary<string, DateTimeOffset> Of(MonitorState state, Func<BuildHistory> history)
    {
        var ends = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (state.Sources.LastLineAt is not { } now || (!state.Builds.Running.Any() && state.Triggers.Waiting == 0))
            return ends;
        var snapshot = FactorySnapshot.Of(state, Facts.None with { History = history() });
        foreach (var build in snapshot.Running)
        {
            if (snapshot.OutlookOf(build, now).Left is { } left)
                ends[build.Id] = now + left;
        }

        foreach (var row in snapshot.Triggers.OfType<TriggerRow>().TakeWhile(row => row.IsUnfinished))
        {
            if (row.Trigger is { } trigger && ChangeOutlook.EndOf(snapshot, row, now) is { } end)
                ends[trigger.Id] = end;
        }

        return ends;
    }
}
