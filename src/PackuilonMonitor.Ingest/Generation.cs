using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>One file of a source, and how far it is read. The bytes before the offset are remembered: only they tell a file that grew from one that began again.</summary>
internal sealed partial class Generation : IDisposable
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

    /// <summary>The time of its last change that two looks in a row have seen, after which its siblings were searched; null before.</summary>
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

    /// <summary>A file to be read from an offset on; the bytes before it are remembered.</summary>
    public static Generation From(OpenFile file, long offset, GenerationKind kind, LineSplitter splitter, FileRead read, bool isPast = false)
    {
        var generation = new Generation(file, kind, splitter) { Offset = offset, IsPast = isPast };
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
