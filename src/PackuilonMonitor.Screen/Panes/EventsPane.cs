using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// The recent observations, newest first: under the overview, on a screen of their own, and the lines that no rule accepts.
/// </summary>
public static class EventsPane
{
    private const int ProgramColumns = 14;

    /// <summary>The pane of the overview.</summary>
    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Events, paint.Now);
        var focused = view.Place.Focus is Pane.Events;
        var first = form is ScreenForm.Wide ? 1 : 2;
        RowList.Rule(into, 0, RowList.Title("EVENTS", view.Place[Pane.Events], rows.Count), focused, paint, form);
        if (first == 2)
            into.Write(1, 1, RowList.Title("EVENTS", view.Place[Pane.Events], rows.Count), RowList.TitleStyle(focused, paint));
        Rows(snapshot, rows, view.Place[Pane.Events], focused, view.Place.Sideways, into, first, paint, form);
    }

    /// <summary>A screen of events or of unrecognised lines.</summary>
    public static void RenderScreen(
        Snapshot snapshot,
        UserState view,
        CellBuffer into,
        Paint paint,
        ScreenForm form,
        string title,
        string empty
    )
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var first = ListPane.Heading(view, rows.Count, into, paint, form, title, empty);
        Rows(snapshot, rows, view.Place[Pane.Whole], true, view.Place.Sideways, into, first, paint, form);
    }

    private static string ClockOf(Observation seen, Paint paint) => seen.HasNoTime ? "--:--:--" : paint.Clock(seen.At);

    public static string TextOf(EventRow row, Paint paint) =>
        $"{ClockOf(row.Seen, paint)} {Words.Program(row.Seen.Speaker)} {EventWords.Of(row.Seen)}";

    private static void Rows(
        Snapshot snapshot,
        IReadOnlyList<Row> rows,
        ListCursor cursor,
        bool focused,
        int sideways,
        CellBuffer into,
        int first,
        Paint paint,
        ScreenForm form
    )
    {
        var gutter = RowList.Gutter(form);
        var whose = Factories.Columns(snapshot);
        RowList.Render(into, first, rows, cursor, focused, paint, form, (cells, line, row) =>
        {
            if (row is not EventRow { Seen: var seen })
                return;
            var style =
                seen.Event is Unrecognised ? paint.Palette.Warning
                : RowProblems.IsProblem(snapshot, row, paint.Now) ? paint.Palette.Bad
                : paint.Palette.Plain;
            TextRow.Draw(
                cells,
                line,
                gutter,
                ClockOf(seen, paint),
                new(Words.Program(seen.Speaker), paint.Palette.Dim),
                form is ScreenForm.Minimal ? 0 : ProgramColumns,
                EventWords.Of(seen),
                style,
                sideways,
                new(row.Factory ?? "", paint.Palette.Heading),
                whose
            );
        });
    }
}
