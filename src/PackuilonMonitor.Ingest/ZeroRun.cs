namespace PackuilonMonitor.Ingest;

/// <summary>
/// Finds holes in a file: runs of zero bytes, as a writer leaves them that does not append. A provisioner may print a zero byte or two.
/// </summary>
internal sealed class ZeroRun
{
    private const int ShortestHole = 16;
    private static readonly byte[] Hole = new byte[ShortestHole];

    private long _length;

    /// <summary>Takes the bytes that follow those of the last call. Returns whether a hole is in them, or ends in them.</summary>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyExcept((byte)0);
        if (first < 0)
            return Skip(bytes.Length);
        var isEnd = Skip(first);
        _length = bytes.Length - 1 - bytes.LastIndexOfAnyExcept((byte)0);
        return isEnd || bytes.IndexOf(Hole) >= 0;
    }

    /// <summary>The same of zero bytes that were not read.</summary>
    public bool Skip(long zeros) => zeros > 0 && (_length += zeros) >= ShortestHole;

    /// <summary>Bytes without a zero follow.</summary>
    public void End() => _length = 0;
}
