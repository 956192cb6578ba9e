using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>DOCTOR: what would be read, as which user, what is missing, and the command that fixes it.</summary>
public static class DoctorPane
{
    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var empty = view.Place.Findings is null ? "doctor examines the sources" : "nothing found";
        var first = ListPane.Heading(view, rows.Count, into, paint, form, "DOCTOR", empty);
        var (gutter, sideways) = (RowList.Gutter(form), view.Place.Sideways);
        RowList.Render(into, first, rows, view.Place[Pane.Whole], true, paint, form, (cells, line, row) =>
        {
            if (row is not DoctorRow found)
                return;
            var style =
                found.IsProblem ? paint.Palette.Bad
                : found.IsCommand ? paint.Palette.Heading
                : paint.Palette.Plain;
            var text = found.IsCommand ? $"       type: {found.Text}" : found.Text;
            TextRow.Draw(cells, line, gutter, cells.Size.Columns - gutter - 1, text, style, sideways);
        });
    }
}
