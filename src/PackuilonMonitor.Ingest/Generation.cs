using System.Runtime.InteropServices;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>How far a look at one file came.</summary>
internal enum Progress
{
    /// <summary>All that was there when it was measured is read.</summary>
    AtLimit,

    /// <summary>The turn's share of bytes is used up.</summary>
    OutOfTurn,

    /// <summary>What was read before is not there any more: the file began again.</summary>
    Truncated,

    /// <summary>It could not be read; it is closed and keeps its offset.</summary>
    Failed,
}

/// <summary>What a file is in the chain of files that make one source.</summary>
internal enum GenerationKind
{
    /// <summary>A writer may still have it open.</summary>
    Log,

    /// <summary>The copy of a file that was truncated: read once.</summary>
    Copy,

    /// <summary>Compressed: read once.</summary>
    Compressed,
}

/// <summary>One file of a source, and how far it is read. The bytes before the offset are remembered: only they tell a file that grew from one that began again.</summary>
internal sealed class Generation : IDisposable
{
    private const int AnchorLength = 256;
    private const int HeadLength = 1024;

    private readonly byte[] _anchor = new byte[AnchorLength];
    private readonly byte[] _head = new byte[HeadLength];
    private int _anchored;
    private int _headed;
    private long _headAt;

    private Generation(OpenFile file, GenerationKind kind, LineSplitter splitter) =>
        (File, Identity, Kind, Splitter) = (file, file.Identity, kind, splitter);

    public OpenFile? File { get; private set; }

    public FileIdentity Identity { get; }

    public GenerationKind Kind { get; }

    public LineSplitter Splitter { get; set; }

    public long Offset { get; private set; }

    /// <summary>Its size when it was last measured: no byte behind that is read in this turn.</summary>
    public long Limit { get; private set; }

    /// <summary>The time of its last change when it was last measured.</summary>
    public long Modified { get; private set; }

    /// <summary>Whether it still had a name when it was last measured.</summary>
    public bool Linked { get; private set; } = true;

    /// <summary>The time of its last change when it was last read to its limit; null before.</summary>
    public long? SeenModified { get; private set; }

    /// <summary>The running time since which nothing was added to it.</summary>
    public TimeSpan QuietSince { get; set; }

    /// <summary>Told before its first line.</summary>
    public TailEvent? Announcement { get; set; }

    /// <summary>Failed reads in a row.</summary>
    public int Failures { get; private set; }

    public int LastError { get; private set; }

    /// <summary>The running time before which a failed file is left alone.</summary>
    public TimeSpan RetryAt { get; private set; }

    /// <summary>Bytes that were there and not read when the last turn ended.</summary>
    public long Unread { get; private set; }

    /// <summary>The inflater of a compressed file; null for a plain one.</summary>
    public Inflation? Inflation { get; init; }

    /// <summary>Whether nothing is left of it that was there when it was measured.</summary>
    public bool AtEnd => Inflation?.Ended ?? (File is not null && Offset >= Limit);

    public ReadOnlySpan<byte> Anchor => _anchor.AsSpan(0, _anchored);

    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headed);

    /// <summary>A file to be read from an offset on; the bytes before it are remembered.</summary>
    public static Generation From(OpenFile file, long offset, GenerationKind kind, LineSplitter splitter, FileRead read)
    {
        var generation = new Generation(file, kind, splitter) { Offset = offset };
        if (offset > 0)
        {
            generation._anchored = Fill(read, file, generation._anchor.AsSpan(0, (int)Math.Min(AnchorLength, offset)), offset - Math.Min(AnchorLength, offset));
            var from = Math.Max(0, Native.Seek(file.Handle, 0, Native.SeekData));
            Span<byte> page = stackalloc byte[(int)Math.Clamp(offset - from, 0, 4 * HeadLength)];
            generation.TakeHead(page[..Fill(read, file, page, from)], from);
        }

        return generation;
    }

    /// <summary>A compressed file, to be read once from its beginning.</summary>
    public static Generation Compressed(OpenFile file, string name, LineSplitter splitter, TailOptions options) =>
        new(file, GenerationKind.Compressed, splitter) { Inflation = new Inflation(file, name, splitter, options) };

    /// <summary>Looks how long the file is now. False if it cannot be looked at.</summary>
    public bool Measure(TimeSpan now)
    {
        if (File is null)
            return false;

        var looked = File.Look();
        if (!looked.Found)
        {
            Fail(looked.Error, now);
            return false;
        }

        (Limit, Modified, Linked) = (looked.Status.Size, looked.Status.Modified, looked.Status.Links > 0);
        return true;
    }

    public Progress Read(Span<byte> buffer, ref int budget, FileRead read, List<TailEvent> into, TimeSpan now)
    {
        if (File is null)
            return Progress.Failed;
        if (Limit < Offset)
            return Progress.Truncated;

        try
        {
            if (!HeadStands(buffer, read))
                return Progress.Truncated;

            do
            {
                var want = (int)Math.Min(buffer.Length - _anchored, Math.Min(Limit - Offset, budget));
                if (want == 0 && Limit > Offset)
                {
                    Unread = Limit - Offset;
                    return Progress.OutOfTurn;
                }

                // One call reads the remembered bytes and the new ones: nothing can happen between a check and a read.
                var got = Fill(read, File, buffer[..(_anchored + want)], Offset - _anchored);
                if (got < _anchored || !buffer[.._anchored].SequenceEqual(Anchor))
                    return Progress.Truncated;

                Failures = 0;
                if (got == _anchored)
                    break;
                budget -= got - _anchored;
                Take(buffer[..got], into);
                QuietSince = now;
            }
            while (Offset < Limit);

            (SeenModified, Unread) = (Modified, 0);
            return Progress.AtLimit;
        }
        catch (IOException error)
        {
            Fail(error.HResult, now);
            return Progress.Failed;
        }
        catch (UnauthorizedAccessException)
        {
            Fail(Errno.Denied, now);
            return Progress.Failed;
        }
    }

    /// <summary>Begins again at the first byte of the same file.</summary>
    public void Restart(LineSplitter splitter, TimeSpan now)
    {
        (Offset, _anchored, _headed, SeenModified, Unread) = (0, 0, 0, null, 0);
        _headAt = 0;
        (Splitter, QuietSince) = (splitter, now);
    }

    /// <summary>Gives a file that was closed after an error its descriptor back.</summary>
    public void Reopen(OpenFile file)
    {
        File?.Dispose();
        File = file;
    }

    /// <summary>Makes the next look count as the first.</summary>
    public void ForgetLook() => SeenModified = null;

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

    /// <summary>Closes the descriptor; the offset stays.</summary>
    public void Rest()
    {
        File?.Dispose();
        File = null;
    }

    public void Dispose()
    {
        Inflation?.Dispose();
        Rest();
    }

    public static int Fill(FileRead read, OpenFile file, Span<byte> into, long offset)
    {
        var filled = 0;
        while (filled < into.Length && read(file.Handle, into[filled..], offset + filled) is > 0 and var got)
            filled += got;
        return filled;
    }

    private bool HeadStands(Span<byte> buffer, FileRead read) =>
        _headed == 0 || (Fill(read, File!, buffer[.._headed], _headAt) == _headed && buffer[.._headed].SequenceEqual(Head));

    private void Take(Span<byte> anchorAndChunk, List<TailEvent> into)
    {
        var chunk = anchorAndChunk[_anchored..];
        TakeHead(chunk, Offset);
        Splitter.Take(chunk, Offset, into);
        Offset += chunk.Length;
        var last = anchorAndChunk[^Math.Min(AnchorLength, anchorAndChunk.Length)..];
        last.CopyTo(_anchor);
        _anchored = last.Length;

        if (!chunk.ContainsAnyExcept((byte)0))
            SkipHole();
    }

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

    // A writer that does not append leaves a hole after a truncation, perhaps of gigabytes: the file system knows where it ends.
    private void SkipHole()
    {
        var next = Native.Seek(File!.Handle, Offset, Native.SeekData);
        if (next < 0 && Marshal.GetLastPInvokeError() != Errno.NoSuchDevice)
            return;

        var data = next < 0 ? Limit : Math.Min(next, Limit);
        if (data - Offset < AnchorLength)
            return;

        Splitter.SkipNuls(data - Offset);
        Offset = data;
        _anchor.AsSpan().Clear();
        _anchored = AnchorLength;
    }

    /// <summary>Closes it after an error, and waits longer each time before it may be opened again.</summary>
    public void Fail(int error, TimeSpan now)
    {
        Rest();
        (LastError, Failures) = (error, Failures + 1);
        RetryAt = now + TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(Failures - 1, 5)));
    }
}
