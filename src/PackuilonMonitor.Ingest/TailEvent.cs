using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>What one look at a source brought, in file order. Every case is in this file.</summary>
public abstract record TailEvent(SourceId Source);

/// <summary>
/// A complete line that the filter keeps. In a rotated file the source is still the one that was rotated, the offset that of the file it
/// was read from.
/// </summary>
public sealed record LineRead(LogLine Line) : TailEvent(Line.Source);

/// <summary>A line that names one of our programs, and is not its own as far as the source can tell.</summary>
public sealed record LineDistrusted(LogLine Line, string Why) : TailEvent(Line.Source);

/// <summary>A line that the filter rejects but that is the first or the last of its chunk: at most two a chunk, for their stamps.</summary>
public sealed record MarkRead(LogLine Line) : TailEvent(Line.Source);

/// <summary>So many complete lines were seen, kept or not, since the last of these events of the source.</summary>
public sealed record ChunkRead(SourceId Source, long Lines) : TailEvent(Source)
{
    /// <summary>NUL bytes dropped on the way: holes that a truncation left, or two writers in one file.</summary>
    public long Nuls { get; init; }

    /// <summary>The longest time between two of the lines, as the reader was told to measure it.</summary>
    public TimeSpan Silence { get; init; }
}

/// <summary>The state of the source is another than before.</summary>
public sealed record SourceChanged(SourceHealth Health) : TailEvent(Health.Source);

/// <summary>A file that does not rotate began again from its first byte; generation 0 is the one first read.</summary>
public sealed record SourceRestarted(SourceId Source, int Generation) : TailEvent(Source);

/// <summary>Lines may be missing at this place: so many bytes at least, 0 where the number cannot be known.</summary>
public sealed record LinesMissing(SourceId Source, long Bytes, string Why) : TailEvent(Source)
{
    /// <summary>They are there, in a rotated file that cannot be read, or not to its end; the reason names it.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>A rotating source got a new file, or a new beginning.</summary>
public sealed record SourceRotated(SourceId Source, Rotation How) : TailEvent(Source);

/// <summary>How a source was rotated.</summary>
public enum Rotation
{
    /// <summary>Another file stands at the path: renamed and created, deleted and created, or a link that points elsewhere.</summary>
    Replaced,

    /// <summary>The file was copied and truncated, or only truncated.</summary>
    Truncated,
}
