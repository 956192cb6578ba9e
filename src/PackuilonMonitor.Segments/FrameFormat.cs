using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Segments;

/// <summary>A frame as bytes: a mark, its length, its number, a checksum over everything that follows, and its content.</summary>
internal static class FrameFormat
{
    public const int HeaderLength = 20;

    private const uint Mark = 0x31464B50; // "PKF1"

    public static byte[] Write(Frame frame)
    {
        var content = new ByteWriter();
        content.Text(frame.Factory);
        content.Flag(frame.Facts is not null);
        if (frame.Facts is { } facts)
            Write(content, facts);
        Texts(content, frame.Alerts);
        content.Unsigned((ulong)frame.Places.Length);
        foreach (var place in frame.Places)
            Write(content, place);
        content.Unsigned((ulong)frame.Batches.Length);
        foreach (var batch in frame.Batches)
        {
            content.Time(batch.At);
            content.Unsigned((ulong)batch.Entries.Length);
            foreach (var entry in batch.Entries)
                EntryFormat.Write(content, entry);
        }

        var whole = new ByteWriter();
        whole.Fixed(Mark);
        whole.Fixed((uint)content.Written.Length);
        whole.Fixed(frame.Number);
        whole.Fixed(Checksum(frame.Number, content.Written));
        whole.Bytes(content.Written);
        return whole.Written.ToArray();
    }

    /// <summary>
    /// The first complete frame at or after a place, and where the next begins; false if there is none. Bytes before it are damaged and
    /// count as absent.
    /// </summary>
    /// <param name="areIntact">Another checksum has shown that the bytes are as they were written.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int from, bool areIntact, [NotNullWhen(true)] out Frame? frame, out int next)
    {
        for (next = from; TryFind(bytes, next, areIntact, out var number, out var content, out next);)
        {
            frame = Read(number, bytes[content]);
            if (frame is not null)
                return true;
        }

        frame = null;
        return false;
    }

    /// <summary>The same of intact bytes, but what the frame says of its factory alone; its entries are not read.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, int from, out (string Factory, FactoryFacts? Facts) head, out int next)
    {
        for (next = from; TryFind(bytes, next, areIntact: true, out _, out var content, out next);)
        {
            try
            {
                var reader = new ByteReader(bytes[content]);
                head = Head(ref reader);
                return true;
            }
            catch (InvalidDataException)
            {
                // See Read.
            }
        }

        head = default;
        return false;
    }

    /// <summary>A checksum of bytes and a number.</summary>
    public static uint Checksum(long number, ReadOnlySpan<byte> bytes)
    {
        Span<byte> first = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(first, number);
        return ~Crc32C.Add(Crc32C.Add(uint.MaxValue, first), bytes);
    }

    private static ReadOnlySpan<byte> MarkBytes => "PKF1"u8;

    /// <summary>The first place from another one on that has a mark, a length and the right checksum.</summary>
    private static bool TryFind(
        ReadOnlySpan<byte> bytes,
        int from,
        bool areIntact,
        out long number,
        out Range content,
        out int next
    )
    {
        for (var at = from; at + HeaderLength <= bytes.Length; at++)
        {
            var found = bytes[at..].IndexOf(MarkBytes);
            if (found < 0 || (at += found) + HeaderLength > bytes.Length)
                break;
            var head = bytes.Slice(at, HeaderLength);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            number = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
            var start = at + HeaderLength;
            if (length > bytes.Length - start)
                continue;
            next = start + (int)length;
            content = start..next;
            if (areIntact || BinaryPrimitives.ReadUInt32LittleEndian(head[16..]) == Checksum(number, bytes[content]))
                return true;
        }

        (number, content, next) = (0, default, bytes.Length);
        return false;
    }

    private static Frame? Read(long number, ReadOnlySpan<byte> content)
    {
        try
        {
            return Read(number, new ByteReader(content));
        }
        catch (InvalidDataException)
        {
            // Complete, but not a frame: a newer version or another program wrote it.
            return null;
        }
    }

    private static Frame? Read(long number, ByteReader from)
    {
        var (factory, facts) = Head(ref from);
        var alerts = ImmutableArray.CreateBuilder<string>(from.Count());
        while (alerts.Count < alerts.Capacity)
            alerts.Add(from.Text());
        var places = ImmutableArray.CreateBuilder<SourcePosition>(from.Count());
        while (places.Count < places.Capacity)
            places.Add(Place(ref from));
        var batches = ImmutableArray.CreateBuilder<Batch>(from.Count());
        while (batches.Count < batches.Capacity)
        {
            var at = from.Time();
            var entries = ImmutableArray.CreateBuilder<Entry>(from.Count());
            while (entries.Count < entries.Capacity)
                entries.Add(EntryFormat.Read(ref from));
            batches.Add(new Batch(at, entries.MoveToImmutable()));
        }

        return batches.Count == 0 || !from.IsAtEnd
            ? null
            : new Frame(number, factory, batches.MoveToImmutable())
            {
                Facts = facts,
                Alerts = alerts.MoveToImmutable(),
                Places = places.MoveToImmutable(),
            };
    }

    private static (string Factory, FactoryFacts? Facts) Head(ref ByteReader from) =>
        (from.Text(), from.Flag() ? new FactoryFacts(from.TextOrNull(), (int?)from.NumberOrNull(), from.Text(), from.Text()) : null);

    private static void Write(ByteWriter into, FactoryFacts facts)
    {
        into.TextOrNull(facts.ProfileMatch);
        into.Number((long?)facts.Threads);
        into.Text(facts.Zone);
        into.Text(facts.LogDirectory);
    }

    private static void Texts(ByteWriter into, ImmutableArray<string> texts)
    {
        into.Unsigned((ulong)texts.Length);
        foreach (var text in texts)
            into.Text(text);
    }

    private static void Write(ByteWriter into, SourcePosition place)
    {
        into.Text(place.Source.Path);
        into.Unsigned((ulong)place.Files.Length);
        foreach (var file in place.Files)
        {
            into.Unsigned(file.Device);
            into.Unsigned(file.Inode);
            into.Number(file.Born);
            into.Number(file.Offset);
            into.Number(file.AnchorEnd);
            into.Number((long)file.AnchorLength);
            into.Unsigned(file.AnchorSum);
        }
    }

    private static SourcePosition Place(ref ByteReader from)
    {
        var source = new SourceId(from.Text());
        var files = ImmutableArray.CreateBuilder<FilePoint>(from.Count());
        while (files.Count < files.Capacity)
        {
            files.Add(
                new FilePoint(
                    from.Unsigned(),
                    from.Unsigned(),
                    from.Number(),
                    from.Number(),
                    from.Number(),
                    (int)from.Number(),
                    from.Unsigned()
                )
            );
        }

        return new SourcePosition(source, files.MoveToImmutable());
    }
}
