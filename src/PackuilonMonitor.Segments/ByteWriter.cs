using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PackuilonMonitor.Segments;

/// <summary>Values as bytes, small numbers in few of them.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Number(long value) => Unsigned((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Number(long? value)
    {
        Flag(value is not null);
        if (value is { } known)
            Number(known);
    }

    /// <summary>The instant to its last tick, and the offset of its display in minutes.</summary>
    public void Time(DateTimeOffset value)
    {
        Number(value.UtcTicks);
        Number((long)value.Offset.TotalMinutes);
    }

    public void Time(DateTimeOffset? value)
    {
        Flag(value is not null);
        if (value is { } known)
            Time(known);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var used = Encoding.UTF8.GetBytes(value, bytes);
        Unsigned((ulong)used);
        Bytes(bytes[..used]);
    }

    public void TextOrNull(string? value)
    {
        Flag(value is not null);
        if (value is not null)
            Text(value);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.GetSpan(bytes.Length));
        _bytes.Advance(bytes.Length);
    }

    public void Fixed(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
    }

    public void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }
}
