using System.Collections.Immutable;

namespace PackuilonMonitor.Core.LogPages;

/// <summary>How the file of a log is.</summary>
public enum LogFileState
{
    /// <summary>It is there and readable.</summary>
    Open,

    /// <summary>It is not there.</summary>
    Gone,

    /// <summary>It is there and may not be opened or could not be read.</summary>
    Unreadable,
}

/// <summary>A part of a log as it was at one moment, and what was known of the whole then.</summary>
/// <param name="Request">What it answers.</param>
/// <param name="Lines">In the order of the log, without gaps in the sequence that the request's filter leaves.</param>
/// <param name="AtStart">Nothing comes before its first line.</param>
/// <param name="AtEnd">Nothing comes after its last line yet.</param>
public sealed record LogPage(LogRequest Request, ImmutableArray<ShownLine> Lines, bool AtStart, bool AtEnd)
{
    /// <summary>The line that the target names, or the nearest.</summary>
    public LineKey Place { get; init; }

    /// <summary>The number of lines in the log; null until they are counted.</summary>
    public long? Total { get; init; }

    /// <summary>The number of lines counted so far.</summary>
    public long Counted { get; init; }

    /// <summary>Lines that were seen to arrive since the log was opened here.</summary>
    public long Arrived { get; init; }

    /// <summary>When the file was last seen to grow; null if it never was.</summary>
    public DateTimeOffset? GrewAt { get; init; }

    /// <summary>How often the file began again from its first byte; places of another generation mean nothing.</summary>
    public int Generation { get; init; }

    public LogFileState File { get; init; }

    /// <summary>Why the file is not open, in words.</summary>
    public string? Why { get; init; }

    /// <summary>The hits of the request's search found so far.</summary>
    public HitList Hits { get; init; } = HitList.None;

    /// <summary>The search is not through the log yet.</summary>
    public bool Searching { get; init; }

    /// <summary>How far the comparison with the last good log is.</summary>
    public ComparisonState Comparison { get; init; }

    /// <summary>Lines that no good build had; null where none is known or they are not counted yet.</summary>
    public long? NewCount { get; init; }

    /// <summary>Lines of the last good build that are missing; null where none is known.</summary>
    public long? MissingCount { get; init; }

    /// <summary>The target's line in <see cref="Lines"/>, or the nearest after it.</summary>
    public int IndexOf(LineKey key)
    {
        var (low, high) = (0, Lines.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Lines[middle].Key < key)
                low = middle + 1;
            else
                high = middle;
        }

        return Math.Min(low, Math.Max(0, Lines.Length - 1));
    }
}
