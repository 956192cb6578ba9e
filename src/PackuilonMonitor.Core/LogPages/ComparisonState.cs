namespace PackuilonMonitor.Core.LogPages;

/// <summary>How far the comparison of a log with the last good one is.</summary>
public enum ComparisonState
{
    /// <summary>There is nothing to compare with.</summary>
    None,

    /// <summary>The good log is being read.</summary>
    Reading,
    Ready,

    /// <summary>The good log cannot be read any more.</summary>
    Failed,
}
