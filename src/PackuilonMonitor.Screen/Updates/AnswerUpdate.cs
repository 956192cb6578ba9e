using System.Diagnostics;
using System.Globalization;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>What became of a request.</summary>
public static class AnswerUpdate
{
    public static Transition Apply(ScreenState state, Request request, Answer answer) =>
        answer switch
        {
            // Asked for twice before the first came: the terminal can be lent once.
            WholeLogRead when state.IsLent => state,
            WholeLogRead read => BuildUpdate.ShowText(state, read.Lines.Select(line => LineText.Plain(line, HidesPrefix(state, request)))),
            WholeLogNotRead failed => state.WithNotice(failed.Why, isProblem: true),
            LogSaved saved => state.WithNotice(string.Create(CultureInfo.InvariantCulture, $"saved {saved.Bytes} bytes to {saved.Path}")),
            LogNotSaved failed => state.WithNotice($"not saved: {failed.Why}", isProblem: true),
            PagerEnded { Code: 0 } => new Transition(state, [new TakeTerminalBack()]),
            PagerEnded ended => new Transition(
                state.WithNotice(string.Create(CultureInfo.InvariantCulture, $"the pager ended with {ended.Code}"), isProblem: true),
                [new TakeTerminalBack()]
            ),
            PagerNotStarted failed => new Transition(state.WithNotice(failed.Why, isProblem: true), [new TakeTerminalBack()]),
            MutesKept => CheckUpdate.Kept(state, (KeepMutes)request),
            MutesNotKept failed => state.WithNotice($"not muted: {failed.Why}", isProblem: true),
            PastFound found => PastUpdate.Found(state, found),
            PastNotFound failed => PastUpdate.NotFound(state, request, failed),
            DoctorRan ran => FirstStartUpdate.Found(
                state with { User = state.User with { Navigation = state.User.Navigation.WithFindings(ran.Found) } },
                ran.Found
            ),
            PlainTextClosed => new Transition(state, [new TakeTerminalBack()]),
            _ => throw new UnreachableException($"{answer.GetType().Name} is not handled"),
        };

    private static bool HidesPrefix(ScreenState state, Request request) =>
        state.Log is not { } log || (request as ReadWholeLog)?.Log.Build != log.Ref.Build || log.View.Look.HidesPrefix;
}
