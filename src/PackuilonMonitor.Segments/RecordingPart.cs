namespace PackuilonMonitor.Segments;

/// <summary>Consecutive frames: a block of a day, or the frames that are not compressed yet.</summary>
public sealed class RecordingPart
{
    private readonly string? _file;
    private readonly Block _block;
    private readonly Frame[]? _frames;

    internal RecordingPart(string file, Block block)
    {
        (_file, _block) = (file, block);
        (First, Last, At, LastAt) = (
            block.First,
            block.Last,
            new DateTimeOffset(block.From, TimeSpan.Zero),
            new DateTimeOffset(block.Until, TimeSpan.Zero)
        );
    }

    private RecordingPart(Frame[] frames)
    {
        _frames = frames;
        (First, Last, At, LastAt) = (frames[0].Number, frames[^1].Number, frames.Min(frame => frame.At), frames.Max(frame => frame.LastAt));
    }

    /// <summary>The number of its first frame.</summary>
    public long First { get; }

    /// <summary>The number of its last frame.</summary>
    public long Last { get; }

    /// <summary>The earliest arrival in it: of the first entry, unless the clock was set back.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The latest arrival in it.</summary>
    public DateTimeOffset LastAt { get; }

    /// <summary>Nothing will be added to it.</summary>
    public bool IsClosed => _file is not null;

    /// <summary>Its frames, read each time; none if they are damaged or gone.</summary>
    public IReadOnlyList<Frame> Frames() => _frames ?? In(Content(), 0, areIntact: true);

    /// <summary>What its frames say of their factories, in their order; reads no entry.</summary>
    public IReadOnlyList<(string Factory, FactoryFacts? Facts)> Factories()
    {
        if (_frames is not null)
            return [.. _frames.Select(frame => (frame.Factory, frame.Facts))];
        var (heads, bytes) = (new List<(string, FactoryFacts?)>(), Content());
        for (var at = 0; FrameFormat.TryReadHead(bytes, at, out var head, out at);)
            heads.Add(head);
        return heads;
    }

    /// <summary>Proved by the checksum of the block.</summary>
    private byte[] Content()
    {
        try
        {
            using var file = File.Open(_file!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return _block.Read(file) ?? [];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The frames of an uncompressed file; null if it has none from that number on.</summary>
    internal static RecordingPart? Of(ReadOnlySpan<byte> bytes, long from) =>
        In(bytes, from, areIntact: false) is { Length: > 0 } frames ? new RecordingPart(frames) : null;

    private static Frame[] In(ReadOnlySpan<byte> bytes, long from, bool areIntact)
    {
        var frames = new List<Frame>();
        for (var at = 0; FrameFormat.TryRead(bytes, at, areIntact, out var frame, out at);)
        {
            if (frame.Number >= from)
                frames.Add(frame);
        }

        return [.. frames];
    }
}
