using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Where to start reading, and why there.</summary>
/// <param name="Start">The value for the reader.</param>
/// <param name="Found">Whether a line satisfies the predicate; otherwise the limit or the oldest file decided.</param>
/// <param name="Path">The file that contains the line.</param>
/// <param name="Offset">The first byte of the line in that file.</param>
/// <param name="Bytes">The number of bytes after that place, in all files.</param>
public sealed record BackfillResult(StartAt Start, bool Found, string Path, long Offset, long Bytes);

/// <summary>
/// Searches backwards for the place from which the present can be understood, without reading what precedes it. Without a predicate the
/// limit alone decides, and nothing is read.
/// </summary>
public sealed class Backfill(string path, LineFilter? isBeginning, long limit = 64 * 1024 * 1024)
{
    private const int BlockLength = 256 * 1024;
    private const int LongestLine = 64 * 1024;

    /// <summary>
    /// Searches the file and then its plain rotated siblings, newest first. Progress is the number of bytes searched, at most the limit. If
    /// a file disappears meanwhile, the search ends there.
    /// </summary>
    public BackfillResult Find(Action<long>? progress = null)
    {
        var searched = 0L;
        BackfillResult? oldest = null;
        foreach (
            var candidate in RotatedSiblings
                .Of(path)
                .Where(sibling => !sibling.Compressed)
                .Select(sibling => sibling.Path)
                .Append(path)
                .Reverse()
        )
        {
            if (searched >= limit)
                break;
            if (OpenFile.At(candidate).File is not { } file)
                continue;

            using (file)
            {
                var size = file.Stat().Status.Size;
                var (offset, found) = Search(file, size, Math.Max(0, size - (limit - searched)), at => progress?.Invoke(searched + at));
                searched += size - offset;
                oldest = new BackfillResult(StartAt.Place(file.Identity, offset), found, candidate, offset, searched);
                if (found || offset > 0)
                    break;
            }
        }

        return oldest ?? new BackfillResult(StartAt.Beginning, false, path, 0, 0);
    }

    // Block by block backwards; a line may begin in the block before.
    private (long Offset, bool Found) Search(OpenFile file, long size, long floor, Action<long> progress)
    {
        if (isBeginning is null)
            return (floor == 0 ? 0 : NextLine(file, floor, size), false);

        var buffer = new byte[BlockLength + LongestLine];
        var (end, tail) = (size, 0);
        while (end > floor)
        {
            var start = Math.Max(floor, end - BlockLength);
            var length = (int)(end - start);

            // Moves the unfinished beginning of the following block behind this one.
            buffer.AsSpan(0, tail).CopyTo(buffer.AsSpan(length));
            if (Read(file, buffer.AsSpan(0, length), start) < length)
                return (end, false);

            var bytes = buffer.AsSpan(0, length + tail);
            var first = start == 0 ? 0 : bytes.IndexOf((byte)'\n') + 1;
            var whole = bytes[first..];
            if (first > 0 || start == 0)
            {
                if (Newest(whole, isBeginning) is >= 0 and var at)
                    return (start + first + at, true);
                tail = Math.Min(first, LongestLine);
            }
            else
            {
                tail = Math.Min(bytes.Length, LongestLine);
            }

            end = start;
            progress(size - end);
        }

        return (floor == 0 ? 0 : NextLine(file, floor, size), false);
    }

    // The last line that the predicate accepts.
    private static int Newest(ReadOnlySpan<byte> lines, LineFilter isBeginning)
    {
        while (!lines.IsEmpty)
        {
            var body = lines[^1] == (byte)'\n' ? lines[..^1] : lines;
            var start = body.LastIndexOf((byte)'\n') + 1;
            var line = body[start..];
            if (isBeginning(line[..Math.Min(line.Length, LongestLine)]))
                return start;
            lines = lines[..start];
        }

        return -1;
    }

    private static long NextLine(OpenFile file, long from, long size)
    {
        var bytes = new byte[(int)Math.Min(LongestLine, size - from)];
        var got = Read(file, bytes, from);
        return from + (bytes.AsSpan(0, got).IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : 0);
    }

    private static int Read(OpenFile file, Span<byte> into, long offset)
    {
        try
        {
            return Generation.Fill(OpenFile.Read, file, into, offset);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
