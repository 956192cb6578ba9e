namespace PackuilonMonitor.Ingest;

/// <summary>A line of a log on a page.</summary>
/// <param name="Offset">The position of its first byte.</param>
/// <param name="Text">The line, truncated at 64 KiB; not yet safe for a terminal.</param>
/// <param name="Unfinished">Whether it has no newline yet.</param>
public readonly record struct FileLine(long Offset, string Text, bool Unfinished);

/// <summary>Consecutive lines of a log; immutable.</summary>
/// <param name="Lines">The lines, in file order; perhaps none.</param>
/// <param name="FirstLine">The number of the first line, from 0; null while the index does not know it.</param>
/// <param name="TotalLines">The number of lines of the log; null while the index is incomplete.</param>
/// <param name="End">The position after the last line of the page.</param>
/// <param name="Size">The size of the log when the page was read.</param>
/// <param name="Generation">How often the log had restarted; a page of another generation shows another build.</param>
public sealed record FileLines(IReadOnlyList<FileLine> Lines, long? FirstLine, long? TotalLines, long End, long Size, int Generation)
{
    /// <summary>Whether nothing follows the page.</summary>
    public bool AtEnd => End >= Size;
}

/// <summary>The result of one step of a search.</summary>
/// <param name="Found">The line; null if this step found none.</param>
/// <param name="Next">The position to continue from.</param>
/// <param name="Ended">Whether nothing is left in that direction.</param>
public readonly record struct LogSearchStep(FileLine? Found, long Next, bool Ended);
