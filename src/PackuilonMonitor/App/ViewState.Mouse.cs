using PackuilonMonitor.Cells;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor.App;

// What the mouse asks for: the wheel moves, a click chooses, a second one opens.
public sealed partial record ViewState
{
    private const int WheelLines = 3;

    /// <summary>The view after a mouse press on any screen but an open log's.</summary>
    public ViewState Press(MousePress press, Snapshot snapshot, Size size, DateTimeOffset now) => press.Act switch
    {
        MouseAct.WheelUp => Times(WheelLines, new Command(Act.LineUp), snapshot, size, now),
        MouseAct.WheelDown => Times(WheelLines, new Command(Act.LineDown), snapshot, size, now),
        MouseAct.Click => Chosen(press, snapshot, size, now),
        MouseAct.DoubleClick => Chosen(press, snapshot, size, now).Apply(new Command(Act.Open), snapshot, size, now),
    };

    private ViewState Times(int times, Command command, Snapshot snapshot, Size size, DateTimeOffset now) =>
        Enumerable.Range(0, times).Aggregate(this, (view, _) => view.Apply(command, snapshot, size, now));

    private ViewState Chosen(MousePress press, Snapshot snapshot, Size size, DateTimeOffset now)
    {
        var view = this with { Effects = [], Notice = null };
        var at = new Looked((Held?.Snapshot ?? snapshot).Only(Factory), size, Held?.Now ?? now);
        var layout = Layout(at);
        if (Place.Screen is not Screen.Overview)
            return ChosenIn(view, Pane.Whole, press.Row - layout.Body.Y - (layout.Body.Height - ListPane.Height(size)), at);
        var panes = layout.Panes.Where(pane => layout[pane].Contains(press.Column, press.Row)).ToArray();
        return panes.Length == 0 ? view : ChosenIn(view, panes[0], press.Row - layout[panes[0]].Y - layout.Headings(panes[0]), at);
    }

    private static ViewState ChosenIn(ViewState view, Pane pane, int line, Looked at)
    {
        var rows = Lists.Of(at.Snapshot, view.Place, pane, at.Now);
        if (line < 0 || rows.Count == 0 || view.Place.Screen is Screen.Help or Screen.Log)
            return view;
        var focused = view.With(view.Place with { Focus = pane });
        return RowAt(view, focused, rows, line, at) is { } row ? focused.MovedTo(row, at) : focused;
    }

    private static int? RowAt(ViewState before, ViewState focused, IReadOnlyList<Row> rows, int line, Looked at)
    {
        var (pane, cursor) = (focused.Place.Focus, focused.Place.Cursor);
        if (pane is Pane.Workers)
        {
            var layout = focused.Layout(at);
            var lines = WorkersPane.LinesOf(at.Snapshot, rows, cursor, new Size(layout.Workers.Width, layout.Height(pane)), layout.Form, at.Now);
            return line < lines.Count ? lines[line].Row : null;
        }

        // A list without the focus shows its beginning.
        var top = pane == before.Place.Focus ? cursor.TopOf(cursor.In(rows), rows.Count, focused.PageRows(at)) : 0;
        return top + line < rows.Count ? top + line : null;
    }
}
