using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>Below a change's way: where its time went, and what became of the other changes of its profile.</summary>
internal static class ChainSum
{
    private const int LabelColumns = 18;
    private const int MostBarColumns = 57;
    private const int TimeColumns = 8;
    private const int TookColumns = 7;
    private const int TieColumns = 19;

    /// <param name="bars">There is room for two bars; else for a line of figures.</param>
    public static void Render(ChangeChain chain, bool bars, CellBuffer into, int gutter, Paint paint)
    {
        var room = Math.Max(0, into.Size.Columns - gutter - 1);
        if (bars)
            RowList.Rule(into, 0, "WHERE THE TIME WENT", false, paint, ScreenForm.Wide);
        if (chain.Whole > TimeSpan.Zero)
        {
            if (bars)
                Bars(chain, into, gutter, paint);
            else
                into.Write(
                    0,
                    gutter,
                    $"total {Words.Span(chain.Whole)}: waiting {Words.Span(chain.Waited)}"
                    + $"{(Waits(chain) is { Length: > 0 } waits ? $" ({waits})" : "")}, working {Words.Span(chain.Worked)}",
                    paint.Palette.Plain,
                    room
                );
        }

        if (chain.BusyUntil is { } until)
            into.Write(
                into.Size.Rows - 1,
                gutter,
                $"why it waited: no worker was free until {paint.Clock(until)}",
                paint.Palette.Plain,
                room
            );
    }

    /// <summary>The waiting and the working part of the whole, each at its place.</summary>
    private static void Bars(ChangeChain chain, CellBuffer into, int gutter, Paint paint)
    {
        var width = Math.Clamp(into.Size.Columns / 2 - 13, 0, MostBarColumns);
        var waiting = paint.Glyphs.Progress(chain.Waited / chain.Whole, width);
        var working = string.Concat(waiting.Select(cell => cell == paint.Glyphs.Done[0] ? paint.Glyphs.Left : paint.Glyphs.Done));
        Bar(1, "waiting", chain.Waited, waiting, Waits(chain));
        Bar(2, "working", chain.Worked, working, "the scripts, and Packer less its waits");

        void Bar(int line, string name, TimeSpan time, string bar, string words)
        {
            var span = Words.Span(time);
            into.Write(line, gutter, name)
                .Write(line, gutter + LabelColumns - 3 - span.Length, span)
                .Write(line, gutter + LabelColumns, bar)
                .Write(
                    line,
                    gutter + LabelColumns + width + 3,
                    words,
                    paint.Palette.Dim,
                    Math.Max(0, into.Size.Columns - gutter - LabelColumns - width - 4)
                );
        }
    }

    public static void RenderOthers(ChangeChain chain, Snapshot snapshot, CellBuffer into, int gutter, Paint paint)
    {
        TriggerRow[] others = [.. chain.OthersOfProfile.Take(into.Size.Rows - 1)];
        if (others.Length == 0)
            return;
        RowList.Rule(into, 0, "CHANGES OF THIS PROFILE", false, paint, ScreenForm.Wide);
        foreach (var (place, other) in others.Index())
        {
            var start = gutter + TimeColumns + 3;
            into.Write(1 + place, gutter, paint.Clock(other.At), paint.Palette.Plain, TimeColumns);
            if (ChangeChain.TookOf(other) is { } whole)
                into.Write(1 + place, start, string.Create(CultureInfo.InvariantCulture, $"{Words.Span(whole),TookColumns}"));
            into.Write(1 + place, start + TookColumns + 3, ChainTie.ShortOf(other.Trigger), paint.Palette.Dim, TieColumns);
            start += TookColumns + 3 + TieColumns + 2;
            Columns<TriggerRow>.Write(
                into,
                1 + place,
                start,
                into.Size.Columns - start - 1,
                ChangeWords.OfProfile(other, snapshot, paint),
                paint
            );
        }
    }

    private static string Waits(ChangeChain chain) =>
        string.Join(
            ", ",
            chain.Waits.Where(wait => wait.Time >= TimeSpan.FromSeconds(1)).Select(wait => $"{Name(wait.For)} {Words.Span(wait.Time)}")
        );

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
