using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.State;

/// <summary>What a line of input is for.</summary>
public enum QuestionKind
{
    /// <summary>A pattern to search a log for.</summary>
    Find,

    /// <summary>A pattern that the rows of a list must match.</summary>
    Filter,

    /// <summary>A command by its name.</summary>
    Palette,

    /// <summary>The name of a file to save to.</summary>
    Save,

    /// <summary>How long a check is muted.</summary>
    Mute,

    /// <summary>A moment of the past.</summary>
    Past,
}

/// <summary>An open line of input.</summary>
/// <param name="Number">Which one; messages of another are dropped.</param>
/// <param name="Revision">How often its text was set by the program and not typed.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Text">What is typed so far.</param>
/// <param name="Before">What held before it was opened, for Esc; what is to be muted.</param>
public sealed record Question(int Number, int Revision, QuestionKind Kind, string Text, string Before)
{
    /// <summary>Of a pattern: what is done with it when it is entered, beside the search for it; null for nothing.</summary>
    public LogAct? Then { get; init; }

    /// <summary>What stands before the text and says what it is for.</summary>
    public string Sign => Kind switch
    {
        QuestionKind.Find => Then switch
        {
            LogAct.OnlyMatches => " only lines with: ",
            LogAct.OnlyOthers => " only lines without: ",
            LogAct.SearchEverywhere => " in every build: ",
            _ => " /",
        },
        QuestionKind.Filter => "filter: ",
        QuestionKind.Palette => ":",
        QuestionKind.Save => "save as: ",
        QuestionKind.Past => " at: ",
        QuestionKind.Mute => $" mute {SafeText.Plain(Before)} for: ",
    };
}

/// <summary>A message to the user in place of the hints until the next command.</summary>
/// <param name="Text">In our own words; what others wrote in it is shown safely.</param>
/// <param name="IsProblem">Something did not go as asked.</param>
public sealed record Notice(string Text, bool IsProblem = false);
