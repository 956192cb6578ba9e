using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>The help moves by whole pages, and a letter filters it.</summary>
public static class HelpUpdate
{
    public static Transition Do(ScreenState state, ContentCommand command) =>
        command.Act switch
        {
            ContentAct.LineDown or ContentAct.PageDown or ContentAct.HalfPageDown => ToPage(state, state.User.Place.Cursor.Top + 1),
            ContentAct.LineUp or ContentAct.PageUp or ContentAct.HalfPageUp => ToPage(state, state.User.Place.Cursor.Top - 1),
            ContentAct.Start => ToPage(state, 0),
            ContentAct.End => ToPage(state, int.MaxValue),
            ContentAct.GoToLine => ToPage(state, (command.Number ?? 1) - 1),
            ContentAct.Left
            or ContentAct.Right
            or ContentAct.GoToPercent
            or ContentAct.Find
            or ContentAct.NextProblem
            or ContentAct.PreviousProblem
            or ContentAct.NextPane
            or ContentAct.PreviousPane
            or ContentAct.FullScreen
            or ContentAct.Freeze
            or ContentAct.Open
            or ContentAct.Back
            or ContentAct.RowInFull => ListUpdate.Do(state, command),
        };

    /// <summary>In the help a letter begins a filter, unless it leads out of the help, to more of it or to a line of input.</summary>
    public static bool IsForFilter(ScreenState state, KeyPress key) => state.User.Place.Screen is ScreenKind.Help
        && key.Name is [var letter] && char.IsAsciiLetterOrDigit(letter)
        && state.Settings.Keys.Find(key, ScreenKind.Help) is not (ContentCommand { Act: ContentAct.Back or ContentAct.Find }
            or ProgramCommand { Act: ProgramAct.Quit or ProgramAct.QuitAtOnce or ProgramAct.Palette }
            or ScreenCommand { Act: ScreenAct.Help });

    public static Transition BeginFilter(ScreenState state, string letter) =>
        ListUpdate.Filtered(QuestionUpdate.Open(state with { User = state.User.WithoutNotice() }, QuestionKind.Filter, letter), letter);

    private static ScreenState ToPage(ScreenState state, int page)
    {
        var place = state.User.Place;
        return state.With(place.With(place.Cursor with { Top = Math.Clamp(page, 0, HelpPane.LastPage(state)) }));
    }
}
