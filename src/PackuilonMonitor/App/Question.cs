using System.Collections.Immutable;

namespace PackuilonMonitor.App;

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
}

/// <summary>An open line of input.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Text">What is typed so far.</param>
/// <param name="Before">What held before it was opened, for Esc.</param>
/// <param name="History">Earlier answers, the newest last.</param>
public sealed record Question(QuestionKind Kind, string Text, string Before, ImmutableArray<string> History)
{
    /// <summary>What stands before the text and says what it is for.</summary>
    public string Sign => Kind switch
    {
        QuestionKind.Find => "find: ",
        QuestionKind.Filter => "filter: ",
        QuestionKind.Palette => ":",
        QuestionKind.Save => "save as: ",
    };
}

/// <summary>A message to the user in place of the hints until the next command.</summary>
/// <param name="Text">In our own words; what others wrote in it is shown safely.</param>
/// <param name="IsProblem">Something did not go as asked.</param>
public sealed record Notice(string Text, bool IsProblem = false);
