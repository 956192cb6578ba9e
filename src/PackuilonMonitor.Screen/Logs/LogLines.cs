using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The lines of the log as rows of cells: signs, time, text with its hits.</summary>
public static class LogLines
{
    private const int MostMatches = 100;

    /// <summary>Draws from the top row on and gives the last line that is in sight; null where there is none.</summary>
    public static ShownLine? Render(LogView view, Size size, DateTimeOffset now, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        if (view.Page is not { Lines.Length: > 0 } page || into.Size.Rows == 0)
            return null;
        var problems = view.Problems().ToHashSet();
        var gutter = LogGutter.Width(view.Look.Time);
        var (row, (index, skipped)) = (0, view.TopOf(size));
        var last = page.Lines[index];
        for (; index < page.Lines.Length && row < into.Size.Rows; index++)
        {
            last = page.Lines[index];
            var text = Text(view, last, palette);
            var time =
                view.ArrivalOf(last) is null && view.ClueOf(last) is { } clue
                    ? LogGutter.About(view.Look.Time, clue, view.Start(), now.Offset)
                    : LogGutter.Text(
                        view.Look.Time,
                        view.ArrivalOf(last),
                        index > 0 ? view.ArrivalOf(page.Lines[index - 1]) : null,
                        view.Start(),
                        now.Offset
                    );
            into.Write(row, 0, Signs(view, last, problems, palette, glyphs)).Write(row, 2, time, palette.Dim);
            var width = into.Size.Columns - gutter;
            if (!view.Look.Wraps)
            {
                into.Write(row, gutter, Chopped(text, view.Look.Sideways, width, palette, glyphs));
                Pause(view, page, index, now, into, row++, gutter + text.Width - view.Look.Sideways, palette);
                continue;
            }

            var end = gutter;
            foreach (var (column, part) in Wrapping.Rows(text, width).Skip(skipped).Take(into.Size.Rows - row))
            {
                into.Write(row++, gutter, text.Slice(column, part));
                end = gutter + part;
            }

            Pause(view, page, index, now, into, row - 1, end, palette);
            skipped = 0;
        }

        return last;
    }

    /// <summary>One line outside of the view: when it came since the build began, and its text.</summary>
    public static CellLine Alone(LogView view, ShownLine line, Palette palette) => new CellLine.Builder(view.Look.Ascii)
        .Add(LogGutter.Text(TimeColumn.SinceStart, view.ArrivalOf(line), null, view.Start(), default), palette.Dim)
        .Add(Text(view, line, palette))
        .ToLine();

    /// <summary>Behind a line after which nothing came for long; over its end where there is no room.</summary>
    private static void Pause(LogView view, LogPage page, int index, DateTimeOffset now, CellBuffer into, int row, int end, Palette palette)
    {
        if (LineGaps.After(view, page, index, now, into.Size.Columns - end - 1) is { } words)
            into.Write(row, Math.Max(LogGutter.Width(view.Look.Time), into.Size.Columns - words.Length - 1), words, palette.Warning);
    }

    private static CellLine Text(LogView view, ShownLine line, Palette palette)
    {
        var style = view.Look.Colours is LogColours.ByMeaning || line.Status is LineStatus.Missing ? Meaning(line, palette) : palette.Plain;
        var own = view.Look.Colours is LogColours.Own && line.Status is not LineStatus.Missing;
        var text = view.CellsOf(line, style, own);
        var hits = view.Search.Pattern is { } pattern && line.Status is not LineStatus.Missing
            ? pattern.Matches(LineText.Searched(line.Text, view.Look.HidesPrefix), MostMatches).ToList()
            : [];
        if (hits.Count == 0 && !own && !line.Unfinished)
            return text;

        var cells = text.Cells.ToArray();
        if (own)
        {
            foreach (ref var cell in cells.AsSpan())
                cell = cell with { Style = palette.Adapt(cell.Style) };
        }

        // Columns of what stands before a hit: the same text makes the same cells.
        var searched = hits.Count > 0 ? LineText.Searched(line.Text, view.Look.HidesPrefix) : "";
        foreach (var (start, length) in hits)
        {
            var from = SafeText.Cells(searched[..start], colours: false, ascii: view.Look.Ascii).Width;
            var to = SafeText.Cells(searched[..(start + length)], colours: false, ascii: view.Look.Ascii).Width;
            for (var column = Math.Min(from, cells.Length); column < Math.Min(to, cells.Length); column++)
                cells[column] = cells[column] with { Style = palette.Hit };
        }

        return line.Unfinished
            ? new CellLine.Builder(view.Look.Ascii).Add(CellLine.Of(cells)).Add(view.Look.Ascii ? "_" : "…", palette.Dim).ToLine()
            : CellLine.Of(cells);
    }

    private static CellLine Chopped(CellLine text, int sideways, int width, Palette palette, Glyphs glyphs)
    {
        var shown = text.Slice(sideways, width);
        if (text.Width - sideways <= width || width < 2)
            return shown;
        return new CellLine.Builder(glyphs.IsAscii).Add(shown.Slice(0, width - 1)).Add(glyphs.IsAscii ? "$" : "›", palette.Dim).ToLine();
    }

    /// <summary>First a mark or a hit, then a problem, or what the line is beside the last good build.</summary>
    private static CellLine Signs(LogView view, ShownLine line, HashSet<long> problems, Palette palette, Glyphs glyphs)
    {
        var current = view.Position.Current == line.Key;
        var (mark, markStyle) = view.Marks.ContainsKey(line.Key) ? ("m", palette.Mark)
            : current ? (glyphs.Cursor, palette.Key)
            : view.IsHit(line) ? ("*", palette.Key)
            : (" ", palette.Plain);
        var (sign, signStyle) = line.Number is { } number && problems.Contains(number) ? (glyphs.Problem, palette.Bad)
            : line.Status is LineStatus.New ? ("+", palette.New)
            : line.Status is LineStatus.Missing ? ("-", palette.Dim)
            : (" ", palette.Plain);
        return new CellLine.Builder(glyphs.IsAscii).Add(mark, markStyle).Add(sign, signStyle).ToLine();
    }

    private static Style Meaning(ShownLine line, Palette palette)
    {
        if (line.Status is LineStatus.Missing)
            return palette.Dim;
        var text = LineText.Searched(line.Text, hidesPrefix: true);
        if (line.Text.StartsWith("\u001b[1;31m", StringComparison.Ordinal) || text.Contains("[ERROR]", StringComparison.Ordinal))
            return palette.Bad;
        if (text.Contains("[WARN", StringComparison.Ordinal))
            return palette.Warning;
        if (line.Status is LineStatus.New)
            return palette.New;
        return text.StartsWith("==> ", StringComparison.Ordinal) ? palette.Heading : palette.Plain;
    }
}
