using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What is on the screen, by the keys under which it is remembered as seen.</summary>
public static class Visible
{
    public static IEnumerable<string> Keys(ScreenState state)
    {
        var (shown, place) = (state.Shown, state.User.Place);
        var rows = place.Screen switch
        {
            ScreenKind.Overview => ListUpdate.Layout(state) is var layout
                ? layout.Panes.SelectMany(pane => Window(state, pane, layout.Height(pane)))
                : [],
            ScreenKind.Health => HealthLayout.Of(state.Size) is var parts
                ? Window(state, Pane.Whole, parts.Rows(Pane.Whole)).Concat(Window(state, Pane.Items, parts.Rows(Pane.Items)))
                : [],
            ScreenKind.Timeline => Window(state, Pane.Whole, TimelineLayout.Of(state).List.Height),
            ScreenKind.History or ScreenKind.Lines or ScreenKind.Causes =>
                Window(state, Pane.Whole, ListPane.Height(state.Size, place.Screen, state.User.ShowsRow)),
            ScreenKind.Log => shown.Factories.Find(place.Subject) is { } build ? [new BuildRow(build)] : [],
            _ => [],
        };
        var checks = place.Screen is ScreenKind.Log or ScreenKind.Help
            ? []
            : HeaderPane.ShownChecks(shown.Factories, state.Settings, state.Size, shown.Now);
        return rows.SelectMany(row => KeysOf(row, shown))
            .Concat(checks.SelectMany(raised => raised.Check.Items.Take(1).Select(item => NewsList.KeyOf(raised, item))));
    }

    private static IEnumerable<Row> Window(ScreenState state, Pane pane, int height)
    {
        var rows = Lists.Of(state.Shown.Factories, state.User.Place, pane, state.Shown.Now);
        var cursor = state.User.Place[pane];
        var top = state.User.Place.Focus == pane ? cursor.TopOf(cursor.In(rows), rows.Count, height) : 0;
        return rows.Skip(top).Take(height);
    }

    private static IEnumerable<string> KeysOf(Row row, FactoryMoment shown) =>
        row switch
        {
            CheckRow { Raised: { Check.Items: [var only] } raised } => [NewsList.KeyOf(raised, only)],
            MemberRow member => [member.Of.Id],
            CheckItemRow item => [NewsList.KeyOf(item.Raised, item.Item)],
            WorkerRow worker => shown
                .Factories.ChecksAt(shown.Now)
                .Where(raised =>
                    raised.Factory == worker.Factory
                    && raised.Check.Code is CheckCode.WorkerLost or CheckCode.WorkerSilent or CheckCode.BuildStuck
                )
                .SelectMany(raised =>
                    raised
                        .Check.Items.Where(item => OverviewProblems.RowOf(shown.Factories, raised, item)?.Row == worker.Id)
                        .Select(item => NewsList.KeyOf(raised, item))
                ),
            _ => [row.Id],
        };
}
