using PackuilonMonitor.App;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Panes;

/// <summary>The whole picture of every screen; of a log only until it is open: state, view and moment → cells. Pure.</summary>
public static class Picture
{
    /// <param name="preview">The last lines of <see cref="ViewState.Previewed"/>'s log, oldest first.</param>
    public static CellBuffer Render(Snapshot snapshot, ViewState view, Size size, Paint paint, IReadOnlyList<CellLine> preview)
    {
        var into = new CellBuffer(size, paint.Glyphs.IsAscii);
        var (shown, painted) = view.Held is { } held ? (held.Snapshot.Only(view.Factory), new Paint(paint.Palette, paint.Glyphs, paint.Zone, held.Now)) : (snapshot.Only(view.Factory), paint);
        var layout = ScreenLayout.Of(size, WorkersPane.Lines(shown, size, painted.Now), view.Place is { Screen: Screen.Overview, Full: true } ? view.Place.Focus : null);
        if (layout.Form is ScreenForm.TooSmall)
        {
            into.Write(0, 0, "too small", paint.Palette.Warning);
            return into;
        }

        HeaderPane.Render(shown, view, into.Part(layout.Header), painted);
        if (view.Place.Screen is Screen.Overview)
            Overview(shown, view, into, painted, layout, preview);
        else
            Body(shown, view, into.Part(layout.Body), painted, layout.Form);

        if (!layout.Status.IsEmpty)
        {
            RowList.Rule(into, layout.Status.Y - 1, null, false, painted, layout.Form);
            if (view.Question is { Kind: QuestionKind.Palette } question)
                CompletionBar.Render(question, view, into.Part(layout.Status), painted);
            else
                StatusBar.Render(shown, view, into.Part(layout.Status), painted);
        }

        HintBar.Render(shown, view, into.Part(layout.Hints), painted);
        return into;
    }

    private static void Overview(Snapshot snapshot, ViewState view, CellBuffer into, Paint paint, ScreenLayout layout, IReadOnlyList<CellLine> preview)
    {
        if (!layout.Workers.IsEmpty)
            WorkersPane.Render(snapshot, view, into.Part(layout.Workers), paint, layout.Form);
        if (!layout.Triggers.IsEmpty)
            TriggersPane.Render(snapshot, view, into.Part(layout.Triggers), paint, layout.Form);
        if (!layout.Recent.IsEmpty)
            RecentPane.Render(snapshot, view, into.Part(layout.Recent), paint, layout.Form);
        if (!layout.Preview.IsEmpty)
            PreviewPane.Render(view.Previewed(snapshot, paint.Now), preview, into.Part(layout.Preview), paint, layout.Form);
        if (!layout.Events.IsEmpty)
            EventsPane.Render(snapshot, view, into.Part(layout.Events), paint, layout.Form);
    }

    private static void Body(Snapshot snapshot, ViewState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        switch (view.Place.Screen)
        {
            case Screen.Help:
                HelpPane.Render(view, into, paint, form);
                break;
            case Screen.History:
                HistoryPane.Render(snapshot, view, into, paint, form);
                break;
            case Screen.Chain:
                TriggerChainPane.Render(snapshot, view, into, paint, form);
                break;
            case Screen.Events:
                EventsPane.RenderScreen(snapshot, view, into, paint, form, "EVENTS", "nothing was said yet");
                break;
            case Screen.Unrecognised:
                EventsPane.RenderScreen(snapshot, view, into, paint, form, "UNRECOGNISED LINES", "every line was understood");
                break;
            case Screen.Sources:
                SourcesPane.Render(snapshot, view, into, paint, form);
                break;
            case Screen.Log:
                into.Write(0, 1, "opening the log", paint.Palette.Dim);
                break;
            case Screen.Overview:
                break;
        }
    }
}
