using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Linear;

/// <summary>
/// What is typed, letter by letter, as lines. Backspace, Ctrl-U and Ctrl-W edit the line as terminals do it; other keys than letters do
/// nothing.
/// </summary>
/// <param name="echo">Shows what was typed; a no-op where the terminal has shown it already.</param>
public sealed class TypedText(Action<string> echo)
{
    private const char Escape = '\x1b';
    private const char EndOfInput = '\x04';
    private const char EraseLine = '\x15';
    private const char EraseWord = '\x17';

    private readonly Queue<char> _waiting = [];
    private readonly StringBuilder _line = new();
    private Sequence _sequence;
    private bool _hasEnded;

    /// <summary>Where a key that sends several letters stands.</summary>
    private enum Sequence
    {
        None,
        Begun,
        Inside,
    }

    /// <summary>The line that has begun, as far as it was read.</summary>
    public string Begun => _line.ToString();

    /// <summary>Everything was read, and no more will be typed.</summary>
    public bool IsAtEnd => _hasEnded && _waiting.Count == 0;

    public void Add(ReadOnlySpan<char> letters)
    {
        foreach (var letter in letters)
            _waiting.Enqueue(letter);
    }

    public void End() => _hasEnded = true;

    /// <summary>Reads on to the end of a line; null if there is none yet. The input's last line needs no end.</summary>
    public string? NextLine()
    {
        while (_waiting.TryDequeue(out var letter))
        {
            if (_sequence is not Sequence.None)
                _sequence = After(letter);
            else if (letter is '\n' or '\r')
                return Ended();
            else
                Take(letter);
        }

        return _hasEnded && _line.Length > 0 ? Ended() : null;
    }

    private string Ended()
    {
        echo("\n");
        var line = Begun;
        _line.Clear();
        return line;
    }

    private void Take(char letter)
    {
        switch (letter)
        {
            case '\b' or '\x7f':
                Erase(StringInfo.GetNextTextElementLength(LastElement()));
                break;
            case EraseLine:
                Erase(_line.Length);
                break;
            case EraseWord:
                Erase(_line.Length - Begun.TrimEnd().LastIndexOf(' ') - 1);
                break;
            case EndOfInput when _line.Length == 0:
                _waiting.Clear();
                _hasEnded = true;
                break;
            case Escape:
                _sequence = Sequence.Begun;
                break;
            case var _ when !char.IsControl(letter):
                _line.Append(letter);
                echo(letter.ToString());
                break;
        }
    }

    private string LastElement() =>
        StringInfo.ParseCombiningCharacters(Begun) is [.., var last] ? Begun[last..] : "";

    private void Erase(int letters)
    {
        var columns = TextWidth.Of(Begun[^letters..]);
        _line.Length -= letters;
        echo(string.Concat(Enumerable.Repeat("\b \b", columns)));
    }

    /// <summary>An arrow is <c>ESC [ A</c> or <c>ESC O A</c>, Alt with a letter <c>ESC a</c>.</summary>
    private Sequence After(char letter) => _sequence switch
    {
        Sequence.Begun when letter is '[' or 'O' => Sequence.Inside,
        Sequence.Inside when letter is < '@' or > '~' => Sequence.Inside,
        _ => Sequence.None,
    };
}
