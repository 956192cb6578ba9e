using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using PackuilonMonitor.Core.Builds;
using Factories = System.Collections.Immutable.ImmutableSortedDictionary<string, PackuilonMonitor.Segments.FactoryFold>;

namespace PackuilonMonitor.Segments;

/// <summary>
/// The factories at a place of a recording as bytes: a mark, the program that wrote them, a checksum, two lengths, a time, what is known of
/// the factories besides their lines, and their folds, compressed. Another program may fold the same lines to other states, so only the one
/// that wrote them reads them.
/// </summary>
internal static class StateFormat
{
    public const int HeaderLength = 56;

    /// <summary>The checksum is before this place, and proves everything behind it.</summary>
    private const int Proved = 40;

    private const int Quality = 4;
    private const int Window = 22;

    private static ReadOnlySpan<byte> Mark => "PKS1"u8;

    /// <param name="at">When the frame arrived that follows: it tells this recording from another one with the same numbers.</param>
    public static byte[] Write(Factories factories, DateTimeOffset at)
    {
        var (facts, folds) = (new ByteWriter(), new ByteWriter());
        WriteFacts(new ArchiveWriter(facts), factories);
        WriteFolds(new ArchiveWriter(folds), factories);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(folds.Written.Length)];
        if (!BrotliEncoder.TryCompress(folds.Written, packed, out var length, Quality, Window))
            throw new InvalidOperationException("a state does not fit into its largest length");
        byte[] bytes = [.. new byte[HeaderLength], .. facts.Written, .. packed.AsSpan(0, length)];
        Mark.CopyTo(bytes);
        Program(bytes.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), facts.Written.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(44), folds.Written.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), at.UtcTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Proved - sizeof(uint)), FrameFormat.Checksum(0, bytes.AsSpan(Proved)));
        return bytes;
    }

    /// <summary>Null if the bytes are damaged, or another program wrote them.</summary>
    public static Factories? Read(byte[] bytes)
    {
        if (!IsWhole(bytes))
            return null;
        var content = new byte[BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(44))];
        return
            BrotliDecoder.TryDecompress(bytes.AsSpan(HeaderLength + FactsLength(bytes)), content, out var got)
            && got == content.Length
            ? Read(content, static archive => archive.Own<FactoryFold>(null!))?.ToImmutableSortedDictionary(StringComparer.Ordinal)
            : null;
    }

    /// <summary>What is known of the factories besides their lines; null as for the whole.</summary>
    public static IReadOnlyDictionary<string, FactoryFacts?>? ReadFacts(byte[] bytes) => IsWhole(bytes)
        ? Read(bytes[HeaderLength..(HeaderLength + FactsLength(bytes))], static archive => archive.OwnOrNull<FactoryFacts>(null))
        : null;

    /// <summary>Whether these first bytes of a state are those of this program.</summary>
    public static bool IsOwn(ReadOnlySpan<byte> head)
    {
        Span<byte> program = stackalloc byte[32];
        Program(program);
        return head.StartsWith(Mark) && head[Mark.Length..].StartsWith(program);
    }

    /// <summary>When the frame arrived that follows, by these first bytes of a state.</summary>
    public static DateTimeOffset At(ReadOnlySpan<byte> head)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(head[48..]);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength
        && IsOwn(bytes)
        && FrameFormat.Checksum(0, bytes[Proved..]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Proved - sizeof(uint))..]);

    private static int FactsLength(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadInt32LittleEndian(head[40..]);

    private static void WriteFacts(ArchiveWriter archive, Factories factories)
    {
        archive.Number(factories.Count);
        foreach (var (name, fold) in factories)
        {
            archive.Text(name);
            archive.OwnOrNull(fold.Facts);
        }
    }

    private static void WriteFolds(ArchiveWriter archive, Factories factories)
    {
        archive.Number(factories.Count);
        foreach (var (name, fold) in factories)
        {
            archive.Text(name);
            archive.Own(fold);
        }
    }

    private static Dictionary<string, T>? Read<T>(byte[] content, Func<ArchiveReader, T> read)
    {
        try
        {
            var archive = new ArchiveReader(content);
            var all = new Dictionary<string, T>(StringComparer.Ordinal);
            for (var left = archive.Number(0); left > 0; left--)
                all[archive.Text("")] = read(archive);
            return archive.IsAtEnd ? all : null;
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
