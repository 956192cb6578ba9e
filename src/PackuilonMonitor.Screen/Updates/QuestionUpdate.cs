using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>The line of input: opened, typed into, entered or cancelled.</summary>
public static class QuestionUpdate
{
    /// <param name="about">What is to be muted.</param>
    public static ScreenState Open(ScreenState state, QuestionKind kind, string text, string about = "")
    {
        var number = state.LastNumber + 1;
        var before = kind is QuestionKind.Filter ? state.User.Place.Cursor.Filter : about;
        return state with { LastNumber = number, User = state.User with { Question = new Question(number, 0, kind, text, before) } };
    }

    public static Transition Type(ScreenState state, LineTyped typed)
    {
        if (state.User.Question is not { } question || question.Number != typed.Number)
            return state;
        var known = state with { User = state.User with { Question = question with { Text = typed.Text } } };
        return question.Kind switch
        {
            QuestionKind.Filter => ListUpdate.Filtered(known, typed.Text),
            QuestionKind.Find => LogUpdate.Search(known, typed.Text),
            QuestionKind.Palette or QuestionKind.Save or QuestionKind.Mute or QuestionKind.Past => known,
        };
    }

    public static Transition Enter(ScreenState state, LineEntered entered)
    {
        if (state.User.Question is not { } question || question.Number != entered.Number)
            return state;
        var (text, user) = (entered.Text, state.User with { Question = null, Notice = null });
        var closed = state with { User = user };
        return question.Kind switch
        {
            QuestionKind.Filter => Filtered(closed, text),
            QuestionKind.Find => LogUpdate.KeepSearch(
                closed with
                {
                    User = user with { SearchHistory = UserState.Remembering(user.SearchHistory, text) },
                }
            ),
            QuestionKind.Palette => ProgramUpdate.Run(
                closed with
                {
                    User = user with { CommandHistory = UserState.Remembering(user.CommandHistory, text) },
                },
                text
            ),
            QuestionKind.Mute => CommandUpdate.Do(
                closed,
                text.Trim().Length == 0
                    ? new CheckCommand(CheckAct.Unmute, question.Before)
                    : new CheckCommand(CheckAct.Mute, $"{question.Before} {text.Trim()}")
            ),
            QuestionKind.Past => text.Trim().Length == 0 ? closed : CommandUpdate.Do(closed, new PastCommand(PastAct.At, text)),
            QuestionKind.Save => text.Length == 0 ? closed : CommandUpdate.Do(closed, new BuildCommand(BuildAct.Save, text)),
        };
    }

    /// <summary>What held before the line was opened holds again.</summary>
    public static Transition Cancel(ScreenState state, LineCancelled cancelled)
    {
        if (state.User.Question is not { } question || question.Number != cancelled.Number)
            return state;
        var closed = state with { User = state.User with { Question = null } };
        return question.Kind switch
        {
            QuestionKind.Filter => ListUpdate.Filtered(closed, question.Before),
            QuestionKind.Find => LogUpdate.CancelSearch(closed),
            QuestionKind.Palette or QuestionKind.Save or QuestionKind.Mute or QuestionKind.Past => closed,
        };
    }

    /// <summary>Tab: the part that all names beginning so have in common.</summary>
    public static Transition Complete(ScreenState state)
    {
        if (state.User.Question is not { Kind: QuestionKind.Palette } question)
            return state;
        var completed = PaletteWords.Complete(question.Text, state.Settings.Keys, state.User.Place.Screen);
        return state with { User = state.User with { Question = question with { Text = completed, Revision = question.Revision + 1 } } };
    }

    private static ScreenState Filtered(ScreenState state, string filter)
    {
        var filtered = ListUpdate.Filtered(state, filter);
        return SearchPattern.Of(filter) is { IsPlain: true }
            ? filtered.WithNotice("no regular expression: looked for as plain text")
            : filtered;
    }
}
