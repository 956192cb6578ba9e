using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

// What is remembered of the bytes, so that another file is known from this one.
internal sealed partial class Generation
{
    public ReadOnlySpan<byte> Anchor => _anchor.AsSpan(0, _anchored);

    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headed);

    /// <summary>Whether another open file holds at its beginning and before our offset the bytes that we read.</summary>
    public bool Holds(OpenFile other, FileRead read)
    {
        Span<byte> bytes = stackalloc byte[HeadLength];
        return Fill(read, other, bytes[.._headed], _headAt) == _headed && bytes[.._headed].SequenceEqual(Head)
            && Fill(read, other, bytes[.._anchored], Offset - _anchored) == _anchored && bytes[.._anchored].SequenceEqual(Anchor);
    }

    /// <summary>Whether a file that is shorter than our offset begins as ours did.</summary>
    public bool BeginsAs(OpenFile other, long size, FileRead read)
    {
        Span<byte> bytes = stackalloc byte[(int)Math.Clamp(size - _headAt, 0, _headed)];
        return bytes.Length > 0 && Fill(read, other, bytes, _headAt) == bytes.Length && bytes.SequenceEqual(Head[..bytes.Length]);
    }

    private bool HeadStands(Span<byte> buffer, FileRead read) =>
        _headed == 0 || (Fill(read, File!, buffer[.._headed], _headAt) == _headed && buffer[.._headed].SequenceEqual(Head));

    // The first bytes that say something: a hole at the beginning looks like any other.
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
