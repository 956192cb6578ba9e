using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The lines that a check or a lost worker rests on, as they were written.</summary>
public static class LinesPane
{
    private const int SourceColumns = 14;

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var about = SafeText.Plain(HealthRows.About(snapshot, view.Place.Subject, paint.Now));
        var first = ListPane.Heading(view, rows.Count, into, paint, form, $"LINES of {about}", "no line of it is known");
        var gutter = RowList.Gutter(form);
        RowList.Render(into, first, rows, view.Place[Pane.Whole], true, paint, form, (cells, line, row) =>
        {
            if (row is not LineRow { Line: var shown })
                return;
            TextRow.Draw(
                cells,
                line,
                gutter,
                paint.Clock(shown.At),
                new(shown.Source.Name, paint.Palette.Dim),
                form is ScreenForm.Minimal ? 0 : SourceColumns,
                shown.Text,
                paint.Palette.Plain,
                view.Place.Sideways
            );
        });
    }

    public static string TextOf(LineRow row, Paint paint) => $"{paint.Clock(row.Line.At)} {row.Line.Text}";
}
