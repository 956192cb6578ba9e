using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

// Moving: rows, pages, jumps. Leaving the end stops following, coming back to it follows again.
public sealed partial record LogView
{
    /// <summary>The row of the page that stands at the top of the screen.</summary>
    public RowPlace TopOf(Size size)
    {
        if (Page is not { Lines.Length: > 0 } page)
            return default;
        var log = LogLayout.Of(this, size).Log;
        var rowsOf = RowsOf(page, log);
        var last = Wrapping.LastTop(page.Lines.Length, log.Height, rowsOf);
        if (Follows)
            return last;
        var top = Wrapping.Move(new RowPlace(page.IndexOf(Anchor), AnchorRow), -Lead, page.Lines.Length, rowsOf);
        return page.AtEnd && (top.Line, top.Row).CompareTo((last.Line, last.Row)) > 0 ? last : top;
    }

    /// <summary>A line's text as it is searched, copied and wrapped.</summary>
    public CellLine CellsOf(ShownLine line, Style style = default, bool colours = false) =>
        SafeText.Cells(LineText.Shown(line.Text, HidesPrefix), style, colours, Ascii);

    public int RowsOf(ShownLine line, Area log) => Wraps ? Wrapping.Count(CellsOf(line), log.Width - LogGutter.Width(Time)) : 1;

    private Func<int, int> RowsOf(LogPage page, Area log) => Wraps ? index => RowsOf(page.Lines[index], log) : static _ => 1;

    private LogView Scroll(int by, Size size)
    {
        if (Page is not { Lines.Length: > 0 } page)
            return this;
        var log = LogLayout.Of(this, size).Log;
        var rowsOf = RowsOf(page, log);
        var from = TopOf(size);
        var to = Wrapping.Move(from, by, page.Lines.Length, rowsOf);
        var last = Wrapping.LastTop(page.Lines.Length, log.Height, rowsOf);
        if ((to.Line, to.Row).CompareTo((last.Line, last.Row)) >= 0)
        {
            // The end of the page is the end of the log only if nothing came since.
            if (by > 0 && EndIsHere(page))
                return Following();
            to = last;
        }

        return to == from && (Follows || by > 0)
            ? this
            : Leaving() with
            {
                Anchor = page.Lines[to.Line].Key,
                AnchorRow = to.Row,
                Current = null,
            };
    }

    private LogView Following() => this with
    {
        Follows = true,
        Frozen = false,
        Wanted = null,
        Lead = 0,
        AnchorRow = 0,
        Current = null,
        Page = Frozen && Latest is { AtEnd: true } latest && latest.Request.Fits(Asked(default, 0, 0)) ? latest : Page,
    };

    private LogView Leaving() => this with
    {
        Follows = false,
        Frozen = false,
        Wanted = null,
        Lead = 0,
        AnchorRow = 0,
        ArrivedBefore = Follows && !Frozen ? Latest?.Arrived ?? 0 : ArrivedBefore,
    };

    private LogView ToggleFollow(Size size)
    {
        if (!Follows || Frozen)
            return Following();
        return Page is { Lines.Length: > 0 } page && TopOf(size) is var top
            ? Leaving() with { Anchor = page.Lines[top.Line].Key, AnchorRow = top.Row }
            : Leaving();
    }

    private LogView ToggleFreeze() =>
        Frozen ? Thawed() : this with { Frozen = true, ArrivedBefore = Follows ? Latest?.Arrived ?? 0 : ArrivedBefore };

    private LogView Thawed() => Latest is { } latest ? (this with { Frozen = false }).With(latest) : this with { Frozen = false };

    private LogView ToStart() => GoTo(LogTarget.At(new LineKey(0, 1)), 0) with { Current = null };

    /// <summary>Goes to a place, with some rows above it; at once if its lines are here.</summary>
    private LogView GoTo(LogTarget target, int lead)
    {
        var left = Leaving();
        return Here(target, lead) is { } key
            ? left with { Anchor = key, Lead = lead, Current = key }
            : left with { Wanted = target, WantedLead = lead, Anchor = KeyAtTop ?? Anchor };
    }

    // Following has no anchor of its own: until the wanted lines come, its last page stays as it stands.
    private LineKey? KeyAtTop => Follows && Page is { Lines.Length: > 0 } page ? page.Lines[^1].Key : null;

    private LineKey? Here(LogTarget target, int lead)
    {
        if (Page is not { Lines.Length: > 0 } page || !page.Request.Fits(Asked(default, 0, 0)))
            return null;
        var index = target.Kind switch
        {
            TargetKind.Key => page.IndexOf(target.Key),
            TargetKind.Number => IndexOf(page, target.Number),
            TargetKind.End or TargetKind.Percent => -1,
        };
        if (index < 0 || (index < lead && !page.AtStart))
            return null;
        var key = page.Lines[index].Key;
        var exact = target.Kind is TargetKind.Number ? page.Lines[index].Number == target.Number : key == target.Key;
        return exact || (index == 0 && page.AtStart) ? key : null;
    }

    private static int IndexOf(LogPage page, long number)
    {
        for (var index = 0; index < page.Lines.Length; index++)
        {
            if (page.Lines[index].Number >= number)
                return index;
        }

        return -1;
    }

    private LogView Sidewards(int by) =>
        Wraps
            ? this with
            {
                Notice = "lines wrap: w chops them",
            }
            : this with
            {
                Sideways = Math.Clamp(Sideways + by, 0, SafeText.LongestLine),
            };
}
