namespace PackuilonMonitor.Segments;

/// <summary>
/// Writes a recording: frames into an open file at once, and from there, compressed, into the file of their day. A killed process loses
/// nothing that it has written. Only one may write in a folder. Any call may throw an <see cref="IOException"/> or an
/// <see cref="UnauthorizedAccessException"/>; what it did not write may be written again later. For one thread.
/// </summary>
public sealed class RecordingWriter : IDisposable
{
    /// <summary>A block has this many bytes of frames.</summary>
    public const int BlockLength = 256 * 1024;

    private readonly string _folder;
    private readonly RecordingLimits _limits;
    private readonly UnixFileMode _mode;
    private readonly MemoryStream _open = new();
    private FileStream? _file;
    private (long First, long Last, long From, long Until) _frames;
    private DateOnly _day;

    /// <param name="folder">An existing folder that belongs to this user alone.</param>
    /// <param name="mode">The permissions of its files.</param>
    public RecordingWriter(string folder, RecordingLimits limits, UnixFileMode mode)
    {
        (_folder, _limits, _mode) = (folder, limits, mode);
        var parts = new RecordingReader(folder).Parts();
        LastNumber = parts.Count == 0 ? 0 : parts[^1].Last;
        _day = RecordingFolder.Days(folder) is [.., var last] ? last : DateOnly.MinValue;
        foreach (var left in parts.Where(part => !part.IsClosed).SelectMany(part => part.Frames()))
            Take(left, FrameFormat.Write(left));
        Pack();
        foreach (var done in RecordingFolder.OpenFiles(folder))
            File.Delete(done);
    }

    /// <summary>The number of the last frame; 0 before the first.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Whether the last frame is the first of a part: what is before it is complete.</summary>
    public bool BeginsPart => _frames.First == LastNumber && LastNumber > 0;

    /// <summary>Writes one more frame, under the next number.</summary>
    public void Append(Frame frame)
    {
        var numbered = frame with { Number = LastNumber + 1 };
        var bytes = FrameFormat.Write(numbered);
        var day = DayOf(numbered);
        if (_open.Length > 0 && (day > _day || _open.Length + bytes.Length > BlockLength))
            Pack();
        _file ??= Made(RecordingFolder.OpenFile(_folder, numbered.Number), FileMode.Create);
        var end = _file.Length;
        try
        {
            _file.Write(bytes);
            _file.Flush();
        }
        catch (IOException)
        {
            // Half a frame is not a frame, and the next one must not follow it.
            TakeBack(end);
            throw;
        }

        Take(numbered, bytes);
        LastNumber = numbered.Number;
        // A large frame does not wait in memory for the next one.
        if (_open.Length > BlockLength)
            TryPack();
    }

    /// <summary>Compresses the open file.</summary>
    public void Dispose()
    {
        TryPack();
        _file?.Dispose();
        _open.Dispose();
    }

    private static DateOnly DayOf(Frame frame) => DateOnly.FromDateTime(frame.At.UtcDateTime);

    private void Take(Frame frame, byte[] bytes)
    {
        if (_open.Length > 0 && DayOf(frame) > _day)
            Pack();
        // A clock that is set back does not restart a day: the order of the days is that of the numbers.
        _day = DayOf(frame) > _day ? DayOf(frame) : _day;
        _frames = _open.Length == 0
            ? (frame.Number, frame.Number, frame.At.UtcTicks, frame.LastAt.UtcTicks)
            : (
                _frames.First,
                frame.Number,
                Math.Min(_frames.From, frame.At.UtcTicks),
                Math.Max(_frames.Until, frame.LastAt.UtcTicks)
            );
        _open.Write(bytes);
    }

    private void TryPack()
    {
        try
        {
            Pack();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays open, and the next frame or the next writer compresses it.
        }
    }

    private void Pack()
    {
        if (_open.Length == 0)
            return;
        var block = Block.Pack(_open.GetBuffer().AsSpan(0, (int)_open.Length), _frames.First, _frames.Last, _frames.From, _frames.Until);
        using (var day = Made(RecordingFolder.DayFile(_folder, _day), FileMode.OpenOrCreate))
        {
            // A block that a kill left incomplete is still in the open file.
            var end = Block.In(day).Select(known => known.Offset + known.Packed).DefaultIfEmpty(0).Last();
            day.SetLength(end);
            day.Position = end;
            day.Write(block);
            day.Flush(flushToDisk: true);
        }

        _open.SetLength(0);
        if (_open.Capacity > 2 * BlockLength)
            _open.Capacity = BlockLength;
        var done = _file?.Name;
        _file?.Dispose();
        _file = null;
        if (done is not null)
            File.Delete(done);
        Prune();
    }

    private void Prune()
    {
        var days = RecordingFolder
            .Days(_folder)
            .Select(day =>
                (Day: day, Size: new FileInfo(RecordingFolder.DayFile(_folder, day)) is { Exists: true, Length: var size } ? size : 0)
            )
            .ToList();
        var room = days.Sum(day => day.Size);
        foreach (var (day, size) in days.TakeWhile(known => known.Day < _day))
        {
            if (day.DayNumber > _day.DayNumber - _limits.Days && room <= _limits.Bytes)
                return;
            File.Delete(RecordingFolder.DayFile(_folder, day));
            room -= size;
        }
    }

    private void TakeBack(long length)
    {
        try
        {
            _file!.SetLength(length);
            _file.Position = length;
        }
        catch (IOException)
        {
            // A reader skips half a frame by its checksum.
        }
    }

    private FileStream Made(string path, FileMode how) => ClosedFile.Make(path, how, _mode);
}
