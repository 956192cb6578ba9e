namespace PackuilonMonitor.Segments;

/// <summary>
/// Reads a recording, also while it is written, in the order of its numbers. Damaged parts count as absent. Any call may throw an
/// <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>. For one thread.
/// </summary>
/// <param name="folder">The folder of the recording; without it nothing is recorded.</param>
public sealed class RecordingReader(string folder)
{
    private readonly Dictionary<DateOnly, (long Size, Block[] Blocks)> _known = [];

    /// <summary>The states that are stored beside it.</summary>
    public StoredStates States { get; } = new(folder);

    /// <summary>The existing parts, oldest first; the last may be the uncompressed one.</summary>
    public IReadOnlyList<RecordingPart> Parts()
    {
        // In this order: frames that are compressed meanwhile appear twice, and are never missing.
        var open = RecordingFolder.OpenFiles(folder).Select(Bytes).OfType<byte[]>().ToList();
        var days = RecordingFolder.Days(folder);
        foreach (var gone in _known.Keys.Except(days).ToList())
            _known.Remove(gone);
        var parts = new List<RecordingPart>();
        var next = 1L;
        foreach (var day in days)
        {
            foreach (var block in Blocks(day).Where(block => block.First >= next))
            {
                parts.Add(new RecordingPart(RecordingFolder.DayFile(folder, day), block));
                next = block.Last + 1;
            }
        }

        foreach (var bytes in open)
        {
            if (RecordingPart.Of(bytes, next) is not { } part)
                continue;
            parts.Add(part);
            next = part.Last + 1;
        }

        return parts;
    }

    /// <summary>All existing frames.</summary>
    /// <param name="from">Without those whose numbers are lower.</param>
    public IEnumerable<Frame> Frames(long from = 0) =>
        Parts().Where(part => part.Last >= from).SelectMany(part => part.Frames()).Where(frame => frame.Number >= from);

    private Block[] Blocks(DateOnly day)
    {
        try
        {
            using var file = File.Open(
                RecordingFolder.DayFile(folder, day),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            if (_known.TryGetValue(day, out var known) && known.Size == file.Length)
                return known.Blocks;
            var (size, blocks) = (file.Length, Block.In(file).ToArray());
            _known[day] = (size, blocks);
            return blocks;
        }
        catch (FileNotFoundException)
        {
            // The day was deleted meanwhile.
            return [];
        }
    }

    private static byte[]? Bytes(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
