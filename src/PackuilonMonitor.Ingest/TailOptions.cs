using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Whether a line, without its line end, is wanted; must not keep the bytes. A line is asked about once, cut to the longest line.
/// </summary>
public delegate bool LineFilter(ReadOnlySpan<byte> line);

/// <summary>
/// The first place in lines that may lie in a wanted one, or -1 if none does; the line ends before it, or all, are counted.
/// A byte that is NUL is such a place, too.
/// </summary>
public delegate int LineSearch(ReadOnlySpan<byte> lines, out int lineEnds);

/// <summary>The longest time between two neighbouring lines of these.</summary>
public delegate TimeSpan LineSilence(ReadOnlySpan<byte> lines);

/// <summary>How the writer of a source treats its file.</summary>
public enum SourceKind
{
    /// <summary>It rotates, and one stream of lines goes on across the rotations.</summary>
    Stream,

    /// <summary>It never rotates: the first byte is rewritten when another build begins.</summary>
    BuildLog,
}

/// <summary>A point inside the reader's turn, for tests that must act there.</summary>
public enum TailStep
{
    /// <summary>The path was looked at, nothing was opened yet.</summary>
    Looked,

    /// <summary>A new file was opened, its rotated siblings are not listed yet.</summary>
    Opened,

    /// <summary>The rotated siblings were listed once.</summary>
    Listed,

    /// <summary>All sizes are known, nothing was read yet.</summary>
    Measured,
}

/// <summary>How a source is read.</summary>
public sealed record TailOptions
{
    /// <summary>Whether the file rotates.</summary>
    public SourceKind Kind { get; init; } = SourceKind.Stream;

    /// <summary>Where reading begins in what is already there; a file that appears later is read whole.</summary>
    public StartAt Start { get; init; } = StartAt.Beginning;

    /// <summary>Which lines become text; null keeps every line.</summary>
    public LineFilter? Keep { get; init; }

    /// <summary>Where to look for lines that may be kept; null looks at each.</summary>
    public LineSearch? Search { get; init; }

    /// <summary>
    /// Whether a line bears a time; where the last of a chunk does not, the one before it is the mark. Null takes the last as it is.
    /// </summary>
    public LineFilter? Stamped { get; init; }

    /// <summary>How long a source is silent between its lines; null where nobody asks.</summary>
    public LineSilence? Silence { get; init; }

    /// <summary>Bytes of a line that are kept; the rest is counted.</summary>
    public int LongestLine { get; init; } = 64 * 1024;

    /// <summary>Bytes read in one turn, so that one file cannot starve the others.</summary>
    public int BytesPerTurn { get; init; } = 1024 * 1024;

    /// <summary>How long a file that left its path must be silent before it is let go.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long such a file is kept while its last line is unfinished.</summary>
    public TimeSpan UnfinishedPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that are taken from one compressed sibling.</summary>
    public long InflateLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>How bytes are read; tests put errors here.</summary>
    public FileRead Read { get; init; } = static (file, into, offset) => OpenFile.Read(file, into, offset);

    /// <summary>Told where in its turn the reader is; null but in tests.</summary>
    public Action<TailStep>? Hook { get; init; }
}
