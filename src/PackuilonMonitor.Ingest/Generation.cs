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

    /// <summary>The size at the last measurement: this turn reads no byte beyond it.</summary>
    public long Limit { get; private set; }

    /// <summary>The time of the last change, as of the last measurement.</summary>
    public long Modified { get; private set; }

    /// <summary>Whether the file had a name at the last measurement.</summary>
    public bool Linked { get; private set; } = true;

    /// <summary>The time of its last change when it was last read to its limit; null before.</summary>
    public long? SeenModified { get; private set; }

    /// <summary>The time of the last change that two polls in a row saw, after which the siblings were searched; null before.</summary>
    public long? SettledAt { get; set; }

    /// <summary>The running time since which the file has not grown.</summary>
    public TimeSpan QuietSince { get; set; }

    /// <summary>It had been rotated away before reading started.</summary>
    public bool IsPast { get; init; }

    /// <summary>The event to report before its first line.</summary>
    public TailEvent? Announcement { get; set; }

    /// <summary>The number of failed reads in a row.</summary>
    public int Failures { get; private set; }

    public int LastError { get; private set; }

    /// <summary>The running time before which a failed file is not retried.</summary>
    public TimeSpan RetryAt { get; private set; }

    /// <summary>Bytes that existed and were not read when the last turn ended.</summary>
    public long Unread { get; private set; }

    /// <summary>The inflater of a compressed file; null for a plain one.</summary>
    public Inflation? Inflation { get; init; }

    /// <summary>Whether everything that existed at the last measurement is read.</summary>
    public bool AtEnd => Inflation?.Ended ?? (File is not null && Offset >= Limit);

    /// <summary>The bytes before the offset, which were read last.</summary>
    public ReadOnlySpan<byte> Anchor => _known.Anchor;

    /// <summary>A file to read from an offset; the bytes before it are remembered.</summary>
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

    /// <summary>Measures the file. Returns false if that fails.</summary>
    public bool Measure(TimeSpan now)
    {
        if (File is null)
            return false;

        var stat = File.Stat();
        if (!stat.Found)
        {
            Fail(stat.Error, now);
            return false;
        }

        (Limit, Modified, Linked) = (stat.Status.Size, stat.Status.Modified, stat.Status.Links > 0);
        return true;
    }

    /// <summary>Whether another open file has our bytes at its beginning and before our offset.</summary>
    public bool Holds(OpenFile other, FileRead read) => _known.AreIn(other, Offset, read);

    /// <summary>Whether a file that is shorter than our offset begins like ours.</summary>
    public bool BeginsAs(OpenFile other, long size, FileRead read) => _known.BeginAlike(other, size, read);

    /// <summary>Whether a text begins as this file does now.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It cannot be decompressed.</exception>
    public bool BeginsIn(Stream text, FileRead read)
    {
        if (File is not { } own || Offset > 0)
            return _known.BeginIn(text);
        var present = new KnownBytes();
        present.Load(own, own.Stat().Status.Size, read);
        return present.BeginIn(text);
    }

    /// <summary>Polls the file: checks that it is unchanged, reads what was added, passes it on.</summary>
    /// <param name="budget">How many bytes may be read from all files in this turn; reduced by the bytes read.</param>
    public PollOutcome Read(Span<byte> buffer, ref int budget, FileRead read, List<TailEvent> into, TimeSpan now)
    {
        if (File is null)
            return PollOutcome.Failed;
        if (Limit < Offset)
            return PollOutcome.Truncated;

        try
        {
            if (!_known.HeadIsIn(File, buffer, read))
                return PollOutcome.Truncated;

            do
            {
                var anchored = Anchor.Length;
                var want = (int)Math.Min(buffer.Length - anchored, Math.Min(Limit - Offset, budget));
                if (want == 0 && Limit > Offset)
                {
                    Unread = Limit - Offset;
                    return PollOutcome.OutOfTurn;
                }

                // One call reads the remembered bytes and the new ones, so nothing can change between check and read.
                var got = Fill(read, File, buffer[..(anchored + want)], Offset - anchored);
                if (got < anchored || !buffer[..anchored].SequenceEqual(Anchor))
                    return PollOutcome.Truncated;

                Failures = 0;
                if (got == anchored)
                    break;
                budget -= got - anchored;
                Take(buffer[..got], into);
                QuietSince = now;
            }
            while (Offset < Limit);

            (SeenModified, Unread) = (Modified, 0);
            return PollOutcome.AtLimit;
        }
        catch (IOException error)
        {
            Fail(error.HResult, now);
            return PollOutcome.Failed;
        }
    }

    /// <summary>Reads at an offset until the buffer is full or the file ends. Returns the number of bytes.</summary>
    /// <exception cref="IOException">The file cannot be read; its HResult is the error's number.</exception>
    public static int Fill(FileRead read, OpenFile file, Span<byte> into, long offset)
    {
        var filled = 0;
        while (filled < into.Length && read(file.Handle, into[filled..], offset + filled) is > 0 and var got)
            filled += got;
        return filled;
    }

    /// <summary>The same; 0 if the file cannot be read.</summary>
    public static int Peek(FileRead read, OpenFile file, Span<byte> into, long offset)
    {
        try
        {
            return Fill(read, file, into, offset);
        }
        catch (IOException)
        {
            return 0;
        }
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

    // A writer that does not append leaves a hole after a truncation, perhaps of gigabytes: the file system knows its end.
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

    /// <summary>Closes the file after an error, and waits longer each time before it is reopened.</summary>
    public void Fail(int error, TimeSpan now)
    {
        Rest();
        (LastError, Failures) = (error, Failures + 1);
        RetryAt = now + TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(Failures - 1, 5)));
    }

    /// <summary>Restarts at the first byte of the same file.</summary>
    public void Restart(LineSplitter splitter, TimeSpan now)
    {
        (Offset, SeenModified, Unread) = (0, null, 0);
        _known.Clear();
        (Splitter, QuietSince) = (splitter, now);
    }

    /// <summary>Replaces the descriptor of a file that was closed after an error.</summary>
    public void Reopen(OpenFile file)
    {
        File?.Dispose();
        File = file;
    }

    /// <summary>Makes the next poll count as the first.</summary>
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
