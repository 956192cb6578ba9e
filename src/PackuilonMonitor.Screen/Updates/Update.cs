using System.Diagnostics;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>
/// What a message means: the only code that makes a new state of the screen. Pure and total; the time comes with the message.
/// </summary>
public static class Update
{
    public static Transition Apply(ScreenState before, DateTimeOffset now, Message message)
    {
        if (message is SubscriptionMessage { From: var from } && !Subscriptions.Accepts(before, from))
            return before;
        if (message is Answer { Number: var number } && !before.Waiting.ContainsKey(number))
            return before;
        var state = before with { Now = now };
        Transition step = message switch
        {
            KeyPressed key => SightUpdate
                .Touch(state, CommandUpdate.CommandOf(state, key.Key))
                .Then(touched => CommandUpdate.Press(touched, key.Key)),
            MousePressed mouse => SightUpdate.Touch(state, null).Then(touched => MouseUpdate.Press(touched, mouse.Press)),
            Resized resized => state with
            {
                Size = resized.Size,
                User = state.User with { Navigation = state.User.Navigation.Unscrolled() },
                Log = state.Log is { } log ? log with { View = log.View.Unscrolled() } : null,
            },
            LineTyped typed => SightUpdate.Touch(state, null).Then(touched => QuestionUpdate.Type(touched, typed)),
            LineEntered entered => SightUpdate.Touch(state, null).Then(touched => QuestionUpdate.Enter(touched, entered)),
            LineCancelled cancelled => QuestionUpdate.Cancel(state, cancelled),
            CommandNamed named => SightUpdate
                .Touch(state, CommandNames.Parse(named.Text, state.Settings.Keys, state.User.Place.Screen).Command)
                .Then(touched => ProgramUpdate.Run(touched, named.Text)),
            StatePublished published => AlertUpdate.Compare(before.Factories, FactoryUpdate.Publish(state, published.State)),
            Ticked => AlertUpdate
                .Compare(before.Factories, state)
                .Then(AlertUpdate.SendDue)
                .Then(AlertUpdate.Judge)
                .Then(CheckUpdate.EndMutes)
                .Then(ticked => SightUpdate.Rest(ticked)),
            HistoryRead read => FactoryUpdate.Remember(state, read),
            MutesRead read => CheckUpdate.Read(state, read),
            PageRead read => LogUpdate.Read(state, read),
            HitsFound found => LogUpdate.Found(state, found),
            ChannelReported report => FactoryUpdate.Report(state, report),
            Answer answer => AnswerUpdate.Apply(
                state with
                {
                    Waiting = state.Waiting.Remove(answer.Number),
                },
                state.Waiting[answer.Number],
                answer
            ),
            PictureShown => PastUpdate.Begin(state),
            Resumed => state,
            NotSuspended => state.WithNotice("not suspended: there is no shell to go back to", isProblem: true),
            _ => throw new UnreachableException($"{message.GetType().Name} is not handled"),
        };
        // What must hold whatever happened: the log that is shown is open, and the preview is of the build under the cursor.
        return step.Then(LogUpdate.Align).Then(PreviewUpdate.Align).Then(SightUpdate.Align).Then(FirstStartUpdate.Align);
    }
}
