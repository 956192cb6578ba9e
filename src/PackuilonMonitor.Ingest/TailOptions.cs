using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Whether a line, without its line end, is kept; must not hold on to the bytes. Called once per line, with the line truncated to the
/// longest length.
/// </summary>
public delegate bool LineFilter(ReadOnlySpan<byte> line);

/// <summary>
/// The first place in lines that may be inside a kept line, or -1 if there is none; the newlines before it, or all, are counted. A NUL is
/// such a place, too.
/// </summary>
public delegate int LineSearch(ReadOnlySpan<byte> lines, out int lineEnds);

/// <summary>The longest time between two consecutive lines of these.</summary>
public delegate TimeSpan LineSilence(ReadOnlySpan<byte> lines);

/// <summary>
/// The length of the first lines of these, in bytes with their line ends, that are handed on as bytes; their number is 0 if there are none.
/// </summary>
public delegate int LineRun(ReadOnlySpan<byte> lines, out int count);

/// <summary>How the writer of a source treats its file.</summary>
public enum SourceKind
{
    /// <summary>It rotates, and one stream of lines continues across the rotations.</summary>
    Stream,

    /// <summary>It never rotates: the next build rewrites it from the first byte.</summary>
    BuildLog,
}

/// <summary>A point inside the reader's turn, for tests that must act there.</summary>
public enum TailStep
{
    /// <summary>The path was examined, nothing was opened yet.</summary>
    PathChecked,

    /// <summary>A new file was opened, its rotated siblings are not listed yet.</summary>
    Opened,

    /// <summary>The rotated siblings were listed once.</summary>
    Listed,

    /// <summary>At the start, or for a new file: the list of the rotated siblings is complete, none is open yet.</summary>
    SiblingsListed,

    /// <summary>All sizes are known, nothing was read yet.</summary>
    Measured,
}

/// <summary>How a source is read.</summary>
public sealed record TailOptions
{
    /// <summary>Whether the file rotates.</summary>
    public SourceKind Kind { get; init; } = SourceKind.Stream;

    /// <summary>Where reading starts in existing content; a file that appears later is read from its beginning.</summary>
    public StartAt Start { get; init; } = StartAt.Beginning;

    /// <summary>Which lines become text; null keeps every line.</summary>
    public LineFilter? Keep { get; init; }

    /// <summary>Finds candidates for kept lines; null checks each line.</summary>
    public LineSearch? Search { get; init; }

    /// <summary>
    /// Whether a line has a time. If the last line of a chunk has none, an earlier one is the mark. Null uses the last line.
    /// </summary>
    public LineFilter? Stamped { get; init; }

    /// <summary>Measures the silence between lines; null if nobody asks.</summary>
    public LineSilence? Silence { get; init; }

    /// <summary>Finds whole lines that need not become text; null makes text of each kept line.</summary>
    public LineRun? Runs { get; init; }

    /// <summary>How many bytes of a line are kept; the rest is counted.</summary>
    public int LongestLine { get; init; } = 64 * 1024;

    /// <summary>Bytes read in one turn, so that one file cannot starve the others.</summary>
    public int BytesPerTurn { get; init; } = 1024 * 1024;

    /// <summary>How long a file that left its path must be silent before it is closed.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long such a file is kept while its last line is unfinished.</summary>
    public TimeSpan UnfinishedPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes of one compressed sibling are read.</summary>
    public long InflateLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>How bytes are read; tests inject errors here.</summary>
    public FileRead Read { get; init; } = static (file, into, offset) => OpenFile.Read(file, into, offset);

    /// <summary>Called at points inside the reader's turn; null except in tests.</summary>
    public Action<TailStep>? Hook { get; init; }
}
