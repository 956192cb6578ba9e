using System.Collections.Immutable;
using System.Text;

namespace PackuilonMonitor.Segments;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <remarks>Other bytes throw an <see cref="InvalidDataException"/>.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    /// <summary>The number of bytes that were not read yet.</summary>
    public readonly int Left => _left.Length;

    public byte Byte() => Bytes(1)[0];

    public bool Flag() => Byte() != 0;

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number that does not end");
    }

    /// <summary>A length, or a number of elements that take at least a byte each.</summary>
    public int Count()
    {
        var count = Unsigned();
        return count <= (ulong)_left.Length ? (int)count : throw new InvalidDataException("longer than all there is");
    }

    public long Number()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long? NumberOrNull() => Flag() ? Number() : null;

    public DateTimeOffset Time()
    {
        var (ticks, minutes) = (Number(), Number());
        return TimeOf(ticks, minutes);
    }

    /// <summary>The instant of these ticks of UTC, with an offset of so many minutes.</summary>
    public static DateTimeOffset TimeOf(long ticks, long minutes)
    {
        try
        {
            return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(minutes));
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new InvalidDataException("no time", error);
        }
    }

    public DateTimeOffset? TimeOrNull() => Flag() ? Time() : null;

    public string Text() => Encoding.UTF8.GetString(Bytes(Count()));

    public string? TextOrNull() => Flag() ? Text() : null;

    public ImmutableArray<string> Texts()
    {
        var texts = ImmutableArray.CreateBuilder<string>(Count());
        while (texts.Count < texts.Capacity)
            texts.Add(Text());
        return texts.MoveToImmutable();
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _left.Length)
            throw new InvalidDataException("cut off");
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
