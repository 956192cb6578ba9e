using System.Collections.Immutable;

namespace PackuilonMonitor.Core.LogPages;

/// <summary>The state of a log's file.</summary>
public enum LogFileState
{
    /// <summary>It exists and is readable.</summary>
    Open,

    /// <summary>It does not exist.</summary>
    Gone,

    /// <summary>It exists and cannot be opened or read.</summary>
    Unreadable,
}

/// <summary>A part of a log at one moment, with what was known of the whole log then.</summary>
/// <param name="Request">The request that it answers.</param>
/// <param name="Lines">In the order of the log, consecutive in the filtered sequence.</param>
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

    /// <summary>Lines that arrived since the log was opened here.</summary>
    public long Arrived { get; init; }

    /// <summary>How many bytes of it can be read.</summary>
    public long Here { get; init; }

    /// <summary>How many bytes it has where it is written; null for a log of this machine.</summary>
    public long? Whole { get; init; }

    /// <summary>When the file last grew; null if it never did.</summary>
    public DateTimeOffset? GrewAt { get; init; }

    /// <summary>How often the file restarted from its first byte; positions of another generation are invalid.</summary>
    public int Generation { get; init; }

    public LogFileState File { get; init; }

    /// <summary>Why the file is not open, in words.</summary>
    public string? Why { get; init; }

    /// <summary>The hits of the request's search found so far.</summary>
    public HitList Hits { get; init; } = HitList.None;

    /// <summary>The search has not reached the end of the log yet.</summary>
    public bool Searching { get; init; }

    /// <summary>How far the comparison with the last good log is.</summary>
    public ComparisonState Comparison { get; init; }

    /// <summary>The number of lines that no good build had; null if no good build is known or they are not counted yet.</summary>
    public long? NewCount { get; init; }

    /// <summary>The number of missing lines of the last good build; null if none is known.</summary>
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
