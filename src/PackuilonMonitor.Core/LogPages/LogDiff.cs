using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.LogPages;

/// <summary>Compares two logs line by line, with ids, numbers and dates masked.</summary>
public static class LogDiff
{
    /// <summary>Longer logs are not compared in place.</summary>
    public const int MostLines = 20_000;

    /// <summary>Logs that differ in more lines than this are matched only at both ends.</summary>
    private const int MostDifferences = 1_000;

    /// <summary>The lines of a log, with the missing lines of a good log in their places.</summary>
    /// <param name="lines">The log.</param>
    /// <param name="good">The good log.</param>
    /// <param name="isOver">The log is complete, so lines that the good log has after the end are missing too.</param>
    /// <param name="end">The position after the log's last line, where such lines are inserted.</param>
    public static List<ShownLine> Of(IReadOnlyList<ShownLine> lines, IReadOnlyList<string> good, bool isOver, long end)
    {
        var here = lines.Select(line => LineMask.HashOf(line.Text)).ToArray();
        var there = good.Select(LineMask.HashOf).ToArray();
        var kept = Common(here, there);
        // A line that only moved is in both logs: it is neither new nor missing.
        var moved = Counts(here.Where((_, index) => kept[index] < 0));
        var merged = new List<ShownLine>(lines.Count);
        var next = 0;
        for (var index = 0; index <= lines.Count; index++)
        {
            var until = index < lines.Count ? kept[index] : isOver ? there.Length : next;
            var offset = index < lines.Count ? lines[index].Key.Offset : end;
            for (var missing = 1; next < until; next++)
            {
                if (!Taken(moved, there[next]))
                    merged.Add(new ShownLine(new LineKey(offset, missing++), null, null, good[next], LineStatus.Missing));
            }

            if (index < lines.Count)
                merged.Add(lines[index]);
            next = Math.Max(next, until + 1);
        }

        return merged;
    }

    private static Dictionary<ulong, int> Counts(IEnumerable<ulong> masks)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var mask in masks)
            counts[mask] = counts.GetValueOrDefault(mask) + 1;
        return counts;
    }

    private static bool Taken(Dictionary<ulong, int> counts, ulong mask)
    {
        if (!counts.TryGetValue(mask, out var left) || left == 0)
            return false;
        counts[mask] = left - 1;
        return true;
    }

    /// <summary>
    /// For each line of one log the equal line of the other, or -1: a longest common subsequence, from both ends and then by Myers'
    /// greedy algorithm.
    /// </summary>
    private static int[] Common(ulong[] here, ulong[] there)
    {
        var match = new int[here.Length];
        Array.Fill(match, -1);
        var head = 0;
        while (head < here.Length && head < there.Length && here[head] == there[head])
            match[head] = head++;
        var tail = 0;
        while (tail < here.Length - head && tail < there.Length - head && here[^(tail + 1)] == there[^(tail + 1)])
        {
            match[here.Length - 1 - tail] = there.Length - 1 - tail;
            tail++;
        }

        Middle(here.AsSpan(head, here.Length - head - tail), there.AsSpan(head, there.Length - head - tail), head, match.AsSpan(head));
        return match;
    }

    private static void Middle(ReadOnlySpan<ulong> here, ReadOnlySpan<ulong> there, int offset, Span<int> match)
    {
        var most = Math.Min(MostDifferences, here.Length + there.Length);
        var reach = new int[2 * most + 3];
        var trace = new List<int[]>();
        for (var differences = 0; differences <= most; differences++)
        {
            trace.Add(reach.AsSpan(most - differences, 2 * differences + 3).ToArray());
            for (var diagonal = -differences; diagonal <= differences; diagonal += 2)
            {
                var at = most + 1 + diagonal;
                var x =
                    diagonal == -differences || (diagonal != differences && reach[at - 1] < reach[at + 1])
                        ? reach[at + 1]
                        : reach[at - 1] + 1;
                while (x < here.Length && x - diagonal < there.Length && here[x] == there[x - diagonal])
                    x++;
                reach[at] = x;
                if (x >= here.Length && x - diagonal >= there.Length)
                {
                    Retrace(trace, here.Length, there.Length, offset, match);
                    return;
                }
            }
        }
    }

    // Backwards from the end: the lines between the steps of two rounds are common.
    private static void Retrace(List<int[]> trace, int x, int y, int offset, Span<int> match)
    {
        for (var round = trace.Count - 1; round >= 0; round--)
        {
            var reach = trace[round];
            var middle = round + 1;
            var diagonal = x - y;
            var down = diagonal == -round || (diagonal != round && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]);
            var before = down ? diagonal + 1 : diagonal - 1;
            var (startX, startY) = (reach[middle + before], reach[middle + before] - before);
            while (x > startX && y > startY)
                match[--x] = --y + offset;
            (x, y) = (startX, startY);
        }
    }
}
