using System.Collections.Frozen;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Where reading starts in existing content.</summary>
public abstract record StartAt
{
    /// <summary>At the first byte of the file itself.</summary>
    public static StartAt Beginning { get; } = new FromOffset(0);

    /// <summary>After the last byte: only new lines.</summary>
    public static StartAt End { get; } = new FromEnd();

    /// <summary>At the first byte of the oldest rotated sibling.</summary>
    public static StartAt Oldest { get; } = new FromOldest();

    /// <summary>At a byte of the file itself, which should be the first of a line.</summary>
    public static StartAt Offset(long bytes) => new FromOffset(bytes);

    /// <summary>
    /// At a byte of the file itself or of a rotated sibling; newer siblings follow. If the place is gone, the file itself is read from its
    /// beginning.
    /// </summary>
    public static StartAt Place(FileIdentity file, long offset) => new FromPosition(file, offset);

    /// <summary>The end of another reader of the source; newer files follow. Check <see cref="ReadingPosition.Holds"/> first.</summary>
    public static StartAt Place(SourcePosition place) =>
        new FromPositions(
            place.Files.ToFrozenDictionary(file => new FileIdentity(file.Device, file.Inode, file.Born), file => file.Offset)
        );

    internal sealed record FromOffset(long Bytes) : StartAt;

    internal sealed record FromEnd : StartAt;

    internal sealed record FromOldest : StartAt;

    internal sealed record FromPositions(FrozenDictionary<FileIdentity, long> Files) : StartAt;

    internal sealed record FromPosition(FileIdentity File, long Bytes) : StartAt;
}
