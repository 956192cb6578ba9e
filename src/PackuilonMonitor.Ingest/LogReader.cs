using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Pages of one log, however large: its end at once, line numbers when the index has come so far. It has no thread; the caller steps it,
/// one call at a time.
/// </summary>
public sealed class LogReader : IDisposable
{
    // A line may have no end: a page stops there rather than read a gigabyte.
    private const int PageBytes = 16 * 1024 * 1024;
    private const int Remembered = 256;

    private readonly FileLocation _place;
    private readonly byte[] _buffer = new byte[BlockIndex.BlockLength];
    private readonly byte[] _head = new byte[Remembered];
    private readonly byte[] _last = new byte[Remembered];
    private BlockIndex _index = new();
    private OpenFile? _file;
    private int _headed;
    private int _lasted;

    public LogReader(FileLocation place)
    {
        _place = place;
        Try(static _ => true, false);
    }

    /// <summary>The size at the last call.</summary>
    public long Size { get; private set; }

    /// <summary>How often the log restarted since it was opened: truncated, or replaced by another file.</summary>
    public int Generation { get; private set; }

    /// <summary>Why nothing, or nothing newer, can be read; null if it can.</summary>
    public string? Why { get; private set; }

    /// <summary>The number of lines; null while the index is incomplete.</summary>
    public long? TotalLines => _index.Counted >= Size ? _index.Lines : null;

    /// <summary>The number of lines counted so far.</summary>
    public long IndexedLines => _index.Lines;

    /// <summary>Examines the file and counts this many bytes. Returns whether there is more to count.</summary>
    public bool Step(long bytes = 4 * 1024 * 1024) => Try(file => _index.Count(file, Size, bytes, _buffer), false);

    /// <summary>Lines from a number on, from 0; counts as far as necessary, at some gigabytes a second.</summary>
    public FileLines Page(long firstLine, int count) => Try(
        file =>
        {
            while (_index.Lines <= firstLine && _index.Count(file, Size, BlockIndex.BlockLength * 16, _buffer))
            {
            }

            return _index.OffsetOf(firstLine, file, _buffer) is { } offset ? Read(file, offset, Size, count) : Read(file, Size, Size, 0);
        },
        Nothing);

    /// <summary>The last lines of the log.</summary>
    public FileLines PageAtEnd(int count) => Try(file => Read(file, Back(file, Size, count), Size, count), Nothing);

    /// <summary>Lines from the beginning of a line on.</summary>
    public FileLines PageFrom(long offset, int count) => Try(file => Read(file, Math.Min(offset, Size), Size, count), Nothing);

    /// <summary>Lines before the beginning of a line.</summary>
    public FileLines PageBefore(long offset, int count) =>
        Try(file => Read(file, Back(file, Math.Min(offset, Size), count), Math.Min(offset, Size), count), Nothing);

    /// <summary>
    /// Searches for a line, forwards or backwards from the beginning of one; reads at most this many bytes, but at least a megabyte.
    /// </summary>
    public LogSearchStep Search(long from, bool forward, Func<string, bool> wanted, int bytes = 4 * 1024 * 1024) =>
        Try(
            file =>
                forward
                    ? Forward(file, Math.Min(from, Size), wanted, Math.Max(bytes, 1 << 20))
                    : Backward(file, Math.Min(from, Size), wanted, Math.Max(bytes, 1 << 20)),
            new LogSearchStep(null, from, true)
        );

    public void Dispose() => _file?.Dispose();

    private FileLines Nothing => new([], null, null, Size, Size, Generation);

    private T Try<T>(Func<OpenFile, T> read, T otherwise)
    {
        try
        {
            Refresh();
            return _file is null ? otherwise : read(_file);
        }
        catch (IOException error)
        {
            Why = OpenFile.WhyNot(error.HResult);
            return otherwise;
        }
    }

    private void Refresh()
    {
        var stat = _place.Stat();
        if (_file is null || (stat.Found && stat.Status.Identity != _file.Identity))
            Open();
        else
            Why = stat.Found ? null : OpenFile.WhyNot(stat.Error);
        if (_file is null)
            return;

        var now = _file.Stat();
        if (!now.Found)
        {
            Why = OpenFile.WhyNot(now.Error);
            return;
        }

        var size = now.Status.Size;
        if (size < Size || !Stands(_file))
            Restart();
        if (size != Size || _headed == 0)
            Remember(_file, size);
    }

    private void Open()
    {
        var opening = _place.Open();
        Why = opening.Why;
        if (opening.File is not { } file)
            return;
        if (_file is not null)
            Restart();
        _file?.Dispose();
        _file = file;
    }

    private void Restart()
    {
        Generation++;
        (_index, Size, _headed, _lasted) = (new BlockIndex(), 0, 0, 0);
    }

    private bool Stands(OpenFile file) =>
        Same(file, _head.AsSpan(0, _headed), 0) && Same(file, _last.AsSpan(0, _lasted), Size - _lasted);

    private static bool Same(OpenFile file, ReadOnlySpan<byte> expected, long offset)
    {
        Span<byte> found = stackalloc byte[Remembered];
        found = found[..expected.Length];
        return Ingest.Generation.Fill(OpenFile.Read, file, found, offset) == found.Length && found.SequenceEqual(expected);
    }

    private void Remember(OpenFile file, long size)
    {
        _headed = Ingest.Generation.Fill(OpenFile.Read, file, _head.AsSpan(0, (int)Math.Min(Remembered, size)), 0);
        _lasted = Ingest.Generation.Fill(
            OpenFile.Read,
            file,
            _last.AsSpan(0, (int)Math.Min(Remembered, size)),
            size - Math.Min(Remembered, size)
        );
        Size = size;
    }

    private FileLines Read(OpenFile file, long from, long until, int count)
    {
        var lines = new List<FileLine>();
        var at = Lines(file, from, until, PageBytes, line =>
        {
            lines.Add(line);
            return lines.Count >= count;
        });
        return new FileLines(lines, lines.Count > 0 ? _index.LineAt(from, file, _buffer) : null, TotalLines, at, Size, Generation);
    }

    // Passes lines on until the receiver stops it, or this many bytes are read. Returns the position after the last line.
    private long Lines(OpenFile file, long from, long until, long bytes, Func<FileLine, bool> stops)
    {
        var (splitter, zeros) = (new LineSplitter(_place.Source), new ZeroBytes());
        var (events, at, behind) = (new List<TailEvent>(), from, from);
        for (var stop = Math.Min(until, from + bytes); at < stop;)
        {
            var got = OpenFile.Read(file.Handle, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, stop - at)), at);
            if (got == 0)
                break;

            zeros.Name(_buffer.AsSpan(0, got));
            splitter.Take(_buffer.AsSpan(0, got), at, events);
            var starts = events.OfType<LineRead>().ToList();
            for (var i = 0; i < starts.Count; i++)
            {
                behind = i + 1 < starts.Count ? starts[i + 1].Line.Offset : at + _buffer.AsSpan(0, got).LastIndexOf((byte)'\n') + 1;
                if (stops(new FileLine(starts[i].Line.Offset, starts[i].Line.Text, false)))
                    return behind;
            }

            events.Clear();
            at += got;
        }

        if (splitter.UnfinishedBytes > 0 && (at >= until || behind == from))
        {
            stops(new FileLine(behind, splitter.Unfinished, true));
            behind = at;
        }

        return behind;
    }

    // The position this many lines before another.
    private long Back(OpenFile file, long from, int count)
    {
        var (end, floor, left) = (from, Math.Max(0, from - PageBytes), count);
        while (end > floor)
        {
            var start = Math.Max(floor, end - BlockIndex.BlockLength);
            var bytes = _buffer.AsSpan(0, Ingest.Generation.Fill(OpenFile.Read, file, _buffer.AsSpan(0, (int)(end - start)), start));

            // The newline that ends the last line does not precede it.
            var search = end == from && bytes is [.., (byte)'\n'] ? bytes[..^1] : bytes;
            for (; search.LastIndexOf((byte)'\n') is >= 0 and var at; search = search[..at])
                if (--left == 0)
                    return start + at + 1;
            end = start;
        }

        return end;
    }

    private LogSearchStep Forward(OpenFile file, long from, Func<string, bool> wanted, int bytes)
    {
        FileLine? found = null;
        var next = Lines(file, from, Size, bytes, line =>
        {
            found = wanted(line.Text) ? line : null;
            return found is not null;
        });
        return new LogSearchStep(found, next, found is null && next >= Size);
    }

    private LogSearchStep Backward(OpenFile file, long from, Func<string, bool> wanted, int bytes)
    {
        var start = Math.Max(0, from - bytes);
        if (start > 0)
        {
            var got = Ingest.Generation.Fill(OpenFile.Read, file, _buffer, start);
            start += _buffer.AsSpan(0, got).IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : 0;
        }

        FileLine? found = null;
        Lines(file, start, from, bytes, line =>
        {
            found = wanted(line.Text) ? line : found;
            return false;
        });
        return new LogSearchStep(found, found?.Offset ?? start, found is null && start == 0);
    }
}
