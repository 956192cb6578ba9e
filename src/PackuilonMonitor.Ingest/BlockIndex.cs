using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>The number of newlines before each block of a file: 8 bytes per block suffice to find any line by reading one block.</summary>
internal sealed class BlockIndex
{
    public const int BlockLength = 256 * 1024;

    private readonly List<long> _before = [0];
    private bool _endsLine = true;

    /// <summary>The number of bytes counted so far.</summary>
    public long Counted { get; private set; }

    private long Newlines { get; set; }

    /// <summary>The number of lines in the counted bytes; a last one without a newline counts.</summary>
    public long Lines => Newlines + (_endsLine ? 0 : 1);

    /// <summary>Counts up to the size, or this many more bytes. Returns whether bytes are left.</summary>
    public bool Count(OpenFile file, long size, long bytes, byte[] buffer)
    {
        for (var until = Math.Min(size, Counted + bytes); Counted < until;)
        {
            var inBlock = (int)(Counted % BlockLength);
            var want = (int)Math.Min(BlockLength - inBlock, size - Counted);
            var got = OpenFile.Read(file.Handle, buffer.AsSpan(0, want), Counted);
            if (got == 0)
                return false;

            Newlines += buffer.AsSpan(0, got).Count((byte)'\n');
            _endsLine = buffer[got - 1] == (byte)'\n';
            Counted += got;
            if (Counted % BlockLength == 0)
                _before.Add(Newlines);
        }

        return Counted < size;
    }

    /// <summary>The offset of a line, counted from 0; null if it is not counted yet.</summary>
    public long? OffsetOf(long line, OpenFile file, byte[] buffer)
    {
        if (line <= 0)
            return 0;
        if (line > Newlines)
            return null;

        // The block with the newline before the line.
        var (low, high) = (0, _before.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _before[middle] < line ? (middle, high) : (low, middle - 1);
        }

        var start = (long)low * BlockLength;
        var bytes = buffer.AsSpan(0, Generation.Fill(OpenFile.Read, file, buffer.AsSpan(0, BlockLength), start));
        var at = 0;
        for (var left = line - _before[low]; left > 0; left--)
        {
            if (bytes[at..].IndexOf((byte)'\n') is not (>= 0 and var end))
                return null;
            at += end + 1;
        }

        return start + at;
    }

    /// <summary>The number of the line that begins at an offset; null if it is not counted yet.</summary>
    public long? LineAt(long offset, OpenFile file, byte[] buffer)
    {
        if (offset > Counted)
            return null;

        var block = (int)(offset / BlockLength);
        var start = (long)block * BlockLength;
        var got = Generation.Fill(OpenFile.Read, file, buffer.AsSpan(0, (int)(offset - start)), start);
        return _before[block] + buffer.AsSpan(0, got).Count((byte)'\n');
    }
}
