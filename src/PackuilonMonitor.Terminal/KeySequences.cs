using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Bytes typed at the terminal as characters that Terminal.Gui 2.5.0 can read: it falls over numbered keys that it has no name for
/// (<c>ESC [ 25 ~</c>), does not know two old numbers of Home and End, and loses what comes quickly behind Alt with a letter.
/// </summary>
public sealed class KeySequences
{
    private const int LongestHeld = 32;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _held = new();
    private bool _inString;
    private char _swallowed;

    /// <summary>Whether a sequence has begun and its end has not come; <see cref="Release"/> gives it up.</summary>
    public bool IsHolding => _held.Length > 0 || _inString;

    /// <summary>The characters of these bytes, as far as they are complete.</summary>
    public string Read(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[_decoder.GetCharCount(bytes, flush: false)];
        _decoder.GetChars(bytes, characters, flush: false);
        var read = new StringBuilder();
        foreach (var character in characters)
            Take(character, read);
        // An Esc alone is a key, and so is Alt with a letter: Terminal.Gui waits for what may follow.
        if (_held.ToString() is "\u001b" or ['\u001b', 'P' or ']' or '_' or '^' or 'X'])
            read.Append(Release());
        return read.ToString();
    }

    /// <summary>What was held back, as it came.</summary>
    public string Release()
    {
        _inString = false;
        var held = _held.ToString();
        _held.Clear();
        return held;
    }

    private void Take(char character, StringBuilder read)
    {
        if (_inString)
        {
            Swallow(character);
            return;
        }

        if (character == '\u001b')
        {
            read.Append(Release());
            _held.Append(character);
            return;
        }

        if (_held.Length == 0)
        {
            read.Append(character);
            return;
        }

        if (_held.ToString() is ['\u001b', 'P' or ']' or '_' or '^' or 'X'])
        {
            _held.Clear();
            _inString = true;
            Swallow(character);
            return;
        }

        _held.Append(character);
        if (_held.ToString() is ['\u001b', 'P' or ']' or '_' or '^' or 'X'])
            return;
        var goesOn = _held.Length == 2 ? character == '[' : char.IsAsciiDigit(character) || character is ';' or ':';
        if (goesOn && _held.Length < LongestHeld)
            return;
        var sequence = Release();
        read.Append(sequence switch
        {
            ['\u001b', '[', .. var numbers, '~'] => Numbered(numbers),
            ['\u001b', not 'O' and (>= ' ' and <= '\u007f') and var letter] => WithAlt(letter),
            ['\u001b', < ' ' and var control] => $"{Escape}{control}",
            _ => sequence,
        });
    }

    // Behind Esc and a letter Terminal.Gui waits for more, and what is typed meanwhile is lost; in this form both are whole at once.
    private static string WithAlt(char letter) => char.IsAsciiLetterUpper(letter)
        ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{(int)char.ToLowerInvariant(letter)};4u")
        : string.Create(CultureInfo.InvariantCulture, $"\u001b[{(int)letter};3u");

    private const string Escape = "\u001b[27u";

    // A terminal's answer to a question that another program asked: it ends with BEL or ST.
    private void Swallow(char character)
    {
        var ends = character is '\u0007' or '\u009c' || (character == '\\' && _swallowed == '\u001b');
        _swallowed = character;
        _inString = !ends;
    }

    private static string Numbered(string numbers)
    {
        var end = numbers.IndexOfAny([';', ':']);
        var (number, modifiers) = end < 0 ? (numbers, "") : (numbers[..end], numbers[end..]);
        return number switch
        {
            "7" => $"\u001b[1{modifiers}~",
            "8" => $"\u001b[4{modifiers}~",
            "1" or "2" or "3" or "4" or "5" or "6" or "11" or "12" or "13" or "14" or "15" or "17" or "18" or "19" or "20" or "21"
                or "23" or "24" or "200" or "201" => $"\u001b[{numbers}~",
            _ => "",
        };
    }
}
