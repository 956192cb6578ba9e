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
        var start = Math.Clamp(view.Chosen - room / 2, 0, Math.Max(0, hits.Length - room));
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
            into.Write(row + 1, at, Highlighted(hit, pattern, columns - at, palette, glyphs));
        }
    }

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
