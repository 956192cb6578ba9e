namespace PackuilonMonitor.Core.LogPages;

/// <summary>The kind of a target in a log.</summary>
public enum TargetKind
{
    /// <summary>The last line, also when more arrive.</summary>
    End,

    /// <summary>A position from a page.</summary>
    Key,

    /// <summary>A line by its number, from 1.</summary>
    Number,

    /// <summary>A percentage of the file.</summary>
    Percent,
}

/// <summary>A position in a log; the lines around it are requested.</summary>
public readonly record struct LogTarget(TargetKind Kind, long Number = 0, LineKey Key = default)
{
    public static LogTarget End => default;

    public static LogTarget At(LineKey key) => new(TargetKind.Key, Key: key);

    public static LogTarget Line(long number) => new(TargetKind.Number, Math.Max(1, number));

    public static LogTarget Percent(int percent) => new(TargetKind.Percent, Math.Clamp(percent, 0, 100));

    /// <summary>The byte of a percentage. In whole numbers: 25 % of 460 bytes are 115, and not a little less.</summary>
    public long ByteIn(long size) => size * Number / 100;
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

    /// <summary>Those of one builder, and those that no builder wrote.</summary>
    Builder,
}

/// <summary>Which lines are shown, and with how many lines around each.</summary>
/// <param name="Kind">Which lines.</param>
/// <param name="Context">How many lines around each are shown, too.</param>
/// <param name="Builder">The builder's name for <see cref="FilterKind.Builder"/>, else null.</param>
public readonly record struct LogFilter(FilterKind Kind = FilterKind.All, int Context = 0, string? Builder = null);

/// <summary>A request for lines of a log, and for a search in it. An equal request changes nothing.</summary>
/// <param name="Target">The position.</param>
/// <param name="Before">This many lines before it.</param>
/// <param name="After">The target and this many lines after it.</param>
/// <param name="Filter">Which lines count.</param>
/// <param name="Search">The pattern to search for; null for none.</param>
/// <param name="HidesPrefix">Packer's prefix is not searched.</param>
/// <param name="IsOver">The build has ended, so lines that the last good build has after the end are missing.</param>
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
    /// <summary>Both are about the same sequence of lines, perhaps at other positions.</summary>
    public bool Fits(LogRequest other) =>
        Filter == other.Filter && Search == other.Search && HidesPrefix == other.HidesPrefix && IsOver == other.IsOver;
}
