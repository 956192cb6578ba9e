namespace PackuilonMonitor.Core.Packer;

/// <summary>How long something took in past builds.</summary>
/// <param name="Count">The number of builds.</param>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The upper quartile.</param>
/// <param name="Worst">The longest.</param>
public sealed record Spread(int Count, TimeSpan Lower, TimeSpan Median, TimeSpan Upper, TimeSpan Worst)
{
    /// <summary>Null if nothing is known.</summary>
    public static Spread? Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Spread(sorted.Length, Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1]);
    }

    /// <summary>Interpolated between two neighbours, as spreadsheets do it.</summary>
    private static TimeSpan Quantile(TimeSpan[] sorted, double share)
    {
        var place = (sorted.Length - 1) * share;
        var below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below);
    }
}
