using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What is the same on every screen.</summary>
public static class ProgramUpdate
{
    public static Transition Do(ScreenState state, ProgramCommand command) => command.Act switch
    {
        ProgramAct.Quit when PastUpdate.HasPresent(state) => PastUpdate.Do(state, new PastCommand(PastAct.Live)),
        ProgramAct.Quit or ProgramAct.QuitAtOnce => new Transition(state, [new QuitProgram()]),
        ProgramAct.Suspend => new Transition(state, [new SuspendProgram()]),
        ProgramAct.Redraw => new Transition(state, [new RepaintScreen()]),
        ProgramAct.ReadAgain => ReadAgain(state),
        ProgramAct.Mouse => (state with { User = state.User with { MouseIsOn = !state.User.MouseIsOn } })
            .WithNotice(state.User.MouseIsOn ? "mouse off" : "mouse on; Shift selects text"),
        ProgramAct.BellForAll => (state with { User = state.User with { BellForAll = !state.User.BellForAll } })
            .WithNotice(state.User.BellForAll ? "no bell for failures any more" : "a bell for any failure"),
        ProgramAct.Palette => command.Text is { } typed ? Run(state, typed) : QuestionUpdate.Open(state, QuestionKind.Palette, ""),
    };

    /// <summary>Runs a command by its name.</summary>
    public static Transition Run(ScreenState state, string typed)
    {
        var (command, error) = CommandNames.Parse(typed, state.Settings.Keys, state.User.Place.Screen);
        return command is not null ? CommandUpdate.Do(state, command) : error is null ? state : state.WithNotice(error, true);
    }

    /// <summary>Restarts everything, as in a new process: the number of the reading changes, and with it the subscriptions.</summary>
    private static Transition ReadAgain(ScreenState state) => state.Settings.CanReadAgain
        ? (state with { Readings = state.Readings + 1, Factories = state.Factories.Unread() }).WithNotice(ScreenState.Reading)
        : state.WithNotice("standard input cannot be read again");
}
