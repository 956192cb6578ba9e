using System.Globalization;
using PackuilonMonitor.App;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Panes;

/// <summary>The keys in use, in columns and pages; made from the map that the keys go through, so it cannot be wrong.</summary>
public static class HelpPane
{
    private const int ColumnWidth = 38;
    private const int KeyColumns = 15;
    private const int HeadRows = 2;

    /// <summary>The last page, counted from 0.</summary>
    public static int LastPage(ViewState view, Size size)
    {
        var room = Room(ScreenLayout.Of(size, 0).Body.Size);
        return Math.Max(0, (Lines(view).Count - 1) / Math.Max(1, room.Columns * room.Rows));
    }

    public static void Render(ViewState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var (palette, place) = (paint.Palette, view.Place);
        var lines = Lines(view);
        var room = Room(into.Size);
        var page = Math.Min(place.Cursor.Top, Math.Max(0, (lines.Count - 1) / Math.Max(1, room.Columns * room.Rows)));
        var title = place.Everything ? "HELP  every key" : $"HELP  {Wheres.Name(place.About)}";
        RowList.Rule(into, 0, null, true, paint, form);
        into.Write(0, 1, $"{title}{Filtered(place)} ", palette.Heading, Math.Max(0, into.Size.Columns - 2));
        var foot = Foot(view, page, lines.Count, room);
        if (foot.Length + title.Length + 6 < into.Size.Columns)
            into.Write(0, into.Size.Columns - foot.Length - 2, $" {foot} ", palette.Plain);
        var width = into.Size.Columns / room.Columns;
        for (var column = 0; column < room.Columns; column++)
        {
            for (var row = 0; row < room.Rows; row++)
            {
                var index = (page * room.Columns + column) * room.Rows + row;
                if (index < lines.Count)
                    Draw(into, HeadRows + row, column * width + 1, width - 2, lines[index], paint);
            }
        }
    }

    private static IReadOnlyList<HelpLine> Lines(ViewState view) =>
        HelpText.Of(view.Keys, view.Place.About, view.Place.Everything, view.Place.Cursor.Filter);

    private static (int Columns, int Rows) Room(Size body) => (Math.Max(1, body.Columns / ColumnWidth), Math.Max(1, body.Rows - HeadRows));

    private static string Filtered(Place place) => place.Cursor.Filter.Length == 0 ? "" : $"  /{SafeText.Plain(place.Cursor.Filter)}/";

    private static string Foot(ViewState view, int page, int lines, (int Columns, int Rows) room)
    {
        var pages = Math.Max(1, (lines + room.Columns * room.Rows - 1) / (room.Columns * room.Rows));
        var changed = view.Keys.Changed == 0 ? "" : $"{Words.Count(view.Keys.Changed, "key")} changed: *   ";
        var all = view.Place.Everything || view.Keys.Named("help") is not { Keys: [var key, ..] } ? "" : $"{key} all keys   ";
        return string.Create(CultureInfo.InvariantCulture, $"{all}{changed}page {page + 1}/{pages}");
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
