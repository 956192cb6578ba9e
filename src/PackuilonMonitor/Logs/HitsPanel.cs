using System.Globalization;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Logs;

/// <summary>The hits of a search in every build's log, one a row.</summary>
public static class HitsPanel
{
    public static void Render(LogView view, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        var (columns, rows) = (into.Size.Columns, into.Size.Rows);
        if (view.Everywhere is not { } pattern || rows < 1)
            return;
        var hits = view.Others?.Hits ?? [];
        var more = view.Others?.Searching != false ? "+" : "";
        into.Fill(new Area(0, 0, columns, 1), glyphs.Rule, palette.Rule);
        var title = string.Create(CultureInfo.InvariantCulture,
            $"{glyphs.Rule}{glyphs.Rule} HITS  /{SafeText.Plain(pattern.Text)}/  {view.Others?.Found ?? 0}{more} in {view.Others?.Logs ?? 0} logs ");
        into.Write(0, 0, title, palette.Heading, columns);

        var room = rows - 1;
        var start = StartOf(view, hits.Length, room);
        var wide = columns >= 100;
        for (var row = 0; row < Math.Min(room, hits.Length - start); row++)
        {
            var hit = hits[start + row];
            var chosen = view.HitsFocused && start + row == view.Chosen;
            var name = TextWidth.PadRight(hit.Name, wide ? 36 : 20, glyphs.IsAscii);
            var step = wide ? TextWidth.PadRight(hit.Step ?? "", 24, glyphs.IsAscii) + "  " : "";
            var line = string.Create(CultureInfo.InvariantCulture, $"{(chosen ? glyphs.Cursor : " ")} {name} {hit.Line,6}  {step}");
            into.Write(row + 1, 0, line, chosen ? palette.Selected : palette.Plain);
            var at = TextWidth.Of(line, glyphs.IsAscii);
            var beside = wide ? Beside(hit.Status) : "";
            var width = columns - at - (beside.Length > 0 ? beside.Length + 2 : 0);
            into.Write(row + 1, at, Highlighted(hit, pattern, width, palette, glyphs))
                .Write(row + 1, columns - beside.Length - 1, beside, hit.Status is LineStatus.New ? palette.New : palette.Dim);
        }
    }

    /// <summary>Which hit stands in a row of the panel, or null.</summary>
    internal static int? IndexAt(LogView view, Area panel, int row)
    {
        var count = view.Others?.Hits.Length ?? 0;
        var index = StartOf(view, count, panel.Height - 1) + row - 1;
        return row > 0 && index < count ? index : null;
    }

    private static int StartOf(LogView view, int count, int room) => Math.Clamp(view.Chosen - room / 2, 0, Math.Max(0, count - room));

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

        return line.Add(hit.Text[at..]).ToLine().Slice(0, width);
    }
}
