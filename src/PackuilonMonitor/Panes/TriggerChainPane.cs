using PackuilonMonitor.App;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Panes;

/// <summary>From the packet to the image: each link with its time and how long after the one before.</summary>
public static class TriggerChainPane
{
    private const int LabelColumns = 17;

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var first = ListPane.Heading(view, rows.Count, into, paint, form, "TRIGGER CHAIN", "nothing is known of it any more");
        var gutter = RowList.Gutter(form);
        RowList.Render(into, first, rows, view.Place[Pane.Whole], true, paint, form, (cells, line, row) =>
        {
            if (row is not ChainRow link)
                return;
            var gap = Gap(rows, link);
            var style = link.IsProblem ? paint.Palette.Bad : link.At is null ? paint.Palette.Dim : paint.Palette.Plain;
            TextRow.Draw(
                cells, line, gutter, link.At is { } at ? paint.Clock(at) : "", new($"{gap,-8} {link.Label}", link.IsProblem ? style : paint.Palette.Heading),
                form is ScreenForm.Minimal ? 0 : LabelColumns, link.Text, style, view.Place.Sideways);
        });
    }

    internal static string TextOf(ChainRow link, Paint paint) => $"{(link.At is { } at ? paint.Clock(at) : "")} {link.Label} {link.Text}";

    private static string Gap(IReadOnlyList<Row> rows, ChainRow link)
    {
        var before = rows.OfType<ChainRow>().TakeWhile(row => row.Number < link.Number).LastOrDefault(row => row.At is not null);
        return link.At is { } at && before?.At is { } then ? $"+{Words.Span(at - then)}" : "";
    }
}
