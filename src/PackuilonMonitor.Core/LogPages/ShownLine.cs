namespace PackuilonMonitor.Core.LogPages;

/// <summary>
/// The key of a shown line: a line by its first byte, or a missing line of the last good build before it.
/// </summary>
/// <param name="Offset">The byte position of the line in the file.</param>
/// <param name="Missing">0 for the line itself; the number of a missing line before it, from 1.</param>
public readonly record struct LineKey(long Offset, int Missing = 0) : IComparable<LineKey>
{
    public int CompareTo(LineKey other) => (Offset, Rank).CompareTo((other.Offset, other.Rank));

    // The line itself comes after the missing ones.
    private int Rank => Missing == 0 ? int.MaxValue : Missing;

    public static bool operator <(LineKey one, LineKey other) => one.CompareTo(other) < 0;

    public static bool operator >(LineKey one, LineKey other) => one.CompareTo(other) > 0;

    public static bool operator <=(LineKey one, LineKey other) => one.CompareTo(other) <= 0;

    public static bool operator >=(LineKey one, LineKey other) => one.CompareTo(other) >= 0;
}

/// <summary>How a line compares with the last good build.</summary>
public enum LineStatus
{
    /// <summary>The last good build has it too, or none is known.</summary>
    Usual,

    /// <summary>No good build had it.</summary>
    New,

    /// <summary>Only the last good build has it.</summary>
    Missing,
}

/// <summary>One line of a page.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Number">Its number from 1; null while the lines before it are not counted, and for a missing line.</param>
/// <param name="ArrivedAt">When it arrived; null if it was read afterwards.</param>
/// <param name="Text">The text as in the file, with its escapes, without its line end.</param>
/// <param name="Status">How it compares with the last good build.</param>
/// <param name="Unfinished">It has no line end yet.</param>
public sealed record ShownLine(
    LineKey Key, long? Number, DateTimeOffset? ArrivedAt, string Text, LineStatus Status = LineStatus.Usual, bool Unfinished = false);
