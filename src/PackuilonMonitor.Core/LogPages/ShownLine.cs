namespace PackuilonMonitor.Core.LogPages;

/// <summary>
/// A place in what is shown of a log: a line by its first byte, or a line of the last good build that would stand before it.
/// </summary>
/// <param name="Offset">The byte position of the line in the file.</param>
/// <param name="Missing">0 for the line itself; of missing lines before it, which one, from 1.</param>
public readonly record struct LineKey(long Offset, int Missing = 0) : IComparable<LineKey>
{
    public int CompareTo(LineKey other) => (Offset, Rank).CompareTo((other.Offset, other.Rank));

    // The line itself stands below the missing ones.
    private int Rank => Missing == 0 ? int.MaxValue : Missing;

    public static bool operator <(LineKey one, LineKey other) => one.CompareTo(other) < 0;

    public static bool operator >(LineKey one, LineKey other) => one.CompareTo(other) > 0;

    public static bool operator <=(LineKey one, LineKey other) => one.CompareTo(other) <= 0;

    public static bool operator >=(LineKey one, LineKey other) => one.CompareTo(other) >= 0;
}

/// <summary>What a line is beside the last good build.</summary>
public enum LineStatus
{
    /// <summary>The last good build has it too, or none is known.</summary>
    Usual,

    /// <summary>No good build had it.</summary>
    New,

    /// <summary>It stands in the last good build only.</summary>
    Missing,
}

/// <summary>One line of a log as a page holds it.</summary>
/// <param name="Key">Where it stands.</param>
/// <param name="Number">Its number from 1; null while the lines before it are not counted, and for a missing line.</param>
/// <param name="ArrivedAt">When it was seen to arrive; null where it was read afterwards.</param>
/// <param name="Text">As it stands in the file, with its escapes, without its line end.</param>
/// <param name="Status">What it is beside the last good build.</param>
/// <param name="Unfinished">It has no line end yet.</param>
public sealed record ShownLine(
    LineKey Key, long? Number, DateTimeOffset? ArrivedAt, string Text, LineStatus Status = LineStatus.Usual, bool Unfinished = false);
