using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.LogPages;

/// <summary>
/// Scans a log from its first line, a step at a time, and stores the matching lines. Appended lines are scanned too.
/// </summary>
internal sealed class LineScan(Func<string, bool> wanted)
{
    /// <summary>A step is some 2 MB of a usual log: a few milliseconds.</summary>
    private const int LinesPerStep = 20_000;

    public HitList Hits { get; private set; } = HitList.None;

    /// <summary>The position up to which lines were scanned.</summary>
    public long Offset { get; private set; }

    /// <summary>The number of finished lines that were scanned.</summary>
    public long Lines { get; private set; }

    /// <summary>Scans more lines. Returns whether some are left.</summary>
    public bool Step(LogReader reader)
    {
        var page = reader.PageFrom(Offset, LinesPerStep);
        foreach (var line in page.Lines)
        {
            if (line.Unfinished)
            {
                // The end of a line that is too long for a page comes with a later one.
                if (page.AtEnd)
                    Offset = line.Offset;
                else
                    Offset = page.End;
                return !page.AtEnd;
            }

            Lines++;
            if (wanted(line.Text))
                Hits = Hits.Add(new Hit(line.Offset, Lines));
        }

        Offset = Math.Max(Offset, page.End);
        return page.Lines.Count > 0 && !page.AtEnd;
    }
}
