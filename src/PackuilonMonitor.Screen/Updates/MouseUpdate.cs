using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>The wheel moves, a click chooses, a second one opens.</summary>
public static class MouseUpdate
{
    private const int WheelLines = 3;

    public static Transition Press(ScreenState before, MousePress press)
    {
        var state = before with { User = before.User.WithoutNotice() };
        return press.Act switch
        {
            MouseAct.WheelUp => CommandUpdate.Do(state, new ContentCommand(ContentAct.LineUp, WheelLines)),
            MouseAct.WheelDown => CommandUpdate.Do(state, new ContentCommand(ContentAct.LineDown, WheelLines)),
            MouseAct.Click => Choose(state, press),
            MouseAct.DoubleClick => ((Transition)Choose(state, press)).Then(chosen =>
                CommandUpdate.Do(chosen, new ContentCommand(ContentAct.Open))
            ),
        };
    }

    private static ScreenState Choose(ScreenState state, MousePress press)
    {
        var layout = ListUpdate.Layout(state);
        switch (state.User.Place.Screen)
        {
            case ScreenKind.Log when state.Log is { } log:
                return state with { Log = log with { View = log.View.Click(press.Column, press.Row, state.LogSize) } };
            case ScreenKind.Overview:
                foreach (var pane in layout.Panes)
                {
                    if (layout[pane].Contains(press.Column, press.Row))
                        return ChooseIn(state, pane, press.Row - layout[pane].Y - layout.Headings(pane));
                }

                return state;
            case ScreenKind.Health:
                var (health, line) = (HealthLayout.Of(state.Size), press.Row - layout.Body.Y);
                return line < health.Checks.Bottom
                    ? ChooseIn(state, Pane.Whole, line - health.Checks.Y)
                    : ChooseIn(state, Pane.Items, line - health.Items.Y);
            case ScreenKind.Timeline:
                return ChooseIn(state, Pane.Whole, press.Row - layout.Body.Y - TimelineLayout.Of(state).List.Y);
            default:
                return ChooseIn(state, Pane.Whole, press.Row - layout.Body.Y - ListPane.Above(layout.Form, state.User.Place.Screen));
        }
    }

    private static ScreenState ChooseIn(ScreenState state, Pane pane, int line)
    {
        var rows = Lists.Of(state.Shown.Factories, state.User.Place, pane, state.Shown.Now);
        if (line < 0 || rows.Count == 0 || state.User.Place.Screen is ScreenKind.Help or ScreenKind.Log)
            return state;
        var focused = state.With(state.User.Place with { Focus = pane });
        return RowAt(state, focused, rows, line) is { } row ? ListUpdate.MovedTo(focused, row) : focused;
    }

    private static int? RowAt(ScreenState before, ScreenState focused, IReadOnlyList<Row> rows, int line)
    {
        var (pane, cursor) = (focused.User.Place.Focus, focused.User.Place.Cursor);
        if (pane is Pane.Workers)
        {
            var layout = ListUpdate.Layout(focused);
            var lines = WorkersPane.LinesOf(
                focused.Shown.Factories, rows, cursor, new Size(layout.Workers.Width, layout.Height(pane)), layout.Form, focused.Shown.Now);
            return line < lines.Count ? lines[line].Row : null;
        }

        // A list without the focus shows its beginning.
        var top = pane == before.User.Place.Focus ? cursor.TopOf(cursor.In(rows), rows.Count, ListUpdate.PageRows(focused)) : 0;
        return top + line < rows.Count ? top + line : null;
    }
}
