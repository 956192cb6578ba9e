using System.Buffers.Binary;
using System.IO.Compression;

namespace PackuilonMonitor.Segments;

/// <summary>A compressed part of a day. Its header describes its content, so the headers of a day are its index.</summary>
/// <param name="Offset">Where its content begins in the file.</param>
/// <param name="Packed">The compressed length.</param>
/// <param name="Length">The uncompressed length.</param>
/// <param name="First">The number of its first frame.</param>
/// <param name="Last">The number of its last frame.</param>
/// <param name="From">When its first frame arrived, in ticks of UTC.</param>
/// <param name="Until">When its last frame arrived.</param>
/// <param name="Checksum">Of the compressed content.</param>
internal readonly record struct Block(long Offset, int Packed, int Length, long First, long Last, long From, long Until, uint Checksum)
{
    public const int HeaderLength = 52;

    /// <summary>No block is longer; a greater length is damage.</summary>
    private const int Longest = 256 * 1024 * 1024;

    private const int Quality = 5;
    private const int Window = 22;

    private static ReadOnlySpan<byte> Mark => "PKB1"u8;

    /// <summary>Frames as one block with its header.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> frames, long first, long last, long from, long until)
    {
        var block = new byte[HeaderLength + BrotliEncoder.GetMaxCompressedLength(frames.Length)];
        if (!BrotliEncoder.TryCompress(frames, block.AsSpan(HeaderLength), out var packed, Quality, Window))
            throw new InvalidOperationException("a block does not fit into its largest length");
        var head = block.AsSpan(0, HeaderLength);
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], packed);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], frames.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head[12..], first);
        BinaryPrimitives.WriteInt64LittleEndian(head[20..], last);
        BinaryPrimitives.WriteInt64LittleEndian(head[28..], from);
        BinaryPrimitives.WriteInt64LittleEndian(head[36..], until);
        BinaryPrimitives.WriteUInt32LittleEndian(head[44..], FrameFormat.Checksum(first, block.AsSpan(HeaderLength, packed)));
        BinaryPrimitives.WriteUInt32LittleEndian(head[48..], FrameFormat.Checksum(0, head[..48]));
        return block[..(HeaderLength + packed)];
    }

    /// <summary>The blocks of a day's file; damaged ones are skipped.</summary>
    public static IEnumerable<Block> In(FileStream file)
    {
        var head = new byte[HeaderLength];
        for (var at = 0L; ReadWhole(file, at, head);)
        {
            if (Of(head, at) is { } block && block.Offset + block.Packed <= file.Length)
            {
                yield return block;
                at = block.Offset + block.Packed;
            }
            else if (NextMark(file, at + 1) is { } next)
            {
                at = next;
            }
            else
            {
                yield break;
            }
        }
    }

    /// <summary>Its frames, decompressed; null if they are damaged.</summary>
    public byte[]? Read(FileStream file)
    {
        var packed = new byte[Packed];
        var frames = new byte[Length];
        return
            ReadWhole(file, Offset, packed)
            && FrameFormat.Checksum(First, packed) == Checksum
            && BrotliDecoder.TryDecompress(packed, frames, out var got)
            && got == Length
            ? frames
            : null;
    }

    private static Block? Of(ReadOnlySpan<byte> head, long at)
    {
        if (!head.StartsWith(Mark) || BinaryPrimitives.ReadUInt32LittleEndian(head[48..]) != FrameFormat.Checksum(0, head[..48]))
            return null;
        var (packed, length) = (BinaryPrimitives.ReadInt32LittleEndian(head[4..]), BinaryPrimitives.ReadInt32LittleEndian(head[8..]));
        if (packed < 0 || length is < 0 or > Longest)
            return null;
        return new Block(
            at + HeaderLength,
            packed,
            length,
            BinaryPrimitives.ReadInt64LittleEndian(head[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[28..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[36..]),
            BinaryPrimitives.ReadUInt32LittleEndian(head[44..])
        );
    }

    private static long? NextMark(FileStream file, long from)
    {
        var bytes = new byte[64 * 1024];
        for (var at = from; ;)
        {
            file.Position = at;
            var got = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (got < Mark.Length)
                return null;
            if (bytes.AsSpan(0, got).IndexOf(Mark) is >= 0 and var found)
                return at + found;
            at += got - Mark.Length + 1;
        }
    }

    private static bool ReadWhole(FileStream file, long at, Span<byte> into)
    {
        file.Position = at;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }
}
