using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Logs;

namespace PackuilonMonitor.Screen.State;

/// <summary>A log whose lines are listened to, and how it is looked at.</summary>
/// <param name="Id">Another number each time a log is opened.</param>
/// <param name="Ref">The log.</param>
/// <param name="ComparedWith">The log of the build that it is compared with; null for none.</param>
public sealed record OpenLog(SubscriptionId Id, LogRef Ref, LogRef? ComparedWith, LogView View)
{
    /// <summary>The same search in every build, if there is one.</summary>
    public AllBuildsSearch? Search { get; init; }
}

/// <summary>A search in the logs of all builds that were known when it began.</summary>
public sealed record AllBuildsSearch(SubscriptionId Id, SearchPattern Pattern, ImmutableArray<BuildView> Builds);
