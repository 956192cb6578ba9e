using PackuilonMonitor.App;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Panes;

/// <summary>The whole picture of every screen but the log's: state, view and moment → cells. Pure.</summary>
public static class Picture
{
    /// <param name="preview">The last lines of <see cref="ViewState.Previewed"/>'s log, oldest first.</param>
    public static CellBuffer Render(Snapshot snapshot, ViewState view, Size size, Paint paint, IReadOnlyList<CellLine> preview)
    {
        var into = new CellBuffer(size, paint.Glyphs.IsAscii);
        var (shown, painted) = view.Held is { } held ? (held.Snapshot, new Paint(paint.Palette, paint.Glyphs, paint.Zone, held.Now)) : (snapshot, paint);
        var layout = ScreenLayout.Of(size, WorkersPane.Lines(shown, size, painted.Now), view.Place is { Screen: Screen.Overview, Full: true } ? view.Place.Focus : null);
        if (layout.Form is ScreenForm.TooSmall)
        {
            into.Write(0, 0, "too small", paint.Palette.Warning);
            return into;
        }

        HeaderPane.Render(shown, view, into.Part(layout.Header), painted);
        switch (view.Place.Screen)
        {
            case Screen.Overview:
                Overview(shown, view, into, painted, layout, preview);
                break;
        }

        if (!layout.Status.IsEmpty)
        {
            RowList.Rule(into, layout.Status.Y - 1, null, false, painted, layout.Form);
            StatusBar.Render(shown, view, into.Part(layout.Status), painted);
        }

        HintBar.Render(view, into.Part(layout.Hints), painted);
        return into;
    }

    private static void Overview(Snapshot snapshot, ViewState view, CellBuffer into, Paint paint, ScreenLayout layout, IReadOnlyList<CellLine> preview)
    {
        if (!layout.Workers.IsEmpty)
            WorkersPane.Render(snapshot, view, into.Part(layout.Workers), paint, layout.Form);
        if (!layout.Recent.IsEmpty)
            RecentPane.Render(snapshot, view, into.Part(layout.Recent), paint, layout.Form);
    }
}
