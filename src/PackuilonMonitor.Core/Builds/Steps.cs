using System.Diagnostics;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// Counts how many elements of the tables the fold examines, in debug builds only. Every loop over a table counts here, so a test can
/// compare the cost of a line with the size of the past without a clock.
/// </summary>
public static class Steps
{
    [ThreadStatic]
    private static long _taken;

    /// <summary>How many this thread has examined.</summary>
    public static long Taken => _taken;

    [Conditional("DEBUG")]
    public static void Take() => _taken++;

    /// <summary>The same elements, each counted when it is examined.</summary>
    public static IEnumerable<T> Counted<T>(this IEnumerable<T> all)
    {
        foreach (var one in all)
        {
            Take();
            yield return one;
        }
    }
}
