using System.Globalization;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor.App;

/// <summary>What the cursor of a list does.</summary>
internal static class ListUpdate
{
    private const int SidewaysColumns = 8;
    private const int FarthestColumn = 4_000;

    public static Transition Do(ScreenState state, ContentCommand command) => command.Act switch
    {
        ContentAct.LineDown => Moved(state, command.Number is { } number ? Math.Clamp(number, 1, 100_000) : 1),
        ContentAct.LineUp => Moved(state, -(command.Number is { } number ? Math.Clamp(number, 1, 100_000) : 1)),
        ContentAct.PageDown => Moved(state, Math.Max(1, PageRows(state) - 1)),
        ContentAct.PageUp => Moved(state, -Math.Max(1, PageRows(state) - 1)),
        ContentAct.HalfPageDown => Moved(state, Math.Max(1, PageRows(state) / 2)),
        ContentAct.HalfPageUp => Moved(state, -Math.Max(1, PageRows(state) / 2)),
        ContentAct.Start => MovedTo(state, 0),
        ContentAct.End => MovedTo(state, int.MaxValue),
        ContentAct.Left => Sideways(state, -SidewaysColumns),
        ContentAct.Right => Sideways(state, SidewaysColumns),
        ContentAct.GoToLine => MovedTo(state, (command.Number ?? 1) - 1),
        ContentAct.GoToPercent => MovedTo(state, (int)((long)Rows(state).Count * Math.Clamp(command.Number ?? 0, 0, 100) / 100)),
        ContentAct.Find => command.Text is { } filter ? Filtered(state, filter) : QuestionUpdate.Open(state, QuestionKind.Filter, state.User.Place.Cursor.Filter),
        ContentAct.NextProblem => ToProblem(state, 1),
        ContentAct.PreviousProblem => ToProblem(state, -1),
        ContentAct.NextPane => ToPane(state, 1),
        ContentAct.PreviousPane => ToPane(state, -1),
        ContentAct.FullScreen => state.User.Place is { Screen: Screen.Overview } place ? state.With(place with { Full = !place.Full }) : CommandUpdate.MeansNothing(state, command),
        ContentAct.Freeze => state with { Frozen = state.Frozen is null ? new Moment(state.Factories, state.Shown.Now) : null },
        ContentAct.Open => Open(state),
        ContentAct.Back => NavigationUpdate.Back(state),
    };

    /// <summary>The cursor on a row of the list with the focus, by its place in the list.</summary>
    public static ScreenState MovedTo(ScreenState state, int index)
    {
        var rows = Rows(state);
        if (rows.Count == 0)
            return state;
        var place = state.User.Place;
        var there = Math.Clamp(index, 0, rows.Count - 1);
        var cursor = place.Cursor with { Row = rows[there].Id, Index = there };
        return state.With(place.With(cursor with { Top = cursor.TopOf(there, rows.Count, PageRows(state)) }));
    }

    public static ScreenState Filtered(ScreenState state, string filter) =>
        state.With(state.User.Place.With(state.User.Place.Cursor with { Filter = filter, Top = 0 }));

    public static IReadOnlyList<Row> Rows(ScreenState state) => Lists.Of(state.Shown.Factories, state.User.Place, state.User.Place.Focus, state.Shown.Now);

    public static ScreenLayout Layout(ScreenState state) =>
        ScreenLayout.Of(state.Size, WorkersPane.Lines(state.Shown.Factories, state.Size, state.Shown.Now), state.User.Place is { Screen: Screen.Overview, Full: true } place ? place.Focus : null);

    public static int PageRows(ScreenState state) => Math.Max(1, state.User.Place.Screen is Screen.Overview ? Layout(state).Height(state.User.Place.Focus) : ListPane.Height(state.Size));

    private static ScreenState Moved(ScreenState state, int by) =>
        MovedTo(state, (int)Math.Clamp((long)state.User.Place.Cursor.In(Rows(state)) + by, 0, int.MaxValue));

    private static ScreenState Sideways(ScreenState state, int columns) =>
        state.With(state.User.Place with { Sideways = Math.Clamp(state.User.Place.Sideways + columns, 0, FarthestColumn) });

    private static ScreenState ToPane(ScreenState state, int direction)
    {
        var place = state.User.Place;
        if (place.Screen is not Screen.Overview)
            return state.Saying("this screen has one pane");
        var panes = place.Full ? [Pane.Workers, Pane.Triggers, Pane.Recent, Pane.Events] : Layout(state).Panes.ToArray();
        if (panes.Length == 0)
            return state;
        var next = panes[(Math.Max(0, Array.IndexOf(panes, place.Focus)) + direction + panes.Length) % panes.Length];
        // From now on the cursor stays on the row it is on, wherever that goes.
        var there = state.With(place with { Focus = next });
        return MovedTo(there, there.User.Place.Cursor.In(Rows(there)));
    }

    private static ScreenState ToProblem(ScreenState state, int direction)
    {
        var (shown, place) = (state.Shown, state.User.Place);
        // What is wrong now, then what failed, newest first, then what came to no build.
        Pane[] panes = place.Screen is Screen.Overview ? [Pane.Workers, Pane.Recent, Pane.Triggers] : [Pane.Whole];
        var problems = panes
            .SelectMany((pane, order) => Lists.Of(shown.Factories, place, pane, shown.Now).Select((row, index) => (Pane: pane, Order: (order, index), Row: row)))
            .Where(one => Lists.IsProblem(shown.Factories, one.Row, shown.Now))
            .ToArray();
        var unread = place.Screen is Screen.Overview ? ProblemWords.OfSources(shown.Factories) : null;
        if (problems.Length == 0)
            return state.Saying(unread ?? "no problems here");
        var here = (Array.IndexOf(panes, place.Focus), place.Cursor.In(Rows(state)));
        // From a row without one the first of the overview comes, wherever that row is.
        var next = place.Screen is Screen.Overview && !problems.Any(problem => problem.Order == here) ? problems[direction > 0 ? 0 : ^1]
            : direction > 0 ? problems.FirstOrDefault(problem => problem.Order.CompareTo(here) > 0, problems[0])
            : problems.LastOrDefault(problem => problem.Order.CompareTo(here) < 0, problems[^1]);
        var alike = problems.Where(problem => problem.Pane == next.Pane).ToArray();
        var what = ProblemWords.Of(next.Row, shown.Factories, shown.Now);
        var words = string.Create(
            CultureInfo.InvariantCulture, $"{ProblemWords.Kind(next.Pane)} {Array.IndexOf(alike, next) + 1} of {alike.Length}{(what.Length > 0 ? $": {what}" : "")}");
        return MovedTo(state.With(place with { Focus = next.Pane }), next.Order.index).Saying(unread is null ? words : $"{words}; {unread}");
    }

    private static ScreenState Open(ScreenState state)
    {
        if (Selection.Build(state) is { } build)
            return NavigationUpdate.ToLog(state, build);
        return Selection.Row(state) switch
        {
            TriggerRow or RejectionRow => NavigationUpdate.ToChain(state),
            FactoryRow factory => NavigationUpdate.OnlyFactory(state, state.User.Factory is null ? factory.Name : NavigationUpdate.AllFactories),
            WorkerRow worker => state.Saying($"{Words.Thread(worker.Thread)} has no build to show"),
            _ => state.Saying("nothing to open here"),
        };
    }
}
