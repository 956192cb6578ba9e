using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Linear;

namespace PackuilonMonitor.Linear;

/// <summary>What a session in lines prints: sentences, a few at once, and the prompt.</summary>
/// <param name="hasPrompt">Somebody types at a terminal.</param>
internal sealed class LinearPrinter(Output output, bool hasPrompt)
{
    private const int MostAtOnce = 20;
    private const int MostNews = 5;

    private Queue<string> _rest = [];

    /// <summary>As many sentences as one can listen to; the others wait for <see cref="More"/>.</summary>
    public void Show(IEnumerable<string> sentences)
    {
        var rest = new Queue<string>(sentences);
        for (var shown = 0; shown < MostAtOnce && rest.TryDequeue(out var sentence); shown++)
            Say(sentence);
        if (rest.Count > 0)
            Say($"{rest.Count} more: type more.");
        _rest = rest;
    }

    /// <summary>The next part of a long answer.</summary>
    public void More() => Show(_rest);

    /// <summary>What happened meanwhile; at the prompt below it, and the prompt again.</summary>
    public void Announce(IReadOnlyList<string> news, bool isAtPrompt)
    {
        if (news.Count == 0)
            return;
        if (hasPrompt && isAtPrompt)
            output.Line("");
        foreach (var sentence in news.Take(MostNews))
            Say(sentence);
        if (news.Count > MostNews)
            Say($"{news.Count - MostNews} more: type events.");
        if (isAtPrompt)
            Prompt();
    }

    public void Say(string sentence)
    {
        foreach (var line in Spoken.Lines(sentence))
            output.Line(line);
    }

    /// <param name="begun">What is typed behind it already.</param>
    public void Prompt(string begun = "")
    {
        if (hasPrompt)
            output.Writer.Write($"> {begun}");
    }

    public void Bell()
    {
        if (hasPrompt)
            output.Writer.Write('\a');
    }
}
