using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>A screen with one list of columns: its heading in words, then the rows.</summary>
public static class ListPane
{
    private const int Headings = 2;

    /// <summary>Rows that the list of such a screen has.</summary>
    /// <param name="strip">The row under the cursor is shown whole, where the screen has that.</param>
    public static int Height(Size size, ScreenKind screen, bool strip = false)
    {
        var layout = ScreenLayout.Of(size, 0);
        return Math.Max(
            0,
            screen switch
            {
                ScreenKind.Chain => ChainLayout.Of(layout.Body.Size, layout.Form, strip).List.Height,
                ScreenKind.Steps => layout.Body.Height - StepsPane.Below(layout.Body.Size),
                _ => layout.Body.Height - (HasStrip(layout.Body.Size, screen, strip) ? RowStrip.Rows : 0),
            } - Above(layout.Form, screen)
        );
    }

    /// <summary>Whether the row under the cursor is shown whole below the list; some screens have a place of their own for it.</summary>
    /// <param name="strip">It was asked for.</param>
    public static bool HasStrip(Size body, ScreenKind screen, bool strip) =>
        body.Rows >= RowStrip.Rows + Headings + 3
        && (screen is ScreenKind.Causes
            || strip && screen is not (ScreenKind.Chain or ScreenKind.Health or ScreenKind.Timeline) && RowStrip.IsOn(screen));

    /// <summary>Rows of such a screen above its list.</summary>
    public static int Above(ScreenForm form, ScreenKind screen) =>
        form is ScreenForm.Minimal ? 1
        : screen is ScreenKind.Chain ? ChainLayout.Headings
        : Headings;

    public static void Render<TRow>(
        Snapshot snapshot,
        UserState view,
        CellBuffer into,
        Paint paint,
        ScreenForm form,
        string title,
        string empty,
        IEnumerable<Column<TRow>> columns
    )
        where TRow : Row
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var gutter = RowList.Gutter(form);
        var fitted = new Columns<TRow>(columns, into.Size.Columns - gutter - 1);
        var first = Heading(view, rows.Count, into, paint, form, title, empty);
        var visible = RowList.Visible(rows, view.Place[Pane.Whole], focused: true, into.Size.Rows - first);
        fitted.FitTo(visible.Cast<TRow>(), snapshot, paint);
        if (first > 1)
            fitted.Titles(into, 1, gutter, paint.Palette.Dim);
        RowList.Render(
            into, first, rows, view.Place[Pane.Whole], true, paint, form,
            (cells, line, row) => fitted.Row(cells, line, gutter, (TRow)row, snapshot, paint));
    }

    /// <summary>Title and, for an empty list, why it is; the first row of the list.</summary>
    public static int Heading(UserState view, int count, CellBuffer into, Paint paint, ScreenForm form, string title, string empty)
    {
        var cursor = view.Place[Pane.Whole];
        var heading = RowList.Title(title, cursor, count);
        var first = form is ScreenForm.Minimal ? 1 : Headings;
        RowList.Rule(into, 0, heading, true, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(0, 1, $"{heading} ", paint.Palette.Heading, Math.Max(0, into.Size.Columns - 2));
        if (count == 0)
            into.Write(first, RowList.Gutter(form), cursor.Filter.Length > 0 ? "none match" : empty, paint.Palette.Dim);
        return first;
    }
}
