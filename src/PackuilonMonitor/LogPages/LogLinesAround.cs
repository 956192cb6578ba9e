using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.LogPages;

/// <summary>Consecutive lines of a sequence, and which of them was requested.</summary>
internal sealed record LineRun(List<ShownLine> Lines, int Place, bool AtStart, bool AtEnd)
{
    public static readonly LineRun None = new([], 0, true, true);
}

/// <summary>Reads the lines around a position of a log.</summary>
internal static class LogLinesAround
{
    /// <summary>Hits at most this far apart are read at once.</summary>
    private const int ClusterGap = 200;

    /// <summary>A page that gave up on a huge line is not at the start.</summary>
    private const long PageBytes = 8 * 1024 * 1024;

    /// <summary>All lines around a target.</summary>
    public static LineRun All(LogReader reader, LogTarget target, int before, int after)
    {
        var start = target.Kind switch
        {
            TargetKind.End => (long?)null,
            TargetKind.Key => target.Key.Offset,
            TargetKind.Number => reader.Page(target.Number - 1, 1) is { Lines.Count: > 0 } page ? page.Lines[0].Offset : null,
            TargetKind.Percent => LineFrom(reader, target.ByteIn(reader.Size)),
        };
        var tail = start is { } from ? reader.PageFrom(from, after + 1) : reader.PageAtEnd(before + 1);
        if (start is not null && tail.Lines.Count == 0)
        {
            start = null;
            tail = reader.PageAtEnd(before + 1);
        }

        if (tail.Lines.Count == 0)
            return LineRun.None;
        if (start is null)
            return new LineRun(Shown(tail), tail.Lines.Count - 1, IsStart(tail, before + 1, tail.Size), AtEnd: true);
        if (before <= 0)
            return new LineRun(Shown(tail), 0, tail.Lines[0].Offset == 0 || tail.FirstLine == 0, tail.AtEnd);
        var head = reader.PageBefore(tail.Lines[0].Offset, before);
        return new LineRun([.. Shown(head), .. Shown(tail)], head.Lines.Count, IsStart(head, before, tail.Lines[0].Offset), tail.AtEnd);
    }

    /// <summary>The lines around a target among the hits of a scan, with some lines around each hit.</summary>
    public static LineRun Kept(LogReader reader, LineScan scan, bool complete, int context, LogTarget target, int before, int after)
    {
        var hits = scan.Hits;
        if (hits.Count == 0)
            return LineRun.None with { AtEnd = complete };
        var wanted = target.Kind switch
        {
            TargetKind.End => hits.Count - 1,
            TargetKind.Key => hits.FirstFrom(target.Key.Offset),
            TargetKind.Number => FirstNumber(hits, target.Number),
            TargetKind.Percent => hits.FirstFrom(target.ByteIn(reader.Size)),
        };
        wanted = Math.Min(wanted, hits.Count - 1);
        var (first, last) = (Math.Max(0, wanted - before), Math.Min(hits.Count - 1, wanted + after));
        var lines = new SortedList<long, ShownLine>();
        for (var at = first; at <= last;)
        {
            var end = at;
            while (end < last && hits[end + 1].Number - hits[end].Number <= ClusterGap)
                end++;
            Take(reader, hits, at, end, context, lines);
            at = end + 1;
        }

        var place = target.Kind is TargetKind.Key && lines.ContainsKey(target.Key.Offset) ? target.Key.Offset : hits[wanted].Offset;
        // The lines around a hit may include all hits before or after it.
        var atStart = first == 0 || lines.Values[0].Number <= Math.Max(1, hits[0].Number - context);
        var atEnd =
            last == hits.Count - 1 || lines.Values[^1].Number >= Math.Min(reader.TotalLines ?? long.MaxValue, hits[^1].Number + context);
        return new LineRun([.. lines.Values], Math.Max(0, lines.IndexOfKey(place)), atStart, complete && atEnd);
    }

    private static void Take(LogReader reader, HitList hits, int from, int to, int context, SortedList<long, ShownLine> into)
    {
        var (number, count) = (hits[from].Number, (int)(hits[to].Number - hits[from].Number) + 1 + context);
        var before = context > 0 ? reader.PageBefore(hits[from].Offset, context).Lines : [];
        var lines = before.Concat(reader.PageFrom(hits[from].Offset, count).Lines);
        var hit = from;
        foreach (var (index, line) in lines.Index())
        {
            var at = number - before.Count + index;
            while (hit < to && hits[hit].Number + context < at)
                hit++;
            if (Math.Abs(hits[hit].Number - at) <= context || (hit < to && hits[hit + 1].Number - at <= context))
                into[line.Offset] = new ShownLine(new LineKey(line.Offset), at, null, line.Text, Unfinished: line.Unfinished);
        }
    }

    private static int FirstNumber(HitList hits, long number)
    {
        var (low, high) = (0, hits.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (hits[middle].Number < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // The first line that begins at or after a position; null at the last line.
    private static long? LineFrom(LogReader reader, long offset)
    {
        if (offset <= 0)
            return 0;
        var page = reader.PageFrom(offset - 1, 2);
        return page.Lines.Count > 1 ? page.Lines[1].Offset : null;
    }

    private static bool IsStart(FileLines page, int asked, long end) =>
        page.FirstLine == 0
        || page.Lines.Count == 0
        || page.Lines[0].Offset == 0
        || (page.Lines.Count < asked && end - page.Lines[0].Offset < PageBytes);

    private static List<ShownLine> Shown(FileLines page) =>
        [
            .. page.Lines.Select(
                (line, index) =>
                    new ShownLine(new LineKey(line.Offset), page.FirstLine + 1 + index, null, line.Text, Unfinished: line.Unfinished)
            ),
        ];
}
