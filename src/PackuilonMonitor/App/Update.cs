using System.Diagnostics;

namespace PackuilonMonitor.App;

/// <summary>What a message means: the only code that makes a new state of the screen. Pure and total; the time comes with the message.</summary>
public static class Update
{
    public static Transition Apply(ScreenState before, DateTimeOffset now, Message message)
    {
        if (message is Heard { From: var from } && !Subscriptions.Accepts(before, from))
            return before;
        if (message is Answer { Number: var number } && !before.Waiting.ContainsKey(number))
            return before;
        var state = before with { Now = now };
        Transition step = message switch
        {
            KeyPressed key => CommandUpdate.Press(state, key.Key),
            MousePressed mouse => MouseUpdate.Press(state, mouse.Press),
            Resized resized => state with { Size = resized.Size },
            LineTyped typed => QuestionUpdate.Type(state, typed),
            LineEntered entered => QuestionUpdate.Enter(state, entered),
            LineCancelled cancelled => QuestionUpdate.Cancel(state, cancelled),
            StatePublished published => AlertUpdate.Compare(before.Factories, FactoryUpdate.Publish(state, published.State)),
            Ticked => AlertUpdate.Compare(before.Factories, state).Then(AlertUpdate.SendDue).Then(CheckUpdate.EndMutes),
            HistoryRead read => FactoryUpdate.Remember(state, read),
            MutesRead read => CheckUpdate.Read(state, read),
            PageRead read => LogUpdate.Read(state, read),
            HitsFound found => LogUpdate.Found(state, found),
            ChannelReported report => FactoryUpdate.Report(state, report),
            Answer answer => AnswerUpdate.Apply(state with { Waiting = state.Waiting.Remove(answer.Number) }, state.Waiting[answer.Number], answer),
            PictureShown => state with { IsShown = true },
            Resumed => state,
            _ => throw new UnreachableException($"{message.GetType().Name} is not handled"),
        };
        // What must hold whatever happened: the log that is shown is open, and the preview is of the build under the cursor.
        return step.Then(LogUpdate.Align).Then(PreviewUpdate.Align);
    }
}
