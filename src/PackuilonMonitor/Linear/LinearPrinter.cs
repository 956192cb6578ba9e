using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Linear;

namespace PackuilonMonitor.Linear;

/// <summary>What a session in lines prints: sentences, a few at once, and the prompt.</summary>
/// <param name="hasPrompt">Somebody types at a terminal.</param>
internal sealed class LinearPrinter(Output output, bool hasPrompt)
{
    private const int MostAtOnce = 20;

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

    /// <summary>What happened meanwhile, above the line that is being typed.</summary>
    public void Announce(IReadOnlyList<string> news, bool isTyping)
    {
        if (news.Count == 0)
            return;
        if (hasPrompt && isTyping)
            output.Line("");
        foreach (var sentence in news.Take(MostAtOnce))
            Say(sentence);
        if (news.Count > MostAtOnce)
            Say($"and {news.Count - MostAtOnce} more: recent lists them.");
        if (isTyping)
            Prompt();
    }

    public void Say(string sentence)
    {
        foreach (var line in Spoken.Lines(sentence))
            output.Line(line);
    }

    public void Prompt()
    {
        if (hasPrompt)
            output.Writer.Write("> ");
    }

    public void Bell()
    {
        if (hasPrompt)
            output.Writer.Write('\a');
    }
}
