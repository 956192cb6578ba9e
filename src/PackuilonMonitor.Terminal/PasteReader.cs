using System.Text;

namespace PackuilonMonitor.Terminal;

/// <summary>A bracketed paste: its text reaches the prompt at once, complete or as far as it arrived.</summary>
internal sealed class PasteReader
{
    public const string Begin = "\u001b[200~";

    private const string End = "\u001b[201~";

    private readonly StringBuilder _text = new();

    public bool IsOpen { get; private set; }

    public void Open() => IsOpen = true;

    /// <summary>Takes a character; true if it was the last of the end mark.</summary>
    /// <param name="held">The part of the end mark that has arrived.</param>
    public bool Take(char character, StringBuilder held)
    {
        if (character == End[held.Length])
        {
            held.Append(character);
            if (held.Length < End.Length)
                return false;
            held.Clear();
            return true;
        }

        foreach (var taken in held.ToString())
            Keep(taken);
        held.Clear();
        if (character == End[0])
            held.Append(character);
        else
            Keep(character);
        return false;
    }

    /// <summary>The text as one paste, empty if there is none; later characters are not part of it.</summary>
    public string Close()
    {
        var text = _text.ToString().TrimEnd();
        _text.Clear();
        IsOpen = false;
        return text.Length == 0 ? "" : $"{Begin}{text}{End}";
    }

    // The prompt has one line, and nothing in a paste is a key.
    private void Keep(char character)
    {
        if (_text.Length < KeySequences.LongestPaste)
            _text.Append(char.IsControl(character) ? ' ' : character);
    }
}
