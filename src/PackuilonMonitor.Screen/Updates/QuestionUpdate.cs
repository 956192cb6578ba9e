using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>The line of input: opened, typed into, entered or cancelled.</summary>
public static class QuestionUpdate
{
    /// <param name="about">What is to be muted.</param>
    /// <param name="then">What is done with a pattern, beside the search for it.</param>
    public static ScreenState Open(ScreenState state, QuestionKind kind, string text, string about = "", LogAct? then = null)
    {
        var number = state.LastNumber + 1;
        var before = kind is QuestionKind.Filter ? state.User.Place.Cursor.Filter : about;
        var question = new Question(number, 0, kind, text, before) { Then = then };
        return state with { LastNumber = number, User = state.User with { Question = question } };
    }

    public static Transition Type(ScreenState state, LineTyped typed)
    {
        if (state.User.Question is not { } question || question.Number != typed.Number)
            return state;
        var known = state with { User = state.User with { Question = question with { Text = typed.Text } } };
        return question.Kind switch
        {
            QuestionKind.Filter => ListUpdate.Filtered(known, typed.Text),
            QuestionKind.Find => LogUpdate.Search(known, PatternOf(question, typed.Text).Pattern),
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
            QuestionKind.Find => Found(closed, PatternOf(question, text)),
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
        var completed = CommandNames.Complete(question.Text, state.Settings.Keys, state.User.Place.Screen);
        return state with { User = state.User with { Question = question with { Text = completed, Revision = question.Revision + 1 } } };
    }

    /// <summary>As in less, an exclamation mark before the pattern of "only lines with" turns it into "without".</summary>
    private static (string Pattern, LogAct? Then) PatternOf(Question question, string text) =>
        question.Then is LogAct.OnlyMatches && text.StartsWith('!') ? (text[1..], LogAct.OnlyOthers) : (text, question.Then);

    private static Transition Found(ScreenState state, (string Pattern, LogAct? Then) entered)
    {
        var remembered = state with
        {
            User = state.User with { SearchHistory = UserState.Remembering(state.User.SearchHistory, entered.Pattern) },
        };
        return LogUpdate.KeepSearch(remembered, entered.Then);
    }

    private static ScreenState Filtered(ScreenState state, string filter)
    {
        var filtered = ListUpdate.Filtered(state, filter);
        return SearchPattern.Of(filter) is { IsPlain: true }
            ? filtered.WithNotice("no regular expression: looked for as plain text")
            : filtered;
    }
}
