using PackuilonMonitor.App;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Reports;

/// <summary>When what runs will be done, by the past of its images and as of the end of the logs.</summary>
public static class ExpectedEnds
{
    /// <summary>By the ids of builds and of changes; only those of which it can be said.</summary>
    /// <param name="history">Asked for only where a build runs.</param>
    public static IReadOnlyDictionary<string, DateTimeOffset> Of(MonitorState state, Func<BuildHistory> history)
    {
        var ends = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (state.Sources.LastLineAt is not { } now || !state.Builds.Running.Any())
            return ends;
        var snapshot = FactorySnapshot.Of(state, Facts.None with { History = history() });
        foreach (var build in snapshot.Builds.Where(build => build.Running))
        {
            if (snapshot.OutlookOf(build, now).Left is not { } left)
                continue;
            ends[build.Id] = now + left;
            if (build.Build?.Trigger is { } id && state.Triggers.Find(id) is { } trigger && Rest(snapshot, trigger, build) is { } rest)
                ends[id] = now + left + rest;
        }

        return ends;
    }

    /// <summary>How long the templates of the message will take that have not begun; null where one of them was never built.</summary>
    private static TimeSpan? Rest(FactorySnapshot snapshot, Trigger trigger, BuildView running)
    {
        var begun = (trigger.Builds ?? []).Select(snapshot.Find).OfType<BuildView>().Select(build => build.Template ?? "");
        var rest = TimeSpan.Zero;
        foreach (var template in snapshot.TemplatesOf(running.Image).Except(begun))
        {
            if (snapshot.Of(running.Image).LastOrDefault(known => known.Template == template) is not { } like || snapshot.PastOf(like).Usual is not { } usual)
                return null;
            rest += usual;
        }

        return rest;
    }
}
