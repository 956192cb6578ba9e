using System.Globalization;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor.App;

// Where the cursor goes, and from screen to screen.
public sealed partial record ViewState
{
    private const int SidewaysColumns = 8;
    private const int FarthestColumn = 4_000;

    private IReadOnlyList<Row> Rows(Looked at) => Lists.Of(at.Snapshot, Place, Place.Focus, at.Now);

    private ScreenLayout Layout(Looked at) =>
        ScreenLayout.Of(at.Size, WorkersPane.Lines(at.Snapshot, at.Size, at.Now), Place.Full ? Place.Focus : null);

    private int PageRows(Looked at) => Place.Screen is Screen.Overview
        ? Math.Max(1, Layout(at).Height(Place.Focus))
        : Math.Max(1, ListPane.Height(at.Size));

    private ViewState Moved(int by, Looked at)
    {
        if (Place.Screen is Screen.Help)
            return Paged(Place.Cursor.Top + Math.Sign(by), at);
        return MovedTo((int)Math.Clamp((long)Place.Cursor.In(Rows(at)) + by, 0, int.MaxValue), at);
    }

    private ViewState MovedTo(int index, Looked at)
    {
        if (Place.Screen is Screen.Help)
            return Paged(index, at);
        var rows = Rows(at);
        if (rows.Count == 0)
            return this;
        var there = Math.Clamp(index, 0, rows.Count - 1);
        var cursor = Place.Cursor with { Row = rows[there].Id, Index = there };
        return With(Place.With(cursor with { Top = cursor.TopOf(there, rows.Count, PageRows(at)) }));
    }

    /// <summary>The help moves by whole pages.</summary>
    private ViewState Paged(int page, Looked at) =>
        With(Place.With(Place.Cursor with { Top = Math.Clamp(page, 0, HelpPane.LastPage(this, at.Size)) }));

    private ViewState Sidewards(int columns) => With(Place with { Sideways = Math.Clamp(Place.Sideways + columns, 0, FarthestColumn) });

    private ViewState ToPane(int direction, Looked at)
    {
        if (Place.Screen is not Screen.Overview)
            return Saying("this screen has one pane");
        var panes = Place.Full ? [Pane.Workers, Pane.Triggers, Pane.Recent, Pane.Events] : Layout(at).Panes.ToArray();
        if (panes.Length == 0)
            return this;
        var next = panes[(Math.Max(0, Array.IndexOf(panes, Place.Focus)) + direction + panes.Length) % panes.Length];
        return Focused(next, at);
    }

    /// <summary>From now on the cursor stays on the row it is on, wherever that goes.</summary>
    private ViewState Focused(Pane pane, Looked at)
    {
        var view = With(Place with { Focus = pane });
        var rows = view.Rows(at);
        return rows.Count == 0 ? view : view.MovedTo(view.Place.Cursor.In(rows), at);
    }

    private ViewState ToProblem(int direction, Looked at)
    {
        // What is wrong now, then what failed, newest first, then what came to no build.
        Pane[] panes = Place.Screen is Screen.Overview ? [Pane.Workers, Pane.Recent, Pane.Triggers] : [Pane.Whole];
        var problems = panes
            .SelectMany((pane, order) => Lists.Of(at.Snapshot, Place, pane, at.Now).Select((row, index) => (Pane: pane, Order: (order, index), Row: row)))
            .Where(one => Lists.IsProblem(at.Snapshot, one.Row, at.Now))
            .ToArray();
        var unread = Place.Screen is Screen.Overview ? ProblemWords.OfSources(at.Snapshot) : null;
        if (problems.Length == 0)
            return Saying(unread ?? "no problems here");
        var here = (Array.IndexOf(panes, Place.Focus), Place.Cursor.In(Rows(at)));
        // From a row without one the first of the overview comes, wherever that row is.
        var next = Place.Screen is Screen.Overview && !problems.Any(problem => problem.Order == here) ? problems[direction > 0 ? 0 : ^1]
            : direction > 0 ? problems.FirstOrDefault(problem => problem.Order.CompareTo(here) > 0, problems[0])
            : problems.LastOrDefault(problem => problem.Order.CompareTo(here) < 0, problems[^1]);
        var alike = problems.Where(problem => problem.Pane == next.Pane).ToArray();
        var what = ProblemWords.Of(next.Row, at.Snapshot, at.Now);
        var words = string.Create(CultureInfo.InvariantCulture, $"{ProblemWords.Kind(next.Pane)} {Array.IndexOf(alike, next) + 1} of {alike.Length}{(what.Length > 0 ? $": {what}" : "")}");
        return With(Place with { Focus = next.Pane }).MovedTo(next.Order.index, at).Saying(unread is null ? words : $"{words}; {unread}");
    }

    /// <summary>To a place; if the way here came through it, back to it as it was left.</summary>
    private ViewState Entered(Place place)
    {
        if (Place.IsSame(place))
            return this;
        var known = Trail.FindIndex(one => one.IsSame(place));
        var trail = known >= 0 ? Trail.RemoveRange(known + 1, Trail.Count - known - 1) : Trail.Add(place);
        // The oldest but the overview goes, so that the way back has an end.
        return this with { Last = Place, Held = null, Trail = trail.Count > MostPlaces ? trail.RemoveAt(1) : trail };
    }

    /// <summary>Undoes one thing: the freeze, the filter, the single pane, the screen.</summary>
    private ViewState BackOne()
    {
        if (Held is not null)
            return this with { Held = null };
        if (Place.Cursor.Filter.Length > 0)
            return Filtered("");
        if (Place.Full)
            return With(Place with { Full = false });
        if (Place.Sideways > 0)
            return With(Place with { Sideways = 0 });
        if (Trail.Count == 1 && Factory is not null)
            return this with { Factory = null };
        return Trail.Count > 1
            ? this with { Last = Place, Trail = Trail.RemoveAt(Trail.Count - 1) }
            : Saying(Keys.Named("quit") is { Keys: [var key, ..] } ? $"this is the top; {key} quits" : "this is the top");
    }
}
