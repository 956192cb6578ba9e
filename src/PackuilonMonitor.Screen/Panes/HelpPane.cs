using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The keys in use, in columns and pages; made from the map that the keys go through, so it cannot be wrong.</summary>
public static class HelpPane
{
    private const int LeastWidth = 38;
    private const int KeyColumns = 15;
    private const int HeadRows = 2;

    /// <summary>The last page, counted from 0.</summary>
    public static int LastPage(ScreenState state) =>
        Laid(state.User.Place, state.Settings.Keys, ScreenLayout.Of(state.Size, 0).Body.Size, Glyphs.Unicode).Pages - 1;

    public static void Render(Place place, KeyMap keys, CellBuffer into, Paint paint, ScreenForm form)
    {
        var palette = paint.Palette;
        var (columns, across, pages) = Laid(place, keys, into.Size, paint.Glyphs);
        var page = Math.Min(place.Cursor.Top, pages - 1);
        var title = $"HELP  {(place.Everything ? "every key" : Wheres.Name(place.About))}{Filtered(place)}";
        RowList.Rule(into, 0, title, true, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(0, 1, $"{title} ", palette.Heading, Math.Max(0, into.Size.Columns - 2));
        var foot = Foot(place, keys, page, pages);
        if (foot.Length + title.Length + 8 < into.Size.Columns)
            into.Write(0, into.Size.Columns - foot.Length - 3, $" {foot} ", palette.Plain);
        var width = into.Size.Columns / across;
        foreach (var (left, column) in columns.Skip(page * across).Take(across).Index())
        {
            foreach (var (row, line) in column.Index())
                Draw(into, HeadRows + row, left * width + 1, width - 2, line, paint);
        }
    }

    /// <summary>As few columns as all fits into on one page, so that words have room; else as many as there is room for.</summary>
    private static (List<List<HelpLine>> Columns, int Across, int Pages) Laid(Place place, KeyMap keys, Size body, Glyphs glyphs)
    {
        var lines = Lines(place, keys, glyphs);
        var rows = Math.Max(1, body.Rows - HeadRows);
        var most = Math.Max(1, body.Columns / LeastWidth);
        var columns = Columns(lines, rows);
        var across = Math.Clamp(columns.Count, 1, most);
        return (columns, across, Math.Max(1, (columns.Count + across - 1) / across));
    }

    /// <summary>No column ends with a heading or begins with a blank line.</summary>
    private static List<List<HelpLine>> Columns(IReadOnlyList<HelpLine> lines, int rows)
    {
        var columns = new List<List<HelpLine>>();
        var column = new List<HelpLine>();
        foreach (var line in lines)
        {
            if (column.Count >= rows || line.IsHeading && column.Count == rows - 1 && rows > 1)
            {
                columns.Add(column);
                column = [];
            }

            if (column.Count > 0 || line != HelpLine.Blank)
                column.Add(line);
        }

        if (column.Count > 0)
            columns.Add(column);
        return columns;
    }

    private static IReadOnlyList<HelpLine> Lines(Place place, KeyMap keys, Glyphs glyphs) =>
        HelpText.Of(keys, place.About, place.Everything, place.Cursor.Filter, glyphs);

    private static string Filtered(Place place) => place.Cursor.Filter.Length == 0 ? "" : $"  /{SafeText.Plain(place.Cursor.Filter)}/";

    private static string Foot(Place place, KeyMap keys, int page, int pages)
    {
        var changed = keys.Changed == 0 ? "" : $"changed: * ({keys.Changed})   ";
        var all = place.Everything || keys.Named("help") is not { Keys: [var key, ..] } ? "" : $"{key} all keys   ";
        return string.Create(CultureInfo.InvariantCulture, $"{all}{changed}type to filter   page {page + 1}/{pages}");
    }

    private static void Draw(CellBuffer into, int row, int column, int width, HelpLine line, Paint paint)
    {
        if (width <= 0)
            return;
        if (line.IsHeading)
        {
            into.Write(row, column, line.Long.Length <= width ? line.Long : line.Short, paint.Palette.Heading, width);
            return;
        }

        var keys = Math.Min(KeyColumns, width);
        // Keys that do not fit in their column push the words aside rather than being cut.
        var taken = Math.Max(keys, TextWidth.Of(line.Keys, into.IsAscii) + 1);
        var style = line.Works ? paint.Palette.Plain : paint.Palette.Dim;
        into.Write(row, column + 1, line.Keys, line.Works ? paint.Palette.Key : paint.Palette.Dim, width - 1);
        var room = width - 1 - taken;
        into.Write(row, column + 1 + taken, line.Long.Length <= room ? line.Long : line.Short, style, Math.Max(0, room));
    }
}
