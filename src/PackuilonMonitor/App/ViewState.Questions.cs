using PackuilonMonitor.Cells;
using PackuilonMonitor.Logs;

namespace PackuilonMonitor.App;

// The line of input: asked for, typed into, answered or given up.
public sealed partial record ViewState
{
    private const int MostTyped = 100;

    private ViewState Asking(QuestionKind kind, string text)
    {
        var question = new Question(kind, text, kind is QuestionKind.Filter ? Place.Cursor.Filter : "", kind is QuestionKind.Palette ? Typed : []);
        return (this with { Question = question }).Doing(new AskFor(question));
    }

    /// <summary>The line of input changed; a filter works while it is typed.</summary>
    public ViewState Typing(string text)
    {
        if (Question is not { } question)
            return this with { Effects = [] };
        var view = this with { Effects = [], Question = question with { Text = text } };
        return question.Kind is QuestionKind.Filter ? view.Filtered(text) : view;
    }

    /// <summary>The line of input was ended with Enter.</summary>
    public ViewState Answered(string text, Snapshot snapshot, Size size, DateTimeOffset now)
    {
        if (Question is not { } question)
            return this with { Effects = [] };
        var view = this with { Question = null, Effects = [], Notice = null };
        return question.Kind switch
        {
            QuestionKind.Filter => view.Filtered(text).SayingIfPlain(text),
            QuestionKind.Find => view.Apply(new Command(Act.Find, Text: text), snapshot, size, now),
            QuestionKind.Palette => view.Remembered(text).Apply(new Command(Act.Palette, Text: text), snapshot, size, now),
            QuestionKind.Save => text.Length == 0 ? view : view.Apply(new Command(Act.Save, Text: text), snapshot, size, now),
        };
    }

    /// <summary>The line of input was given up: what held before it holds again.</summary>
    public ViewState GivenUp()
    {
        if (Question is not { } question)
            return this with { Effects = [] };
        var view = this with { Question = null, Effects = [] };
        return question.Kind is QuestionKind.Filter ? view.Filtered(question.Before) : view;
    }

    /// <summary>What Tab makes of the text of the line of input: the part that all names beginning so have in common.</summary>
    public string Completed(string text) => Question is { Kind: QuestionKind.Palette } ? PaletteWords.Complete(text, Keys, Place.Screen) : text;

    private ViewState Filtered(string filter) => With(Place.With(Place.Cursor with { Filter = filter, Top = 0 }));

    /// <summary>In the help a letter begins a filter, unless it leads out of the help, to more of it or to a line of input.</summary>
    private bool IsForFilterOfHelp(KeyPress key) => Place.Screen is Screen.Help && key.Name is [var letter] && char.IsAsciiLetterOrDigit(letter)
        && Keys.Find(key, Screen.Help)?.Act is not (Act.Back or Act.Quit or Act.Help or Act.Find or Act.Palette);

    private ViewState FilteringHelp(string letter)
    {
        var view = (this with { Effects = [], Notice = null }).Asking(QuestionKind.Filter, letter);
        return view.Filtered(letter) with { Effects = view.Effects };
    }

    private ViewState SayingIfPlain(string filter) =>
        SearchPattern.Of(filter) is { IsPlain: true } ? Saying("no regular expression: looked for as plain text") : this;

    private ViewState Remembered(string text)
    {
        if (text.Length == 0)
            return this;
        var typed = Typed.Remove(text).Add(text);
        return this with { Typed = typed.Length > MostTyped ? typed.RemoveAt(0) : typed };
    }

    private ViewState Named(string typed, Looked at)
    {
        var (command, error) = PaletteWords.Parse(typed, Keys, Place.Screen);
        return command is { } known ? Obey(known, at) : error is null ? this : Saying(error, true);
    }
}
