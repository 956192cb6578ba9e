using System.Globalization;
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
    /// <summary>Rows above the list: the name and the outcome, the tie, what would prove it or a rule, and the titles.</summary>
    public const int Headings = 4;

    private const int Footers = 2;
    private const int LeastWithFooter = 12;
    private const int StageColumns = 12;
    private const int TimeColumns = 8;
    private const int GapColumns = 8;
    private const string Longest = "longest wait";

    /// <summary>Rows of the body that are not the list's at its end: where the time went, and other changes of the profile.</summary>
    public static int Below(Size body, ScreenForm form) =>
        form is ScreenForm.Minimal || body.Rows < LeastWithFooter ? 0
        : form is ScreenForm.Wide && body.Rows >= 2 * LeastWithFooter ? Footers + 6
        : Footers;

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var chain = ChangeChain.Of(snapshot, view.Place.Subject);
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var gutter = RowList.Gutter(form);
        var below = Below(into.Size, form);
        var list = into.Part(new Area(0, 0, into.Size.Columns, into.Size.Rows - below));
        var first = Heading(chain, view, rows.Count, list, paint, form);
        RowList.Render(list, first, rows, view.Place[Pane.Whole], true, paint, form, (cells, line, row) =>
            Draw(cells, line, gutter, (ChainRow)row, paint, form, view.Place.Sideways)
        );
        if (below > 0)
            Foot(chain, snapshot, into.Part(new Area(0, into.Size.Rows - below, into.Size.Columns, below)), gutter, paint);
    }

    public static string TextOf(ChainRow link, Paint paint) =>
        $"{(link.At is { } at ? paint.Clock(at) : "")} {link.Stage} {link.Text}{(link.IsLongestWait ? $" {Longest}" : "")}";

    private static int Heading(ChangeChain chain, UserState view, int count, CellBuffer into, Paint paint, ScreenForm form)
    {
        var title = RowList.Title($"CHANGE  {SafeText.Plain(chain.Title)}", view.Place[Pane.Whole], count);
        var width = into.Size.Columns;
        if (form is ScreenForm.Wide)
        {
            RowList.Rule(into, 0, title, true, paint, form);
            if (chain.Outcome.Length > 0)
                into.Write(0, Math.Max(0, width - chain.Outcome.Length - 4), $" {chain.Outcome} ", paint.Palette.Heading);
        }
        else
        {
            var room = Math.Max(0, width - 2 - (chain.Outcome.Length > 0 ? chain.Outcome.Length + 3 : 0));
            into.Write(0, 1, title, paint.Palette.Heading, room)
                .Write(0, 1 + Math.Min(room, TextWidth.Of(title, into.IsAscii)) + 3, chain.Outcome);
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
            into.Write(3, TextColumn(form) - StageColumns - 1, "stage", paint.Palette.Dim);
        into.Write(3, TextColumn(form), "what", paint.Palette.Dim);
        if (count == 0)
            into.Write(Headings, gutter, view.Place[Pane.Whole].Filter.Length > 0 ? "none match" : chain.Tie.Text, paint.Palette.Dim);
        return Headings;
    }

    private static int TextColumn(ScreenForm form) =>
        RowList.Gutter(form) + TimeColumns + GapColumns + 2 + (form is ScreenForm.Wide ? StageColumns + 1 : 0);

    private static void Draw(CellBuffer into, int line, int left, ChainRow hop, Paint paint, ScreenForm form, int sideways)
    {
        if (hop.At is { } at)
            into.Write(line, left, paint.Clock(at), paint.Palette.Plain, TimeColumns);
        var gap = hop.Gap is { } time ? Words.Span(time) : "";
        into.Write(line, left + TimeColumns + GapColumns - gap.Length, gap);
        var start = TextColumn(form);
        if (form is ScreenForm.Wide)
            into.Write(line, start - StageColumns - 1, hop.Stage, paint.Palette.Dim, StageColumns);
        // Of the way the mark is what is looked for, so the text gives way to it.
        var mark = hop.IsLongestWait ? $" {(into.IsAscii ? "<" : "◄")} {Longest}" : "";
        var room = into.Size.Columns - start - 1 - mark.Length;
        if (room <= 0)
            return;
        var style =
            hop.IsProblem ? paint.Palette.Bad
            : hop.IsDoubtful ? paint.Palette.Warning
            : hop.At is null ? paint.Palette.Dim
            : paint.Palette.Plain;
        var cells = SafeText.Cells(hop.Text, style, colours: false, into.IsAscii);
        into.Write(line, start, cells.Slice(sideways, room));
        if (cells.Width > sideways + room)
            into.Write(line, start + room - 1, paint.Glyphs.Ellipsis, paint.Palette.Dim);
        into.Write(line, start + room, mark, paint.Palette.Plain.With(Emphasis.Bold));
    }

    private static void Foot(ChangeChain chain, Snapshot snapshot, CellBuffer into, int gutter, Paint paint)
    {
        if (chain.Whole > TimeSpan.Zero)
        {
            var waits = string.Join(
                ", ",
                chain.Waits.Where(wait => wait.Time >= TimeSpan.FromSeconds(1)).Select(wait => $"{Name(wait.For)} {Words.Span(wait.Time)}")
            );
            into.Write(
                0,
                gutter,
                $"total {Words.Span(chain.Whole)}: waiting {Words.Span(chain.Waited)}{(waits.Length > 0 ? $" ({waits})" : "")}, working {Words.Span(chain.Whole - chain.Waited)}",
                paint.Palette.Plain,
                Math.Max(0, into.Size.Columns - gutter - 1)
            );
        }

        if (chain.BusyUntil is { } until)
            into.Write(
                1,
                gutter,
                $"why it waited: no worker was free until {paint.Clock(until)}",
                paint.Palette.Plain,
                Math.Max(0, into.Size.Columns - gutter - 1)
            );
        if (into.Size.Rows <= Footers || chain.OthersOfProfile.Count == 0)
            return;
        RowList.Rule(into, Footers, "CHANGES OF THIS PROFILE", false, paint, ScreenForm.Wide);
        foreach (var (place, other) in chain.OthersOfProfile.Take(into.Size.Rows - Footers - 1).Index())
        {
            var line = Footers + 1 + place;
            into.Write(line, gutter, string.Create(CultureInfo.InvariantCulture, $"{paint.Clock(other.At),-TimeColumns}"));
            Columns<TriggerRow>.Write(
                into,
                line,
                gutter + TimeColumns + 3,
                into.Size.Columns - gutter - TimeColumns - 4,
                ChangeWords.Long(other, snapshot, paint),
                paint
            );
        }
    }

    private static string Name(Wait wait) => wait switch
    {
        Wait.Socket => "socket",
        Wait.Queue => "queue",
        Wait.Worker => "worker",
        Wait.Server => "server",
        Wait.Ssh => "SSH",
        Wait.Image => "image",
    };
}
