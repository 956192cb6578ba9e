using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>Rows, pages, jumps. Leaving the end stops following, coming back to it follows again.</summary>
public static class LogMoves
{
    /// <summary>Rows that a jump leaves above the line it goes to.</summary>
    internal const int JumpLead = 3;

    /// <summary>The row of the page that stands at the top of the screen.</summary>
    public static RowPosition TopOf(this LogView view, Size size)
    {
        if (view.Page is not { Lines.Length: > 0 } page)
            return default;
        var log = LogLayout.Of(view, size).Log;
        var rowsOf = view.RowsOf(page, log);
        var last = Wrapping.LastTop(page.Lines.Length, log.Height, rowsOf);
        var at = view.Position;
        if (at.Follows)
            return last;
        var top = Wrapping.Move(new RowPosition(page.IndexOf(at.Anchor), at.AnchorRow), -at.Lead, page.Lines.Length, rowsOf);
        return page.AtEnd && (top.Line, top.Row).CompareTo((last.Line, last.Row)) > 0 ? last : top;
    }

    /// <summary>At a line, by its number from 1; for a log opened at a hit.</summary>
    public static LogView At(this LogView view, long line) => view.GoTo(LogTarget.Line(line), JumpLead);

    /// <summary>The view after a click on a screen of this size; a click beside lines and hits changes nothing.</summary>
    public static LogView Click(this LogView view, int column, int row, Size size)
    {
        var layout = LogLayout.Of(view, size);
        if (layout.Hits.Contains(column, row))
        {
            var index = HitsPanel.IndexAt(view, layout.Hits, row - layout.Hits.Y);
            return index is { } hit ? view with { AllBuilds = view.AllBuilds with { Focused = true, Chosen = hit } } : view;
        }

        if (!layout.Log.Contains(column, row) || layout.Steps.Contains(column, row) || view.Page is not { Lines.Length: > 0 } page)
            return view;
        var top = view.TopOf(size);
        var at = Wrapping.Move(top, row - layout.Log.Y, page.Lines.Length, view.RowsOf(page, layout.Log));
        return view with
        {
            Position = view.Left() with { Anchor = page.Lines[top.Line].Key, AnchorRow = top.Row, Current = page.Lines[at.Line].Key },
            AllBuilds = view.AllBuilds with { Focused = false },
        };
    }

    /// <summary>A line's text as it is searched, copied and wrapped.</summary>
    internal static CellLine CellsOf(this LogView view, ShownLine line, Style style = default, bool colours = false) =>
        SafeText.Cells(LineText.Shown(line.Text, view.Look.HidesPrefix), style, colours, view.Look.Ascii);

    internal static int RowsOf(this LogView view, ShownLine line, Area log) =>
        view.Look.Wraps ? Wrapping.Count(view.CellsOf(line), log.Width - LogGutter.Width(view.Look.Time)) : 1;

    private static Func<int, int> RowsOf(this LogView view, LogPage page, Area log) =>
        view.Look.Wraps ? index => view.RowsOf(page.Lines[index], log) : static _ => 1;

    internal static LogView Scroll(this LogView view, int by, Size size)
    {
        if (view.Page is not { Lines.Length: > 0 } page)
            return view;
        var log = LogLayout.Of(view, size).Log;
        var rowsOf = view.RowsOf(page, log);
        var from = view.TopOf(size);
        var to = Wrapping.Move(from, by, page.Lines.Length, rowsOf);
        var last = Wrapping.LastTop(page.Lines.Length, log.Height, rowsOf);
        if ((to.Line, to.Row).CompareTo((last.Line, last.Row)) >= 0)
        {
            // The end of the page is the end of the log only if nothing came since.
            if (by > 0 && view.EndIsHere(page))
                return view.Follow();
            to = last;
        }

        return to == from && (view.Position.Follows || by > 0)
            ? view
            : view with
            {
                Position = view.Left() with { Anchor = page.Lines[to.Line].Key, AnchorRow = to.Row, Current = null },
            };
    }

    internal static LogView Follow(this LogView view) => view with
    {
        Position = view.Position.Following(),
        Page = view.Position.Frozen && view.Latest is { AtEnd: true } latest && view.Shows(latest) ? latest : view.Page,
    };

    internal static LogView ToggleFollow(this LogView view, Size size)
    {
        if (!view.Position.Follows || view.Position.Frozen)
            return view.Follow();
        var left = view.Left();
        return view with
        {
            Position = view.Page is { Lines.Length: > 0 } page && view.TopOf(size) is var top
                ? left with { Anchor = page.Lines[top.Line].Key, AnchorRow = top.Row }
                : left,
        };
    }

    internal static LogView ToggleFreeze(this LogView view) =>
        view.Position.Frozen
            ? view.Thaw()
            : view with
            {
                Position = view.Position with
                {
                    Frozen = true,
                    ArrivedBefore = view.Position.Follows ? view.Latest?.Arrived ?? 0 : view.Position.ArrivedBefore,
                },
            };

    internal static LogView Thaw(this LogView view)
    {
        var thawed = view with { Position = view.Position with { Frozen = false } };
        return view.Latest is { } latest ? thawed.With(latest) : thawed;
    }

    internal static LogView ToStart(this LogView view)
    {
        var there = view.GoTo(LogTarget.At(new LineKey(0, 1)), 0);
        return there with { Position = there.Position with { Current = null } };
    }

    /// <summary>Goes to a place, with some rows above it; at once if its lines are here.</summary>
    internal static LogView GoTo(this LogView view, LogTarget target, int lead)
    {
        var left = view.Left();
        return view with
        {
            Position = view.Here(target, lead) is { } key
                ? left with { Anchor = key, Lead = lead, Current = key }
                : left with { Wanted = target, WantedLead = lead, Anchor = view.KeyAtTop() ?? left.Anchor },
        };
    }

    internal static LogView Sidewards(this LogView view, int by) =>
        view.Look.Wraps
            ? view with
            {
                Notice = "lines wrap: w chops them",
            }
            : view with
            {
                Look = view.Look with { Sideways = Math.Clamp(view.Look.Sideways + by, 0, SafeText.LongestLine) },
            };

    private static LogPosition Left(this LogView view) => view.Position.Leaving(view.Latest?.Arrived ?? 0);

    // Following has no anchor of its own: until the wanted lines come, its last page stays as it stands.
    private static LineKey? KeyAtTop(this LogView view) =>
        view.Position.Follows && view.Page is { Lines.Length: > 0 } page ? page.Lines[^1].Key : null;

    private static LineKey? Here(this LogView view, LogTarget target, int lead)
    {
        if (view.Page is not { Lines.Length: > 0 } page || !view.Shows(page))
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
}
