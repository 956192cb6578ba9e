using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Segments;

/// <summary>
/// The factories at a place of a recording as bytes: a mark, the program that wrote them, their length, a checksum, and what passed through
/// an archive, compressed. Another program may fold the same lines to other states, so only the one that wrote them reads them.
/// </summary>
internal static class StateFormat
{
    public const int HeaderLength = 44;

    /// <summary>No state is longer; a greater length is damage.</summary>
    private const int Longest = 256 * 1024 * 1024;

    private const int Quality = 4;
    private const int Window = 22;

    private static ReadOnlySpan<byte> Mark => "PKS1"u8;

    public static byte[] Write(ImmutableSortedDictionary<string, FactoryFold> factories)
    {
        var content = new ByteWriter();
        var archive = new ArchiveWriter(content);
        archive.Number(factories.Count);
        foreach (var (name, fold) in factories)
        {
            archive.Text(name);
            archive.Own(fold);
        }

        var bytes = new byte[HeaderLength + BrotliEncoder.GetMaxCompressedLength(content.Written.Length)];
        if (!BrotliEncoder.TryCompress(content.Written, bytes.AsSpan(HeaderLength), out var packed, Quality, Window))
            throw new InvalidOperationException("a state does not fit into its largest length");
        var head = bytes.AsSpan(0, HeaderLength);
        Mark.CopyTo(head);
        Program(head[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[36..], content.Written.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[40..], FrameFormat.Checksum(packed, bytes.AsSpan(HeaderLength, packed)));
        return bytes[..(HeaderLength + packed)];
    }

    /// <summary>Null if the bytes are damaged, or another program wrote them.</summary>
    public static ImmutableSortedDictionary<string, FactoryFold>? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || !IsOwn(bytes))
            return null;
        var packed = bytes[HeaderLength..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        if (length is < 0 or > Longest || BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]) != FrameFormat.Checksum(packed.Length, packed))
            return null;
        var content = new byte[length];
        return BrotliDecoder.TryDecompress(packed, content, out var got) && got == length ? Read(content) : null;
    }

    /// <summary>Whether these first bytes of a state are those of this program.</summary>
    public static bool IsOwn(ReadOnlySpan<byte> head)
    {
        Span<byte> program = stackalloc byte[32];
        Program(program);
        return head.StartsWith(Mark) && head[Mark.Length..].StartsWith(program);
    }

    private static ImmutableSortedDictionary<string, FactoryFold>? Read(byte[] content)
    {
        try
        {
            var archive = new ArchiveReader(content);
            var factories = ImmutableSortedDictionary.CreateBuilder<string, FactoryFold>(StringComparer.Ordinal);
            for (var left = archive.Number(0); left > 0; left--)
                factories.Add(archive.Text(""), archive.Own<FactoryFold>(null!));
            return archive.IsAtEnd ? factories.ToImmutable() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The code that folds and the code that writes.</summary>
    private static void Program(Span<byte> into)
    {
        typeof(MonitorState).Module.ModuleVersionId.TryWriteBytes(into);
        typeof(StateFormat).Module.ModuleVersionId.TryWriteBytes(into[16..]);
    }
}
