using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The headings and rows of the two lists of HEALTH.</summary>
internal static class HealthList
{
    /// <summary>A rule with the title, and a text at its right end where there is room.</summary>
    public static void Heading(CellBuffer into, int row, string title, bool focused, string right, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, row, title, focused, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(row, 1, $"{title} ", RowList.TitleStyle(focused, paint), Math.Max(0, into.Size.Columns - 2));
        if (right.Length + title.Length + 8 < into.Size.Columns)
            into.Write(row, into.Size.Columns - right.Length - (form is ScreenForm.Wide ? 5 : 3), $" {right} ", paint.Palette.Plain);
    }

    public static void Rows<TRow>(
        Snapshot snapshot,
        UserState view,
        Pane pane,
        IReadOnlyList<Row> rows,
        IEnumerable<Column<TRow>> table,
        CellBuffer into,
        Paint paint,
        ScreenForm form,
        CellBuffer? titles = null
    )
        where TRow : Row
    {
        var gutter = RowList.Gutter(form);
        var columns = new Columns<TRow>(table.WithFactory(snapshot), into.Size.Columns - gutter - 1);
        if (titles is not null)
            columns.Titles(titles, 0, gutter, paint.Palette.Dim);
        RowList.Render(
            into,
            0,
            rows,
            view.Place[pane],
            view.Place.Focus == pane,
            paint,
            form,
            (cells, line, row) => columns.Row(cells, line, gutter, (TRow)row, snapshot, paint),
            row => NewsList.IsUnseen(row, snapshot, view.Sight.Mark)
        );
    }
}
