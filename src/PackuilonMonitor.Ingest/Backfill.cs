using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Finds where the newest bytes of a log begin, by the sizes of its files.</summary>
public static class Backfill
{
    private const int LongestLine = 64 * 1024;

    /// <summary>How much shorter a system log usually is when it is compressed.</summary>
    private const int UsualRatio = 16;

    /// <summary>
    /// The first whole line within the newest bytes of the file and of its rotated siblings; the beginning of the oldest of them where
    /// they have fewer bytes. A compressed one is read whole, and counts by its usual length. If a file disappears meanwhile, it counts
    /// as empty.
    /// </summary>
    /// <param name="limit">The number of bytes, at least 1.</param>
    public static StartAt Newest(string path, long limit)
    {
        var start = StartAt.Beginning;
        foreach (
            var candidate in RotatedSiblings
                .Of(path)
                .Select(sibling => (sibling.Path, sibling.Compressed))
                .Append((Path: path, Compressed: false))
                .Reverse()
        )
        {
            if (limit <= 0)
                break;
            if (OpenFile.At(candidate.Path).File is not { } file)
                continue;

            using (file)
            {
                var size = file.Stat().Status.Size * (candidate.Compressed ? UsualRatio : 1);
                start = StartAt.Place(file.Identity, size > limit && !candidate.Compressed ? NextLine(file, size - limit, size) : 0);
                limit -= size;
            }
        }

        return start;
    }

    private static long NextLine(OpenFile file, long from, long size)
    {
        var bytes = new byte[(int)Math.Min(LongestLine, size - from)];
        return from + bytes.AsSpan(0, Generation.Peek(OpenFile.Read, file, bytes, from)).IndexOf((byte)'\n') + 1;
    }
}
