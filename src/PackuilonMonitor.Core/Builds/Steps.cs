using System.Diagnostics;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// Counts how many remembered things the fold looks at, in debug builds only. Every loop over one of the tables counts here, so a test can
/// hold the cost of a line against the size of the past without a clock.
/// </summary>
public static class Steps
{
    [ThreadStatic]
    private static long _taken;

    /// <summary>How many this thread ever took.</summary>
    public static long Taken => _taken;

    [Conditional("DEBUG")]
    public static void Take() => _taken++;

    /// <summary>The same things, each counted as it is looked at.</summary>
    public static IEnumerable<T> Counted<T>(this IEnumerable<T> all)
    {
        foreach (var one in all)
        {
            Take();
            yield return one;
        }
    }
}
