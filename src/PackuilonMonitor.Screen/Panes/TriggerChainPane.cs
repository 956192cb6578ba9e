using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The way of a change: hop by hop when and how long, how sure the tie is, and where the time went.</summary>
public static class TriggerChainPane
{
    private const int StageColumns = 12;
    private const int TimeColumns = 8;
    private const int GapColumns = 8;
    private const int UsualColumns = 9;
    private const string Longest = "longest wait";

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var chain = snapshot.ChainOf(view.Place.Subject);
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var gutter = RowList.Gutter(form);
        var layout = ChainLayout.Of(into.Size, form, view.ShowsRow);
        var list = into.Part(layout.List);
        var outcome = form is ScreenForm.Minimal ? chain.Outcome : Outcome(chain, snapshot, paint);
        var first = Heading(chain, outcome, view, rows.Count, list, paint, form);
        RowList.Render(list, first, rows, view.Place[Pane.Whole], true, paint, form, (cells, line, row) =>
            Draw(cells, line, gutter, (ChainRow)row, paint, form, view.Place.Sideways)
        );
        if (!layout.Sum.IsEmpty)
            ChainSum.Render(chain, layout.HasBars, into.Part(layout.Sum), gutter, paint);
        if (!layout.Others.IsEmpty)
            ChainSum.RenderOthers(chain, snapshot, into.Part(layout.Others), gutter, paint);
        if (!layout.Strip.IsEmpty)
            RowStrip.Render(Lists.Selected(snapshot, view.Place, paint.Now), snapshot, into.Part(layout.Strip), paint, form);
    }

    /// <summary>Its result; for a change in progress also when all of it will be done.</summary>
    private static string Outcome(ChangeChain chain, Snapshot snapshot, Paint paint) =>
        chain.Row is { IsUnfinished: true } row && ChangeOutlook.EndOf(snapshot.Of(row.Factory), row, paint.Now) is { } end
            ? $"{chain.Outcome}, all done ~{paint.Minute(end)}"
            : chain.Outcome;

    public static string TextOf(ChainRow link, Paint paint) =>
        $"{(link.At is { } at ? paint.Clock(at) : "")} {link.Stage} {link.Text}{(link.IsLongestWait ? $" {Longest}" : "")}";

    private static int Heading(
        ChangeChain chain,
        string outcome,
        UserState view,
        int count,
        CellBuffer into,
        Paint paint,
        ScreenForm form
    )
    {
        var title = RowList.Title($"CHANGE  {SafeText.Plain(chain.Title)}", view.Place[Pane.Whole], count);
        var width = into.Size.Columns;
        if (form is ScreenForm.Wide)
        {
            RowList.Rule(into, 0, title, true, paint, form);
            if (outcome.Length > 0)
                into.Write(0, Math.Max(0, width - outcome.Length - 4), $" {outcome} ", paint.Palette.Heading);
        }
        else
        {
            var room = Math.Max(0, width - 2 - (outcome.Length > 0 ? outcome.Length + 3 : 0));
            into.Write(0, 1, title, paint.Palette.Heading, room)
                .Write(0, 1 + Math.Min(room, TextWidth.Of(title, into.IsAscii)) + 3, outcome);
        }

        if (form is ScreenForm.Minimal)
            return 1;
        var gutter = RowList.Gutter(form);
        into.Write(
            1,
            gutter,
            chain.Tie.IsSure ? $"tie  {chain.Tie.Text}" : $"tie  ? {chain.Tie.Text}",
            chain.Tie.IsSure ? paint.Palette.Plain : paint.Palette.Warning,
            Math.Max(0, width - gutter - 1)
        );
        if (form is ScreenForm.Wide)
            into.Write(2, gutter + 5, chain.Tie.Proof ?? "", paint.Palette.Dim);
        else
            RowList.Rule(into, 2, null, true, paint, form);
        into.Write(3, gutter, "@", paint.Palette.Dim).Write(3, gutter + TimeColumns + GapColumns - 1, "+", paint.Palette.Dim);
        if (form is ScreenForm.Wide)
            into.Write(3, gutter + TimeColumns + GapColumns + UsualColumns - 5, "usual", paint.Palette.Dim)
                .Write(3, TextColumn(form) - StageColumns - 1, "stage", paint.Palette.Dim);
        into.Write(3, TextColumn(form), "what", paint.Palette.Dim);
        if (count == 0)
            into.Write(
                ChainLayout.Headings,
                gutter,
                view.Place[Pane.Whole].Filter.Length > 0 ? "none match" : chain.Tie.Text,
                paint.Palette.Dim
            );
        return ChainLayout.Headings;
    }

    private static int TextColumn(ScreenForm form) =>
        RowList.Gutter(form) + TimeColumns + GapColumns + 2 + (form is ScreenForm.Wide ? UsualColumns + StageColumns + 1 : 0);

    private static void Draw(CellBuffer into, int line, int left, ChainRow hop, Paint paint, ScreenForm form, int sideways)
    {
        if (hop.At is { } at)
            into.Write(line, left, paint.Clock(at), paint.Palette.Plain, TimeColumns);
        var gap =
            hop.Gap is { } time ? Words.Span(time)
            : hop.Since is { } since ? paint.Since(since)
            : "";
        into.Write(line, left + TimeColumns + GapColumns - gap.Length, gap);
        var start = TextColumn(form);
        if (form is ScreenForm.Wide)
        {
            var usual = hop.Usual is { } known ? Words.Span(known) : "";
            into.Write(line, left + TimeColumns + GapColumns + UsualColumns - usual.Length, usual, paint.Palette.Dim)
                .Write(line, start - StageColumns - 1, hop.Stage, paint.Palette.Dim, StageColumns);
        }

        // Of the way the mark is what is looked for, so the text gives way to it.
        var mark = hop.IsLongestWait ? $" {(into.IsAscii ? "<" : "◄")} {Longest}" : "";
        var room = into.Size.Columns - start - 1 - mark.Length;
        if (room <= 0)
            return;
        var style =
            hop.IsProblem ? paint.Palette.Bad
            : hop.IsDoubtful ? paint.Palette.Warning
            : hop is { At: null, IsNow: false } ? paint.Palette.Dim
            : paint.Palette.Plain;
        var cells = SafeText.Cells(hop.Text, style, colours: false, into.IsAscii);
        into.Write(line, start, cells.Slice(sideways, room));
        if (cells.Width > sideways + room)
            into.Write(line, start + room - 1, paint.Glyphs.Ellipsis, paint.Palette.Dim);
        into.Write(line, start + room, mark, paint.Palette.Plain.With(Emphasis.Bold));
    }
}
