using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Remembered bytes of a file: its first ones, and those before the offset. Only they distinguish a file that grew from one that restarted,
/// and another file from this one.
/// </summary>
internal sealed class KnownBytes
{
    public const int AnchorLength = 256;
    private const int HeadLength = 1024;

    private readonly byte[] _anchor = new byte[AnchorLength];
    private readonly byte[] _head = new byte[HeadLength];
    private int _anchored;
    private int _headed;
    private long _headAt;

    /// <summary>The bytes before the offset.</summary>
    public ReadOnlySpan<byte> Anchor => _anchor.AsSpan(0, _anchored);

    private ReadOnlySpan<byte> Head => _head.AsSpan(0, _headed);

    /// <summary>Remembers the bytes of a file that is read from an offset.</summary>
    public void Load(OpenFile file, long offset, FileRead read)
    {
        _anchored = Generation.Peek(
            read,
            file,
            _anchor.AsSpan(0, (int)Math.Min(AnchorLength, offset)),
            offset - Math.Min(AnchorLength, offset)
        );
        var from = Math.Max(0, Native.Seek(file.Handle, 0, Native.SeekData));
        Span<byte> page = stackalloc byte[(int)Math.Clamp(offset - from, 0, 4 * HeadLength)];
        TakeHead(page[..Generation.Peek(read, file, page, from)], from);
    }

    /// <summary>Whether an open file has these bytes at its beginning and before the offset; not if they could not be read.</summary>
    public bool AreIn(OpenFile other, long offset, FileRead read)
    {
        if (offset > 0 && _anchored == 0)
            return false;
        Span<byte> bytes = stackalloc byte[HeadLength];
        return Has(other, bytes[.._headed], _headAt, Head, read) && Has(other, bytes[.._anchored], offset - _anchored, Anchor, read);
    }

    /// <summary>Whether a file of that size, shorter than the offset, begins like this one.</summary>
    public bool BeginAlike(OpenFile other, long size, FileRead read)
    {
        Span<byte> bytes = stackalloc byte[(int)Math.Clamp(size - _headAt, 0, _headed)];
        return bytes.Length > 0 && Has(other, bytes, _headAt, Head[..bytes.Length], read);
    }

    /// <summary>Whether a text begins like this one; not if nothing is remembered, or only what follows a hole.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It cannot be decompressed.</exception>
    public bool BeginIn(Stream text)
    {
        if (_headed == 0 || _headAt > 0)
            return false;
        Span<byte> bytes = stackalloc byte[_headed];
        return text.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && bytes.SequenceEqual(Head);
    }

    private static bool Has(OpenFile file, Span<byte> bytes, long offset, ReadOnlySpan<byte> these, FileRead read) =>
        Generation.Peek(read, file, bytes, offset) == bytes.Length && bytes.SequenceEqual(these);

    /// <summary>Whether the file still begins like this.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool HeadIsIn(OpenFile file, Span<byte> buffer, FileRead read) =>
        Generation.Fill(read, file, buffer[.._headed], _headAt) == _headed && buffer[.._headed].SequenceEqual(Head);

    /// <summary>Takes the bytes of one read: the anchor, which was read again, and the bytes after it.</summary>
    /// <param name="offset">The offset of the first byte after the anchor.</param>
    public void Take(ReadOnlySpan<byte> anchorAndChunk, long offset)
    {
        TakeHead(anchorAndChunk[_anchored..], offset);
        var last = anchorAndChunk[^Math.Min(AnchorLength, anchorAndChunk.Length)..];
        last.CopyTo(_anchor);
        _anchored = last.Length;
    }

    /// <summary>A skipped hole, which reads as zeros.</summary>
    public void TakeHole()
    {
        _anchor.AsSpan().Clear();
        _anchored = AnchorLength;
    }

    /// <summary>The file restarts.</summary>
    public void Clear() => (_anchored, _headed, _headAt) = (0, 0, 0);

    // The first significant bytes: a hole at the beginning looks like any other.
    private void TakeHead(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_headed == 0 && bytes.IndexOfAnyExcept((byte)0) is >= 0 and var first)
        {
            bytes = bytes[first..];
            _headAt = offset += first;
        }

        if (bytes.IsEmpty || offset != _headAt + _headed || bytes[0] == 0)
            return;

        bytes = bytes[..Math.Min(HeadLength - _headed, bytes.Length)];
        bytes.CopyTo(_head.AsSpan(_headed));
        _headed += bytes.Length;
    }
}
