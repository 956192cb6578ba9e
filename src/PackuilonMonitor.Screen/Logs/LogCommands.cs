using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What each command does to the view. Total: any command at any size in any state gives a view.</summary>
public static class LogCommands
{
    private const int SidewaysColumns = 8;

    /// <summary>The view after a command, on a screen of this size. Commands that are not a log's leave it as it is.</summary>
    public static LogView Apply(this LogView view, Command command, Size size)
    {
        var before = view with { Notice = null, AllBuilds = view.AllBuilds with { Jump = null } };
        var layout = LogLayout.Of(before, size);
        if (
            layout.StepsCover
            && !before.AllBuilds.Focused
            && command is ContentCommand moving
            && ThroughSteps(before, moving, StepsPanel.Room(before, layout.Steps.Height)) is { } moved
        )
            return moved;
        var rows = Math.Max(1, layout.Log.Height);
        return command switch
        {
            ContentCommand content => Move(before, content, rows, size),
            LogCommand log => Do(before, log.Act, size),
            _ => before,
        };
    }

    /// <summary>There is something that Esc would undo here before it closes the log.</summary>
    public static bool CanUndo(this LogView view, Size size) =>
        view.Search is not { Typing: false, Pattern: null }
        || view.AllBuilds is not { Focused: false, Pattern: null }
        || view.Filter.Kind is not FilterKind.All
        || view.Position.Frozen
        || view.Look.FullScreen
        || LogLayout.Of(view, size).StepsCover;

    private static LogView Move(LogView view, ContentCommand command, int rows, Size size)
    {
        var inHits = view.AllBuilds.Focused;
        return command.Act switch
        {
            ContentAct.LineDown => inHits ? SelectHit(view, 1) : view.Scroll(Times(command), size),
            ContentAct.LineUp => inHits ? SelectHit(view, -1) : view.Scroll(-Times(command), size),
            ContentAct.PageDown => inHits ? SelectHit(view, 5) : view.Scroll(Math.Max(1, rows - 1), size),
            ContentAct.PageUp => inHits ? SelectHit(view, -5) : view.Scroll(-Math.Max(1, rows - 1), size),
            ContentAct.HalfPageDown => view.Scroll(Math.Max(1, rows / 2), size),
            ContentAct.HalfPageUp => view.Scroll(-Math.Max(1, rows / 2), size),
            ContentAct.Start => view.ToStart(),
            ContentAct.End => view.Follow(),
            ContentAct.Left => view.Sidewards(-SidewaysColumns),
            ContentAct.Right => view.Sidewards(SidewaysColumns),
            ContentAct.GoToLine => command.Number is { } line ? view.GoTo(LogTarget.Line(line), 0) : view,
            ContentAct.GoToPercent => command.Number is not { } percent ? view
                : percent >= 100 ? view.Follow() : percent <= 0 ? view.ToStart() : view.GoTo(LogTarget.Percent(percent), 0),
            ContentAct.Find => view.Find(command.Text, size),
            ContentAct.NextProblem => view.ToProblem(1, size),
            ContentAct.PreviousProblem => view.ToProblem(-1, size),
            ContentAct.NextPane or ContentAct.PreviousPane =>
                view.AllBuilds.Pattern is null ? view : view with { AllBuilds = view.AllBuilds with { Focused = !inHits } },
            ContentAct.FullScreen => view with { Look = view.Look with { FullScreen = !view.Look.FullScreen } },
            ContentAct.Freeze => view.ToggleFreeze(),
            ContentAct.Open => view.Search.Typing ? view.KeepPattern(size) : inHits ? view.OpenChosenHit() : view,
            ContentAct.Back => Undo(view, size),
            // A log has no rows that are cut: it wraps.
            ContentAct.RowInFull => view,
        };
    }

    private static LogView Do(LogView view, LogAct act, Size size) =>
        act switch
        {
            LogAct.NextHit => view.NextHit(backward: false, size),
            LogAct.PreviousHit => view.NextHit(backward: true, size),
            LogAct.OnlyMatches => view.Only(FilterKind.Matching, size),
            LogAct.OnlyOthers => view.Only(FilterKind.Others, size),
            LogAct.SearchCase => view.ToggleCase(size),
            LogAct.SearchKind => view.ToggleKind(size),
            LogAct.SearchEverywhere => view.SearchEverywhere(),
            LogAct.MoreContext => view.Context(1, size),
            LogAct.LessContext => view.Context(-1, size),
            LogAct.NextStep => view.ToStep(1, size),
            LogAct.PreviousStep => view.ToStep(-1, size),
            // To another log: that is for whoever opens logs.
            LogAct.NewerBuild or LogAct.OlderBuild => view,
            LogAct.Mark => view.ToggleMark(size),
            LogAct.GoToMark => view.ToMark(size),
            LogAct.Follow => view.ToggleFollow(size),
            LogAct.Wrap => FromLineStart(view, view.Look with { Wraps = !view.Look.Wraps, Sideways = 0 }),
            LogAct.TimeColumn => NextTime(view),
            LogAct.Prefix => FromLineStart(view, view.Look with { HidesPrefix = !view.Look.HidesPrefix }),
            LogAct.Steps => view with
            {
                Look = view.Look with { ShowsSteps = !LogLayout.HasSteps(view, size), StepsTop = null, FullScreen = false },
            },
            LogAct.Diff => view.Only(FilterKind.Diff, size),
            LogAct.OnlyNew => view.Only(FilterKind.New, size),
            LogAct.NextBuilder => view.ToBuilder(1, size),
            LogAct.PreviousBuilder => view.ToBuilder(-1, size),
            LogAct.Colours => view with { Look = view.Look.WithNextColours() },
        };

    /// <summary>Where the steps have the place of the log, the keys that move move through them.</summary>
    private static LogView? ThroughSteps(LogView view, ContentCommand command, int room) => command.Act switch
    {
        ContentAct.LineDown => Through(view, Times(command), room),
        ContentAct.LineUp => Through(view, -Times(command), room),
        ContentAct.PageDown => Through(view, Math.Max(1, room - 1), room),
        ContentAct.PageUp => Through(view, -Math.Max(1, room - 1), room),
        ContentAct.HalfPageDown => Through(view, Math.Max(1, room / 2), room),
        ContentAct.HalfPageUp => Through(view, -Math.Max(1, room / 2), room),
        ContentAct.Start => Through(view, int.MinValue, room),
        ContentAct.End => Through(view, int.MaxValue, room),
        _ => null,
    };

    private static LogView Through(LogView view, int by, int room) =>
        view with { Look = view.Look with { StepsTop = StepRows.Moved(view, by, room) } };

    private static LogView SelectHit(LogView view, int by) => view with { AllBuilds = view.AllBuilds.Select(by) };

    /// <summary>Lines have other rows now, so the first one is shown from its start.</summary>
    private static LogView FromLineStart(LogView view, LogLook look) =>
        view with { Look = look, Position = view.Position with { AnchorRow = 0 } };

    private static LogView Undo(LogView view, Size size)
    {
        if (view.Search.Typing)
            return view.CancelPattern();
        if (LogLayout.Of(view, size).StepsCover)
            return view with { Look = view.Look with { ShowsSteps = false } };
        if (view.AllBuilds.Focused)
            return view with { AllBuilds = view.AllBuilds with { Focused = false } };
        if (view.Position.Frozen)
            return view.Thaw();
        if (view.Filter.Kind is not FilterKind.All)
            return view.Unfiltered();
        if (view.AllBuilds.Pattern is not null)
            return view with { AllBuilds = view.AllBuilds with { Pattern = null, Chosen = 0 } };
        if (view.Search.Pattern is not null)
            return view with { Search = view.Search with { Pattern = null, Sought = null } };
        return view.Look.FullScreen ? view with { Look = view.Look with { FullScreen = false } } : view;
    }

    // j with a number before it moves so many lines.
    /// <summary>The column stays blank where no line has a time, so the key says what it did.</summary>
    private static LogView NextTime(LogView view)
    {
        var next = FromLineStart(view, view.Look.WithNextTime());
        return LogBar.HasNoTimes(next)
            ? next with { Notice = $"{LogBar.Time(next.Look.Time, wide: true)}: none is known, the log was read afterwards" }
            : next;
    }

    private static int Times(ContentCommand command) => Math.Clamp(command.Number ?? 1, 1, 100_000);
}
