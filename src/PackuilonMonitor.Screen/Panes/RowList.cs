using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>What every list has: its heading, its window on the rows and the cursor.</summary>
public static class RowList
{
    /// <summary>Cells left of a row: the cursor's sign and, where there is room, a blank on each side.</summary>
    public static int Gutter(ScreenForm form) => form is ScreenForm.Wide ? 3 : 1;

    /// <summary>A rule, on a wide screen with the title in it.</summary>
    public static void Rule(CellBuffer into, int row, string? title, bool focused, Paint paint, ScreenForm form)
    {
        var margin = form is ScreenForm.Wide ? 0 : 1;
        into.Fill(new Area(margin, row, into.Size.Columns - 2 * margin, 1), paint.Glyphs.Rule, paint.Palette.Rule);
        if (title is not null && form is ScreenForm.Wide)
            into.Write(row, 2, $" {title} ", TitleStyle(focused, paint), Math.Max(0, into.Size.Columns - 4));
    }

    public static Style TitleStyle(bool focused, Paint paint) =>
        focused ? paint.Palette.Heading : paint.Palette.Heading.Without(Emphasis.Bold);

    /// <summary>A list's name and what its filter leaves.</summary>
    public static string Title(string name, ListCursor cursor, int shown)
    {
        if (cursor.Filter.Length == 0)
            return name;
        var plain = SearchPattern.Of(cursor.Filter) is { IsPlain: true } ? ", as plain text" : "";
        return $"{name}  /{SafeText.Plain(cursor.Filter)}/ {Words.Count(shown, "row")}{plain}";
    }

    /// <summary>The rows of the list that a pane of this height shows.</summary>
    public static IEnumerable<Row> Visible(IReadOnlyList<Row> rows, ListCursor cursor, bool focused, int height) =>
        rows.Skip(Top(rows, cursor, focused, height)).Take(height);

    /// <summary>How many rows are below those.</summary>
    public static int Below(IReadOnlyList<Row> rows, ListCursor cursor, bool focused, int height) =>
        Math.Max(0, rows.Count - Top(rows, cursor, focused, height) - Math.Max(0, height));

    private static int Top(IReadOnlyList<Row> rows, ListCursor cursor, bool focused, int height) =>
        focused && height > 0 ? cursor.TopOf(cursor.In(rows), rows.Count, height) : 0;

    /// <summary>
    /// The rows from <paramref name="first"/> on: with the focus, the cursor's row is among them, and the rule says how many are above;
    /// without it, the beginning of the list, so that a pane without the focus shows what is new.
    /// </summary>
    public static void Render(
        CellBuffer into,
        int first,
        IReadOnlyList<Row> rows,
        ListCursor cursor,
        bool focused,
        Paint paint,
        ScreenForm form,
        Action<CellBuffer, int, Row> draw,
        Func<Row, bool>? isUnseen = null
    )
    {
        var height = into.Size.Rows - first;
        if (height <= 0)
            return;
        var index = cursor.In(rows);
        var top = Top(rows, cursor, focused, height);
        if (top > 0)
            Above(into, top, paint);
        for (var line = 0; line < height && top + line < rows.Count; line++)
        {
            draw(into, first + line, rows[top + line]);
            if (isUnseen?.Invoke(rows[top + line]) == true)
                Unseen(into, first + line, paint, form);
            if (focused && top + line == index)
                Mark(into, first + line, paint, form);
        }
    }

    /// <summary>A sign in the cursor's column, and the row bold.</summary>
    private static void Unseen(CellBuffer into, int row, Paint paint, ScreenForm form)
    {
        into.Restyle(new Area(0, row, into.Size.Columns, 1), style => style.With(Emphasis.Bold));
        into.Write(row, form is ScreenForm.Wide ? 1 : 0, paint.Glyphs.Unseen, paint.Palette.Key.With(Emphasis.Bold));
    }

    private static void Above(CellBuffer into, int rows, Paint paint)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $" {rows} more above ");
        into.Write(0, Math.Max(0, into.Size.Columns - text.Length - 2), text, paint.Palette.Key);
    }

    public static void Mark(CellBuffer into, int row, Paint paint, ScreenForm form)
    {
        into.Restyle(new Area(0, row, into.Size.Columns, 1), style => style.With(Emphasis.Bold));
        into.Write(row, form is ScreenForm.Wide ? 1 : 0, paint.Glyphs.Cursor, paint.Palette.Key.With(Emphasis.Bold));
    }
}
