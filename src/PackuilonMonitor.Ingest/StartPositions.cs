using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Which file of a source is read first, and from which byte.</summary>
internal sealed class StartPositions(TailOptions options)
{
    /// <summary>Everything is wanted, so unreadable content is a gap.</summary>
    public bool FromOldest => options.Start is StartAt.FromOldest;

    /// <summary>Reading starts at the first byte of a file, so the file before it was wanted and cannot be read.</summary>
    public bool AtFirstByte => options.Start is StartAt.FromPosition { Bytes: 0 };

    /// <summary>The index of the first rotated file to read; the number of files if there is none.</summary>
    public int First(IReadOnlyList<Sibling> siblings)
    {
        if (FromOldest)
            return 0;
        for (var index = 0; index < siblings.Count; index++)
        {
            var identity = siblings[index].Status.Identity;
            if (
                options.Start is StartAt.FromPosition place && place.File == identity
                || options.Start is StartAt.FromPositions places && places.Files.ContainsKey(identity)
            )
                return index;
        }

        return siblings.Count;
    }

    /// <summary>The first byte to read of the file at the path.</summary>
    public long In(OpenFile file)
    {
        var size = file.Stat().Status.Size;
        return options.Start switch
        {
            StartAt.FromEnd => LineStart(file, size),
            StartAt.FromOffset at when at.Bytes <= size => at.Bytes,
            StartAt.FromPosition place when place.File == file.Identity && place.Bytes <= size => place.Bytes,
            StartAt.FromPositions places when places.Files.TryGetValue(file.Identity, out var bytes) && bytes <= size => bytes,
            _ => 0,
        };
    }

    /// <summary>The first byte to read of a rotated file.</summary>
    /// <param name="isFirst">It is the first file to read.</param>
    public long In(Sibling sibling, bool isFirst) => options.Start switch
    {
        StartAt.FromPosition place when isFirst => place.Bytes,
        StartAt.FromPositions places => places.Files.GetValueOrDefault(sibling.Status.Identity),
        _ => 0,
    };

    // The end may be inside a line that is being written: start at the beginning of that line.
    private long LineStart(OpenFile file, long size)
    {
        var bytes = new byte[(int)Math.Min(options.LongestLine, size)];
        var got = Generation.Peek(options.Read, file, bytes, size - bytes.Length);
        return size - bytes.Length + bytes.AsSpan(0, got).LastIndexOf((byte)'\n') + 1;
    }
}
