using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Logs;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The whole picture of every screen: state to cells. Pure.</summary>
public static class Picture
{
    public static CellBuffer Of(ScreenState state) => Render(state, PreviewLines(state));

    /// <summary>The line of input that is open, and whether the mouse is reported.</summary>
    public static Controls Controls(ScreenState state)
    {
        var user = state.User;
        return new Controls(
            user.Question is not { } question
                ? null
                : new InputLine(
                    question.Number,
                    question.Revision,
                    question.Text,
                    HintBar.InputArea(question, state.Settings.Keys, state.Size),
                    state.Settings.Palette.Plain,
                    question.Kind switch
                    {
                        QuestionKind.Find => user.SearchHistory,
                        QuestionKind.Palette => user.CommandHistory,
                        QuestionKind.Filter or QuestionKind.Save or QuestionKind.Mute or QuestionKind.Past => [],
                    }
                ),
            user.MouseIsOn
        );
    }

    /// <param name="preview">The last lines of the build that the overview shows, the oldest first.</param>
    public static CellBuffer Render(ScreenState state, IReadOnlyList<CellLine> preview)
    {
        var (settings, view, size) = (state.Settings, state.User, state.Size);
        if (Log(state) is { } log)
            return log;
        var into = new CellBuffer(size, settings.Glyphs.IsAscii);
        var (shown, now) = (state.Shown.Factories, state.Shown.Now);
        var paint = new Paint(settings.Palette, settings.Glyphs, settings.Zone, now);
        var layout = ScreenLayout.Of(state);
        if (layout.Form is ScreenForm.TooSmall)
        {
            var (text, style) = HeaderPane.State(shown, paint);
            into.Write(0, 0, text, style);
            return into;
        }

        HeaderPane.Render(shown, view, state, into.Part(layout.Header), paint);
        if (view.Place.Screen is ScreenKind.Overview && layout.Form is not ScreenForm.Minimal && NothingReadPane.IsAll(shown))
            NothingReadPane.Render(shown, view.Place, settings.Keys, into.Part(layout.Body), paint, layout.Form);
        else if (view.Place.Screen is ScreenKind.Overview)
            Overview(shown, state, into, paint, layout, preview);
        else
            BodyAndStrip(shown, state, into.Part(layout.Body), paint, layout.Form);

        if (!layout.Status.IsEmpty)
        {
            RowList.Rule(into, layout.Status.Y - 1, null, false, paint, layout.Form);
            if (view.Question is { Kind: QuestionKind.Palette } question)
                CompletionBar.Render(question.Text, settings.Keys, view.Place.Screen, into.Part(layout.Status), paint);
            else if (view.Question is { Kind: QuestionKind.Mute })
                into.Write(layout.Status.Y, 1, HealthWords.MuteHelp(size.Columns), paint.Palette.Dim, Math.Max(0, size.Columns - 2));
            else
                StatusBar.Render(shown, view, state.Channels, into.Part(layout.Status), paint);
        }

        HintBar.Render(state, into.Part(layout.Hints), paint);
        return into;
    }

    private static CellLine[] PreviewLines(ScreenState state) => state.Preview is { View: { Page: { } page } view }
        ? [.. page.Lines.Select(line => LogLines.Alone(view, line, state.Settings.Palette))]
        : [];

    /// <summary>The open log; null where none is shown.</summary>
    private static CellBuffer? Log(ScreenState state)
    {
        if (
            state is not { Log: { } log, User.Place: { Screen: ScreenKind.Log, Subject: var subject }, Size.Rows: >= 2 }
            || subject != log.Ref.Build
            || state.Known.Find(subject) is not { } build
        )
        {
            return null;
        }

        var (settings, size) = (state.Settings, state.Size);
        var paint = new Paint(
            settings.Palette,
            settings.Glyphs,
            settings.Zone,
            state.Frozen is { Past: not null } past ? past.Now : state.Now
        );
        var into = new CellBuffer(size, settings.Glyphs.IsAscii);
        var whole = into.Part(new Area(0, 0, size.Columns, state.LogSize.Rows));
        LogPane.Render(log.View, build, state.Known.Of(build).State, paint.Now, whole, paint.Palette, paint.Glyphs);
        PastPane.RenderInLog(state, into, paint);
        HintBar.Render(state, into.Part(new Area(0, size.Rows - 1, size.Columns, 1)), paint);
        return into;
    }

    private static void Overview(
        Snapshot snapshot,
        ScreenState state,
        CellBuffer into,
        Paint paint,
        ScreenLayout layout,
        IReadOnlyList<CellLine> preview
    )
    {
        var view = state.User;
        if (!layout.Workers.IsEmpty)
            WorkersPane.Render(snapshot, view, into.Part(layout.Workers), paint, layout.Form);
        if (!layout.Triggers.IsEmpty)
            TriggersPane.Render(snapshot, view, into.Part(layout.Triggers), paint, layout.Form);
        if (!layout.Recent.IsEmpty)
            RecentPane.Render(snapshot, view, into.Part(layout.Recent), paint, layout.Form);
        if (!layout.Preview.IsEmpty)
            PreviewPane.Render(Selection.Previewed(state), preview, into.Part(layout.Preview), paint, layout.Form);
        if (!layout.Strip.IsEmpty)
            RowStrip.Render(Selection.Row(state), snapshot, into.Part(layout.Strip), paint, layout.Form);
        if (!layout.Events.IsEmpty)
            EventsPane.Render(snapshot, view, into.Part(layout.Events), paint, layout.Form);
    }

    private static void BodyAndStrip(Snapshot snapshot, ScreenState state, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (!ListPane.HasStrip(into.Size, state.User.Place.Screen, state.User.ShowsRow))
        {
            Body(snapshot, state, into, paint, form);
            return;
        }

        var parts = Area.Of(into.Size).Rows(-1, RowStrip.Rows);
        Body(snapshot, state, into.Part(parts[0]), paint, form);
        RowStrip.Render(Selection.Row(state), snapshot, into.Part(parts[1]), paint, form);
    }

    private static void Body(Snapshot snapshot, ScreenState state, CellBuffer into, Paint paint, ScreenForm form)
    {
        var view = state.User;
        switch (view.Place.Screen)
        {
            case ScreenKind.Help:
                HelpPane.Render(view.Place, state.Settings.Keys, into, paint, form);
                break;
            case ScreenKind.History:
                HistoryPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Chain:
                TriggerChainPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Events:
                EventsPane.RenderScreen(snapshot, view, into, paint, form, "EVENTS", "nothing was said yet");
                break;
            case ScreenKind.Unrecognised:
                EventsPane.RenderScreen(snapshot, view, into, paint, form, "UNRECOGNISED LINES", "every line was understood");
                break;
            case ScreenKind.Sources:
                SourcesPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Health:
                HealthPane.Render(snapshot, view, into, HealthLayout.Of(state.Size), state.Alerts.Health.Events, paint, form);
                break;
            case ScreenKind.Causes:
                CausesPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Timeline:
                TimelinePane.Render(snapshot, state, into, paint, form);
                break;
            case ScreenKind.Steps:
                StepsPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Lines:
                LinesPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Doctor:
                DoctorPane.Render(snapshot, view, into, paint, form);
                break;
            case ScreenKind.Log:
                into.Write(0, 1, "opening the log", paint.Palette.Dim);
                break;
            case ScreenKind.Overview:
                break;
        }
    }
}
