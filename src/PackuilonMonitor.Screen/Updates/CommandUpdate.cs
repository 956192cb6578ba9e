using System.Diagnostics;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>From keys and commands to whoever owns them: the only place that decides that.</summary>
public static class CommandUpdate
{
    public static Transition Press(ScreenState state, KeyPress key)
    {
        if (state.User.Question is { Kind: not QuestionKind.Find } && key.Name is "Tab")
            return QuestionUpdate.Complete(state);
        if (HelpUpdate.IsForFilter(state, key))
            return HelpUpdate.BeginFilter(state, key.Name);
        var keys = state.Settings.Keys;
        if (keys.Find(key, state.User.Place.Screen) is { } command)
            return Do(state, command);
        var help = keys.Named("help") is { Keys: [var shown, ..] } ? $"; {shown} shows the keys" : "";
        return state.WithNotice($"{SafeText.Plain(key.Name)} means nothing here{help}");
    }

    /// <summary>What a key asks for; null where it means nothing, or is text.</summary>
    public static Command? CommandOf(ScreenState state, KeyPress key) =>
        state.User.Question is null ? state.Settings.Keys.Find(key, state.User.Place.Screen) : null;

    /// <summary>One command, one road: keys, palette and mouse all come here. The message of the command before goes away.</summary>
    public static Transition Do(ScreenState before, Command command)
    {
        var state = before with { User = before.User.WithoutNotice() };
        return command switch
        {
            ContentCommand content => state.User.Place.Screen switch
            {
                ScreenKind.Log when state.Log is { } log => LogUpdate.Do(state, log, content),
                ScreenKind.Help => HelpUpdate.Do(state, content),
                ScreenKind.Timeline => TimelineUpdate.Do(state, content),
                _ => ListUpdate.Do(state, content),
            },
            LogCommand forLog => state is { Log: { } log, User.Place.Screen: ScreenKind.Log }
                ? LogUpdate.Do(state, log, forLog.Act)
                : MeansNothing(state, command),
            BuildCommand build => BuildUpdate.Do(state, build),
            CheckCommand check => CheckUpdate.Do(state, check),
            SightCommand sight => SightUpdate.Do(state, sight),
            TimelineCommand timeline => TimelineUpdate.Do(state, timeline),
            PastCommand past => PastUpdate.Do(state, past),
            ScreenCommand screen => NavigationUpdate.Do(state, screen),
            ProgramCommand program => ProgramUpdate.Do(state, program),
            _ => throw new UnreachableException($"{command.GetType().Name} has no owner"),
        };
    }

    public static ScreenState MeansNothing(ScreenState state, Command command)
    {
        var name = state.Settings.Keys.Bindings.First(binding => binding.Command.Bare() == command.Bare()).Name;
        return state.WithNotice($"\"{name}\" means nothing on this screen ({Wheres.Name(state.User.Place.Screen)})");
    }
}
