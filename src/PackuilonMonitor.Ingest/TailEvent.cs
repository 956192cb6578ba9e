using System.Buffers;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>An event of one poll of a source, in file order. Every case is in this file.</summary>
public abstract record TailEvent(SourceId Source);

/// <summary>
/// A complete line that the filter keeps. In a rotated file the source is the original one, and the offset is that in the file that was
/// read.
/// </summary>
public sealed record LineRead(LogLine Line) : TailEvent(Line.Source);

/// <summary>Complete lines that were not made text. Their bytes are in a shared array, until <see cref="Release"/>.</summary>
public sealed record RunRead : TailEvent
{
    private readonly int _length;
    private byte[] _bytes;

    /// <param name="bytes">Whole lines with their line ends; copied.</param>
    public RunRead(SourceId source, ReadOnlySpan<byte> bytes, int lines) : base(source)
    {
        (_bytes, _length, Lines) = (ArrayPool<byte>.Shared.Rent(bytes.Length), bytes.Length, lines);
        bytes.CopyTo(_bytes);
    }

    public int Lines { get; }

    /// <summary>The lines with their line ends; nothing after the release.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Math.Min(_length, _bytes.Length));

    /// <summary>Whoever has used the bytes lets others use the array; the collector takes that of an event that nobody used.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}

/// <summary>A line that names one of our programs, but that, as far as the source knows, another program wrote.</summary>
public sealed record LineDistrusted(LogLine Line, string Why) : TailEvent(Line.Source);

/// <summary>
/// A line that the filter rejects but that is the first or the last of its chunk: at most two per chunk, for their stamps.
/// </summary>
public sealed record MarkRead(LogLine Line) : TailEvent(Line.Source);

/// <summary>The number of complete lines, kept or not, since the last such event of the source.</summary>
public sealed record ChunkRead(SourceId Source, long Lines) : TailEvent(Source)
{
    /// <summary>NUL bytes that were dropped: holes after a truncation, or two writers in one file.</summary>
    public long Nuls { get; init; }

    /// <summary>Some of them follow each other without a gap, too many for the output of a program.</summary>
    public bool HasHole { get; init; }

    /// <summary>The longest time between two of the lines, if the reader measures it.</summary>
    public TimeSpan Silence { get; init; }
}

/// <summary>What another process has read of a source of another host since its last report.</summary>
public sealed record SourceReported(SourceId Source, SourceRead Read) : TailEvent(Source);

/// <summary>Whoever sends the lines of the source lives.</summary>
/// <param name="SentAt">By the clock there.</param>
public sealed record HeartbeatRead(SourceId Source, DateTimeOffset SentAt) : TailEvent(Source);

/// <summary>The digest of a build log that is read elsewhere.</summary>
public sealed record LogReported(SourceId Source, BuildLogRead Read) : TailEvent(Source);

/// <summary>The state of the source changed.</summary>
public sealed record SourceChanged(SourceHealth Health) : TailEvent(Health.Source);

/// <summary>A file that does not rotate restarted from its first byte; generation 0 is the first one read.</summary>
public sealed record SourceRestarted(SourceId Source, int Generation) : TailEvent(Source);

/// <summary>Lines may be missing at this place: at least this many bytes, 0 if the number is unknown.</summary>
public sealed record LinesMissing(SourceId Source, long Bytes, string Why) : TailEvent(Source)
{
    /// <summary>They exist, in a rotated file that cannot be read, or not to its end; the reason names it.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>A rotating source has a new file, or a new beginning.</summary>
public sealed record SourceRotated(SourceId Source, Rotation How) : TailEvent(Source);

/// <summary>How a source was rotated.</summary>
public enum Rotation
{
    /// <summary>Another file is at the path: renamed and created, deleted and created, or a link with another target.</summary>
    Replaced,

    /// <summary>The file was copied and truncated, or only truncated.</summary>
    Truncated,
}
