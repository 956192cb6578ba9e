using System.Globalization;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What the cursor of a list does.</summary>
public static class ListUpdate
{
    private const int SidewaysColumns = 8;
    private const int FarthestColumn = 4_000;

    public static Transition Do(ScreenState state, ContentCommand command) =>
        command.Act switch
        {
            ContentAct.LineDown => Moved(state, command.Number is { } number ? Math.Clamp(number, 1, 100_000) : 1),
            ContentAct.LineUp => Moved(state, -(command.Number is { } number ? Math.Clamp(number, 1, 100_000) : 1)),
            ContentAct.PageDown => Moved(state, Math.Max(1, PageRows(state) - 1)),
            ContentAct.PageUp => Moved(state, -Math.Max(1, PageRows(state) - 1)),
            ContentAct.HalfPageDown => Moved(state, Math.Max(1, PageRows(state) / 2)),
            ContentAct.HalfPageUp => Moved(state, -Math.Max(1, PageRows(state) / 2)),
            ContentAct.Start => ToStart(state),
            ContentAct.End => MovedTo(state, int.MaxValue),
            ContentAct.Left => Sideways(state, -SidewaysColumns),
            ContentAct.Right => Sideways(state, SidewaysColumns),
            ContentAct.GoToLine => MovedTo(state, (command.Number ?? 1) - 1),
            ContentAct.GoToPercent => MovedTo(state, (int)((long)Rows(state).Count * Math.Clamp(command.Number ?? 0, 0, 100) / 100)),
            ContentAct.Find => command.Text is { } filter
                ? Filtered(state, filter)
                : QuestionUpdate.Open(state, QuestionKind.Filter, state.User.Place.Cursor.Filter),
            ContentAct.NextProblem => ToProblem(state, 1),
            ContentAct.PreviousProblem => ToProblem(state, -1),
            ContentAct.NextPane => ToPane(state, 1),
            ContentAct.PreviousPane => ToPane(state, -1),
            ContentAct.FullScreen => state.User.Place is { Screen: ScreenKind.Overview } place
                ? state.With(place with { Full = !place.Full })
                : CommandUpdate.MeansNothing(state, command),
            ContentAct.Freeze => state with { Frozen = state.Frozen is null ? new FactoryMoment(state.Factories, state.Shown.Now) : null },
            ContentAct.Open => Open(state),
            ContentAct.Back => NavigationUpdate.Back(state),
            ContentAct.RowInFull => RowStrip.IsOn(state.User.Place.Screen)
                ? state with
                {
                    User = state.User with { ShowsRow = !state.User.ShowsRow },
                }
                : CommandUpdate.MeansNothing(state, command),
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

    public static IReadOnlyList<Row> Rows(ScreenState state) =>
        Lists.Of(state.Shown.Factories, state.User.Place, state.User.Place.Focus, state.Shown.Now);

    public static ScreenLayout Layout(ScreenState state) => ScreenLayout.Of(state);

    public static int PageRows(ScreenState state) => Math.Max(1, state.User.Place.Screen switch
    {
        ScreenKind.Overview => Layout(state).Height(state.User.Place.Focus),
        ScreenKind.Health => HealthLayout.Of(state.Size).Rows(state.User.Place.Focus),
        ScreenKind.Timeline => TimelineLayout.Of(state).List.Height,
        _ => ListPane.Height(state.Size, state.User.Place.Screen, state.User.ShowsRow),
    });

    /// <summary>To the first row; in RECENT what was seen leaves the top.</summary>
    private static ScreenState ToStart(ScreenState state)
    {
        if (state.User.Place is not { Screen: ScreenKind.Overview, Focus: Pane.Recent } place)
            return MovedTo(state, 0);
        var unseen = state.Unseen.Where(news => news.IsBad).Select(news => news.Row).ToHashSet(StringComparer.Ordinal);
        return MovedTo(state.With(place with { First = place.First.Intersect(unseen) }), 0);
    }

    private static ScreenState Moved(ScreenState state, int by) =>
        MovedTo(state, (int)Math.Clamp((long)state.User.Place.Cursor.In(Rows(state)) + by, 0, int.MaxValue));

    private static ScreenState Sideways(ScreenState state, int columns) =>
        state.With(state.User.Place with { Sideways = Math.Clamp(state.User.Place.Sideways + columns, 0, FarthestColumn) });

    private static ScreenState ToPane(ScreenState state, int direction)
    {
        var place = state.User.Place;
        if (place.Screen is not (ScreenKind.Overview or ScreenKind.Health))
            return state.WithNotice("this screen has one pane");
        var panes =
            place.Screen is ScreenKind.Health ? [Pane.Whole, Pane.Items]
            : place.Full ? [Pane.Workers, Pane.Triggers, Pane.Recent, Pane.Events]
            : Layout(state).Panes.ToArray();
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
        if (place.Screen is ScreenKind.Overview)
            return ToProblemOfOverview(state, direction);
        var rows = Rows(state);
        int[] problems =
            [.. Enumerable.Range(0, rows.Count).Where(index => RowProblems.IsProblem(shown.Factories, rows[index], shown.Now))];
        if (problems.Length == 0)
            return state.WithNotice("no problems here");
        var here = place.Cursor.In(rows);
        var next =
            direction > 0
                ? problems.FirstOrDefault(index => index > here, problems[0])
                : problems.LastOrDefault(index => index < here, problems[^1]);
        return MovedTo(state, next)
            .WithNotice(string.Create(CultureInfo.InvariantCulture, $"problem {Array.IndexOf(problems, next) + 1} of {problems.Length}"));
    }

    /// <summary>What the checks are about, worst first, then what failed before. Not all of it has a row here.</summary>
    private static ScreenState ToProblemOfOverview(ScreenState state, int direction)
    {
        var problems = OverviewProblems.Of(state.Shown.Factories, state.Shown.Now);
        if (problems.Count == 0)
            return state.WithNotice("no problems here");
        var at = Here(state, problems);
        var next = problems[
            (
                at is { } place ? place + direction + problems.Count
                : direction > 0 ? 0
                : problems.Count - 1
            ) % problems.Count
        ];
        var number = problems.IndexOf(next) + 1;
        var seen = next.Pane is null && state.Settings.Keys.Named("health") is { Keys: [var key, ..] } ? $" ({key} shows it)" : "";
        var words = string.Create(CultureInfo.InvariantCulture, $"problem {number} of {problems.Count}: {next.Words}{seen}");
        var there = next is { Pane: { } pane, Row: { } row } ? OnRow(state, pane, row) : state;
        var visit = new ProblemVisit(next.Key, Selection.Row(there)?.Id);
        return (there with { User = there.User with { LastProblem = visit } }).WithNotice(words);
    }

    /// <summary>
    /// The problem that was gone to last, as long as nothing moved the cursor since; else the one whose row the cursor is on.
    /// </summary>
    private static int? Here(ScreenState state, List<OverviewProblem> problems)
    {
        var row = Selection.Row(state)?.Id;
        var at = state.User.LastProblem is { } last && last.Row == row ? problems.FindIndex(problem => problem.Key == last.Key) : -1;
        if (at < 0 && row is not null)
            at = problems.FindIndex(problem => problem.Row == row);
        return at < 0 ? null : at;
    }

    /// <summary>The cursor on a row of the overview, or on the row of its cause.</summary>
    public static ScreenState OnRow(ScreenState state, Pane pane, string row)
    {
        var focused = state.With(state.User.Place with { Focus = pane });
        var index = Rows(focused).ToList().FindIndex(known => CauseRows.Members([known]).Any(one => one.Id == row));
        return index < 0 ? state : MovedTo(focused, index);
    }

    private static Transition Open(ScreenState state)
    {
        if (Selection.Row(state) is SourceRow)
            return NavigationUpdate.ToDoctor(state);
        if (Selection.Build(state) is { } build)
            return NavigationUpdate.ToLog(state, build);
        return Selection.Row(state) switch
        {
            TriggerRow or RejectionRow => NavigationUpdate.ToChain(state),
            FactoryRow factory => NavigationUpdate.OnlyFactory(
                state,
                state.User.Factory is null ? factory.Name : NavigationUpdate.AllFactories
            ),
            WorkerRow row when DaemonTrouble.Of(row, state.Shown.Factories, state.Shown.Now) is { } why => NavigationUpdate.To(
                state,
                new Place(ScreenKind.Lines, why.Id, why.Factory)
            ),
            WorkerRow { Worker.Activity: Core.Builds.Lost } lost => NavigationUpdate.To(
                state,
                new Place(ScreenKind.Lines, lost.Id, lost.Factory)
            ),
            CauseRow cause when state.User.Place.Screen is ScreenKind.Overview => NavigationUpdate.To(
                state,
                new Place(ScreenKind.Causes) { Unfolded = [cause.Id] }
            ),
            CauseRow cause => state.With(
                state.User.Place with
                {
                    Unfolded = state.User.Place.Unfolded.Contains(cause.Id)
                        ? state.User.Place.Unfolded.Remove(cause.Id)
                        : state.User.Place.Unfolded.Add(cause.Id),
                }
            ),
            CheckRow { Raised: var raised } => OpenItem(state, raised, raised.Check.Items[0]),
            CheckItemRow item => OpenItem(state, item.Raised, item.Item),
            WorkerRow worker => state.WithNotice($"{Words.Thread(worker.Thread)} has no build to show"),
            _ => state.WithNotice("nothing to open here"),
        };
    }

    /// <summary>A build's log, a change's way, a source among the sources; else the lines that it rests on.</summary>
    private static ScreenState OpenItem(ScreenState state, RaisedCheck raised, HealthItem item)
    {
        if (item.Build is not null && state.Shown.Factories.Find(item.Build) is { } build)
            return NavigationUpdate.ToLog(state, build);
        if (raised.Check.Code is CheckCode.SourceUnreadable or CheckCode.SourceSilent or CheckCode.TimesUnreadable or CheckCode.TwoHosts)
            return NavigationUpdate.To(state, new Place(ScreenKind.Sources));
        if (raised.Check.Code is CheckCode.LinesUnrecognised)
            return NavigationUpdate.To(state, new Place(ScreenKind.Unrecognised));
        if (item.Profile is not null && OverviewProblems.RowOf(state.Shown.Factories, raised, item) is (Pane.Triggers, var change))
            return NavigationUpdate.To(state, new Place(ScreenKind.Chain, change));
        return item.Lines.IsEmpty
            ? state.WithNotice("no line stands behind it")
            : NavigationUpdate.To(state, new Place(ScreenKind.Lines, new CheckItemRow(raised, item).Id, raised.Factory));
    }
}
