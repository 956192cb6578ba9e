using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Screen.Rows;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What counts as an event and as a failure of the past.</summary>
public static class PastEvents
{
    public static bool IsAny(Observation seen) => true;

    public static bool IsFailure(Observation seen) => RowProblems.IsProblem(seen.Event);
}
