namespace PackuilonMonitor.Core.LogPages;

/// <summary>What place of a log is wanted.</summary>
public enum TargetKind
{
    /// <summary>The last line, also when more come.</summary>
    End,

    /// <summary>A place that a page named.</summary>
    Key,

    /// <summary>A line by its number, from 1.</summary>
    Number,

    /// <summary>So many hundredths of the file.</summary>
    Percent,
}

/// <summary>A place of a log that lines are wanted around.</summary>
public readonly record struct LogTarget(TargetKind Kind, long Number = 0, LineKey Key = default)
{
    public static LogTarget End => default;

    public static LogTarget At(LineKey key) => new(TargetKind.Key, Key: key);

    public static LogTarget Line(long number) => new(TargetKind.Number, Math.Max(1, number));

    public static LogTarget Percent(int percent) => new(TargetKind.Percent, Math.Clamp(percent, 0, 100));
}

/// <summary>Which lines of a log are shown.</summary>
public enum FilterKind
{
    All,

    /// <summary>Those that match the search.</summary>
    Matching,

    /// <summary>Those that do not.</summary>
    Others,

    /// <summary>Those that no good build had.</summary>
    New,

    /// <summary>All, and in their places those of the last good build that are missing.</summary>
    Diff,
}

/// <summary>Which lines are shown, and how many lines around each.</summary>
public readonly record struct LogFilter(FilterKind Kind = FilterKind.All, int Context = 0);

/// <summary>Lines wanted from a log, and what is to be searched in it. An equal request asks for nothing new.</summary>
/// <param name="Target">The place.</param>
/// <param name="Before">So many lines before it.</param>
/// <param name="After">It and so many lines after it.</param>
/// <param name="Filter">Which lines count.</param>
/// <param name="Search">What is searched; null for nothing.</param>
/// <param name="HidesPrefix">Packer's prefix is not part of the text that is searched.</param>
/// <param name="IsOver">The build has ended: what the last good build has after the end will not come any more.</param>
public sealed record LogRequest(
    LogTarget Target,
    int Before,
    int After,
    LogFilter Filter = default,
    SearchPattern? Search = null,
    bool HidesPrefix = true,
    bool IsOver = false
)
{
    /// <summary>Both ask about the same sequence of lines, if of other places.</summary>
    public bool Fits(LogRequest other) =>
        Filter == other.Filter && Search == other.Search && HidesPrefix == other.HidesPrefix && IsOver == other.IsOver;
}
