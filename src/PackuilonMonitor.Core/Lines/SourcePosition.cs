using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Lines;

/// <summary>How far one file of a source is read.</summary>
/// <param name="Device">With inode and birth the file's identity, whatever its name.</param>
/// <param name="Offset">The first byte of the first unread line.</param>
/// <param name="AnchorEnd">
/// The end of the last bytes that were read: a reader that continues here first checks whether they are still there.
/// </param>
/// <param name="AnchorLength">How many they are.</param>
/// <param name="AnchorSum">Their checksum.</param>
public sealed record FilePoint(ulong Device, ulong Inode, long Born, long Offset, long AnchorEnd, int AnchorLength, ulong AnchorSum)
{
    /// <summary>A checksum of bytes; other bytes hardly ever have the same.</summary>
    public static ulong SumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xCBF29CE484222325;
        foreach (var one in bytes)
            sum = (sum ^ one) * 0x100000001B3;
        return sum;
    }
}

/// <summary>
/// How far a source is read: its files in the order of their lines, including rotated ones that may still receive late lines.
/// </summary>
public sealed record SourcePosition(SourceId Source, ImmutableArray<FilePoint> Files);
