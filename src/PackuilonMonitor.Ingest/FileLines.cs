namespace PackuilonMonitor.Ingest;

/// <summary>A line of a log as a page shows it.</summary>
/// <param name="Offset">The position of its first byte.</param>
/// <param name="Text">The line, cut at 64 KiB; not yet made safe for a terminal.</param>
/// <param name="Unfinished">Whether no newline follows it yet.</param>
public readonly record struct FileLine(long Offset, string Text, bool Unfinished);

/// <summary>Some lines of a log that stand together; it never changes.</summary>
/// <param name="Lines">The lines, in file order; empty if there are none there.</param>
/// <param name="FirstLine">The number of the first line, counted from 0; null while the index does not know it.</param>
/// <param name="TotalLines">How many lines the log has; null while the index is not complete.</param>
/// <param name="End">The position behind the last line of the page.</param>
/// <param name="Size">The size of the log when the page was read.</param>
/// <param name="Generation">How often the log had begun again; a page of another generation shows another build.</param>
public sealed record FileLines(IReadOnlyList<FileLine> Lines, long? FirstLine, long? TotalLines, long End, long Size, int Generation)
{
    /// <summary>Whether nothing follows the page.</summary>
    public bool AtEnd => End >= Size;
}

/// <summary>How far a step of a search came.</summary>
/// <param name="Found">The line that was wanted; null if the step saw none.</param>
/// <param name="Next">The position to go on from.</param>
/// <param name="Ended">Whether there is nothing left in that direction.</param>
public readonly record struct LogSearchStep(FileLine? Found, long Next, bool Ended);
