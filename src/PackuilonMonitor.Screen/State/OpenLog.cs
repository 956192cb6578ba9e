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

    /// <summary>
    /// The log after what happened to its build and its file: the same place of it, in the lines that are the build's, and compared only
    /// while they are. The same object where nothing happened to it; else it needs a new subscription.
    /// </summary>
    /// <param name="wanted">Where the lines of the build are now.</param>
    public OpenLog Following(BuildView build, LogRef wanted)
    {
        var next = this;
        if (wanted.IsCopy != Ref.IsCopy || wanted.Past != Ref.Past)
            next = next with { Ref = wanted };
        if (ComparedWith is not null && !LastGood.HasOwnLog(build))
            next = next with { ComparedWith = null, View = View.Uncompared() };
        return next;
    }
}

/// <summary>A search in the logs of all builds that were known when it began.</summary>
public sealed record AllBuildsSearch(SubscriptionId Id, SearchPattern Pattern, ImmutableArray<BuildView> Builds);
