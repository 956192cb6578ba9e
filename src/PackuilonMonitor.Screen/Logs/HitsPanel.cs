using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The hits of a search in every build's log, one a row.</summary>
public static class HitsPanel
{
    public static void Render(LogView view, DateTimeOffset now, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        var (columns, rows) = (into.Size.Columns, into.Size.Rows);
        if (view.AllBuilds.Pattern is not { } pattern || rows < 1)
            return;
        var hits = view.AllBuilds.Hits?.Hits ?? [];
        into.Fill(new Area(0, 0, columns, 1), glyphs.Rule, palette.Rule);
        into.Write(
            0,
            0,
            $"{glyphs.Rule}{glyphs.Rule} HITS  /{SafeText.Plain(pattern.Text)}/  {Counts(view, pattern)} ",
            palette.Heading,
            columns
        );

        var headings = Headings(into.Size);
        if (headings > 0)
            into.Write(1, 0, $"  {"build",-36} {"began",-6} {"thr",-3} {"line",6}  {"step",-24}  text", palette.Dim, columns);
        var room = rows - 1 - headings;
        var start = StartOf(view, hits.Length, room);
        var wide = columns >= WideFrom;
        for (var row = 0; row < Math.Min(room, hits.Length - start); row++)
        {
            var hit = hits[start + row];
            var chosen = view.AllBuilds.Focused && start + row == view.AllBuilds.Chosen;
            var name = TextWidth.PadRight(
                ShortName.In(hit.Name, wide ? 36 : 24, glyphs.IsAscii),
                wide ? 36 : 24,
                glyphs.IsAscii
            );
            var step = wide ? TextWidth.PadRight(hit.Step ?? "", 24, glyphs.IsAscii) + "  " : "";
            var began = wide
                ? $"{(hit.Began.At is { } since ? Minute(since.ToOffset(now.Offset), now) : "-"),-6} {hit.Began.Thread,-3} "
                : "";
            var line = string.Create(CultureInfo.InvariantCulture, $"{(chosen ? glyphs.Cursor : " ")} {name} {began}{hit.Line,6}  {step}");
            var place = row + 1 + headings;
            into.Write(place, 0, line, chosen ? palette.Selected : palette.Plain);
            var at = TextWidth.Of(line, glyphs.IsAscii);
            var beside = wide ? Beside(hit.Status) : "";
            var width = columns - at - (beside.Length > 0 ? beside.Length + 2 : 0);
            into.Write(place, at, Highlighted(hit, pattern, width, palette, glyphs))
                .Write(place, columns - beside.Length - 1, beside, hit.Status is LineStatus.New ? palette.New : palette.Dim);
        }
    }

    /// <summary>Which hit stands in a row of the panel, or null.</summary>
    public static int? IndexAt(LogView view, Area panel, int row)
    {
        var count = view.AllBuilds.Hits?.Hits.Length ?? 0;
        var above = 1 + Headings(panel.Size);
        var index = StartOf(view, count, panel.Height - above) + row - above;
        return row >= above && index < count ? index : null;
    }

    /// <summary>Rows for the names of the columns, where they do not take the place of hits.</summary>
    private static int Headings(Size size) => size is { Columns: >= WideFrom, Rows: >= 6 } ? 1 : 0;

    private static string Counts(LogView view, SearchPattern pattern)
    {
        if (view.AllBuilds.Hits is not { } others)
            return "searching";
        var here =
            view.Search.Pattern == pattern && view.Hits.Found > 0
                ? view.Hits.Found
                : others.Hits.Count(hit => hit.BuildId == view.Build.Id);
        var (found, logs) = (Math.Max(0, others.Found - here), others.Logs - (here > 0 && others.Logs > 0 ? 1 : 0));
        var more = others.Searching ? "+" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Count(here, "hit")} in this log, {found}{more} in {Words.Count(logs, "other build")}"
        );
    }

    private static string Minute(DateTimeOffset at, DateTimeOffset now) =>
        at.ToString(at.Date == now.Date ? "HH:mm" : at.Year == now.Year ? "d MMM" : "yyyy", CultureInfo.InvariantCulture);

    private const int WideFrom = 100;

    private static int StartOf(LogView view, int count, int room) =>
        Math.Clamp(view.AllBuilds.Chosen - room / 2, 0, Math.Max(0, count - room));

    private static string Beside(LineStatus? status) => status switch
    {
        LineStatus.New => "NEW",
        LineStatus.Usual => "also in last good",
        LineStatus.Missing or null => "",
    };

    private static CellLine Highlighted(OtherHit hit, SearchPattern pattern, int width, Palette palette, Glyphs glyphs)
    {
        var line = new CellLine.Builder(glyphs.IsAscii);
        var at = 0;
        foreach (var (start, length) in pattern.Matches(hit.Text, 20))
        {
            line.Add(hit.Text[at..start]).Add(hit.Text.Substring(start, length), palette.Hit);
            at = start + length;
        }

        var text = line.Add(hit.Text[at..]).ToLine();
        return text.Width <= width || width < 1
            ? text.Slice(0, width)
            : new CellLine.Builder(glyphs.IsAscii).Add(text.Slice(0, width - 1)).Add(glyphs.IsAscii ? "$" : "›", palette.Dim).ToLine();
    }
}
