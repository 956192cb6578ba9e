using PackuilonMonitor.App;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Panes;

/// <summary>What Aquilon changed and what came of it, also where that is nothing and why.</summary>
public static class TriggersPane
{
    private static readonly Column<TriggerRow> Time = new("time", 8, (row, _, paint) => new(paint.Clock(row.At), paint.Palette.Plain));

    private static readonly Column<TriggerRow>[] Narrow =
    [
        Time,
        new("what changed", 16, (row, _, paint) => new(TriggerWords.What(row), paint.Palette.Plain)) { Grows = 3 },
        new("came of it", 16, TriggerWords.Short) { Grows = 2 },
    ];

    private static readonly Column<TriggerRow>[] Wide =
    [
        Time,
        new("what", 26, (row, _, paint) => new(TriggerWords.Name(row), paint.Palette.Plain)) { Grows = 1 },
        new("came of it", 40, TriggerWords.Chain) { Grows = 5 },
    ];

    internal static string TextOf(TriggerRow row, Snapshot snapshot, Paint paint) => RowText.Of(Narrow.Union(Wide), row, snapshot, paint);

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var cursor = view.Place[Pane.Triggers];
        var rows = Lists.Of(snapshot, view.Place, Pane.Triggers, paint.Now);
        var focused = view.Place.Focus is Pane.Triggers;
        var gutter = RowList.Gutter(form);
        var columns = new Columns<TriggerRow>((form is ScreenForm.Wide ? Wide : Narrow).WithFactory(snapshot), into.Size.Columns - gutter - 1);
        var name = form is ScreenForm.Wide ? "TRIGGERS: what Aquilon changed and what came of it" : "TRIGGERS";
        var title = RowList.Title(cursor.Filter.Length > 0 ? "TRIGGERS" : name, cursor, rows.Count);
        RowList.Rule(into, 0, title, focused, paint, form);
        var first = form is ScreenForm.Wide ? 1 : 2;
        if (first == 2)
        {
            columns.Titles(into, 1, gutter, paint.Palette.Dim);
            var room = cursor.Filter.Length > 0 ? columns.Start("came of it") ?? 0 : 9;
            into.Write(1, gutter, TextWidth.PadRight(title, room, into.IsAscii), RowList.TitleStyle(focused, paint), room);
        }

        if (rows.Count == 0)
            into.Write(first, gutter, cursor.Filter.Length > 0 ? "none match" : "no change seen yet", paint.Palette.Dim);
        RowList.Render(into, first, rows, cursor, focused, paint, form, (cells, line, row) => columns.Row(cells, line, gutter, (TriggerRow)row, snapshot, paint),
            row => NewsList.IsUnseen(row, snapshot, view.Sight.Mark));
    }
}
