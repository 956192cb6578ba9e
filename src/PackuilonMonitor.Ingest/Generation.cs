using System.Runtime.InteropServices;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>One file of a source, and how far it is read.</summary>
internal sealed class Generation : IDisposable
{
    private readonly KnownBytes _known = new();

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

    /// <summary>
    /// The time of its last change that two looks in a row have seen, after which its siblings were searched; null before.
    /// </summary>
    public long? SettledAt { get; set; }

    /// <summary>The running time since which nothing was added to it.</summary>
    public TimeSpan QuietSince { get; set; }

    /// <summary>It had been rotated away before reading began.</summary>
    public bool IsPast { get; init; }

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

    /// <summary>The bytes before the offset, which were read last.</summary>
    public ReadOnlySpan<byte> Anchor => _known.Anchor;

    /// <summary>A file to be read from an offset on; the bytes before it are remembered.</summary>
    public static Generation From(
        OpenFile file,
        long offset,
        GenerationKind kind,
        LineSplitter splitter,
        FileRead read,
        bool isPast = false
    )
    {
        var generation = new Generation(file, kind, splitter) { Offset = offset, IsPast = isPast };
        if (offset > 0)
            generation._known.Load(file, offset, read);
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

    /// <summary>Whether another open file holds at its beginning and before our offset the bytes that we read.</summary>
    public bool Holds(OpenFile other, FileRead read) => _known.AreIn(other, Offset, read);

    /// <summary>Whether a file that is shorter than our offset begins as ours did.</summary>
    public bool BeginsAs(OpenFile other, long size, FileRead read) => _known.BeginAlike(other, size, read);

    /// <summary>One look at the file: check that it still is what was read, read what was added, take it.</summary>
    /// <param name="budget">How many bytes may be read, of all files in this turn; what was read is taken off.</param>
    public Progress Read(Span<byte> buffer, ref int budget, FileRead read, List<TailEvent> into, TimeSpan now)
    {
        if (File is null)
            return Progress.Failed;
        if (Limit < Offset)
            return Progress.Truncated;

        try
        {
            if (!_known.HeadIsIn(File, buffer, read))
                return Progress.Truncated;

            do
            {
                var anchored = Anchor.Length;
                var want = (int)Math.Min(buffer.Length - anchored, Math.Min(Limit - Offset, budget));
                if (want == 0 && Limit > Offset)
                {
                    Unread = Limit - Offset;
                    return Progress.OutOfTurn;
                }

                // One call reads the remembered bytes and the new ones: nothing can happen between a check and a read.
                var got = Fill(read, File, buffer[..(anchored + want)], Offset - anchored);
                if (got < anchored || !buffer[..anchored].SequenceEqual(Anchor))
                    return Progress.Truncated;

                Failures = 0;
                if (got == anchored)
                    break;
                budget -= got - anchored;
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
    }

    /// <summary>Reads at an offset until the buffer is full or the file ends; how many bytes there were.</summary>
    /// <exception cref="IOException">The file cannot be read; its HResult is the error's number.</exception>
    public static int Fill(FileRead read, OpenFile file, Span<byte> into, long offset)
    {
        var filled = 0;
        while (filled < into.Length && read(file.Handle, into[filled..], offset + filled) is > 0 and var got)
            filled += got;
        return filled;
    }

    private void Take(Span<byte> anchorAndChunk, List<TailEvent> into)
    {
        var chunk = anchorAndChunk[Anchor.Length..];
        _known.Take(anchorAndChunk, Offset);
        Splitter.Take(chunk, Offset, into);
        Offset += chunk.Length;
        if (!chunk.ContainsAnyExcept((byte)0))
            SkipHole();
    }

    // A writer that does not append leaves a hole after a truncation, perhaps of gigabytes: the file system knows where it ends.
    private void SkipHole()
    {
        var next = Native.Seek(File!.Handle, Offset, Native.SeekData);
        if (next < 0 && Marshal.GetLastPInvokeError() != Errno.NoSuchDevice)
            return;

        var data = next < 0 ? Limit : Math.Min(next, Limit);
        if (data - Offset < KnownBytes.AnchorLength)
            return;

        Splitter.SkipNuls(data - Offset);
        Offset = data;
        _known.TakeHole();
    }

    /// <summary>Closes it after an error, and waits longer each time before it may be opened again.</summary>
    public void Fail(int error, TimeSpan now)
    {
        Rest();
        (LastError, Failures) = (error, Failures + 1);
        RetryAt = now + TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(Failures - 1, 5)));
    }

    /// <summary>Begins again at the first byte of the same file.</summary>
    public void Restart(LineSplitter splitter, TimeSpan now)
    {
        (Offset, SeenModified, Unread) = (0, null, 0);
        _known.Clear();
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
}
