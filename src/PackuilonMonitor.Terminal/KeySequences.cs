using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Turns typed bytes into characters that Terminal.Gui 2.5.0 can read: complete sequences that it knows, and nothing else. It fails on
/// numbered keys without a name (<c>ESC [ 25 ~</c>), does not know two old numbers of Home and End nor the Linux console's F1, and loses
/// what quickly follows Alt with a letter. Answers to questions, and mouse reports left on by crashed programs, are not keys.
/// </summary>
public sealed class KeySequences
{
    /// <summary>The number of characters of a paste that are kept.</summary>
    public const int LongestPaste = 4096;

    private const int LongestHeld = 64;
    private const int BytesOfAClick = 3;
    private const string Escape = "\u001b[27u";

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _held = new();
    private readonly PasteReader _paste = new();
    private bool _inString;
    private bool _inRest;
    private char _swallowed;
    private int _clickBytes;

    /// <summary>
    /// Whether something has begun and its end has not arrived: <see cref="Release"/> and then <see cref="GiveUp"/> end it.
    /// </summary>
    public bool IsHolding => _held.Length > 0 || IsInside;

    /// <summary>Whether it is inside something that is not a key, such as a paste or an answer.</summary>
    public bool IsInside => _paste.IsOpen || _inString || _inRest || _clickBytes > 0;

    /// <summary>The characters of these bytes, as far as they are complete.</summary>
    public string Read(ReadOnlySpan<byte> bytes)
    {
        var read = new StringBuilder();
        // A terminal sends Alt with a letter at once: this is Esc and another key.
        if (bytes.Length > 0 && (IsEscape(bytes[0]) || IsEscapeInString(bytes[0])))
            read.Append(Release());
        Span<char> characters = stackalloc char[8];
        foreach (ref readonly var one in bytes)
        {
            // Bytes, not characters: a position beyond column 95 is not ASCII.
            if (_clickBytes > 0)
            {
                _clickBytes--;
                continue;
            }

            foreach (var character in characters[.._decoder.GetChars(new ReadOnlySpan<byte>(in one), characters, flush: false)])
                Take(character, read);
        }

        return read.ToString();
    }

    /// <summary>Nothing arrived for a while: held bytes are a key if they can be one; the rest of anything else is still dropped.</summary>
    public string Release()
    {
        if (_paste.IsOpen)
        {
            if (_held.ToString() is not "\u001b")
                return "";
            _held.Clear();
            return _paste.Close();
        }

        if (_inString && _swallowed == '\u001b')
        {
            (_inString, _swallowed) = (false, '\0');
            return Escape;
        }

        _inRest |= _held.Length > 2;
        return Keys();
    }

    /// <summary>Ends whatever is unfinished, although its end is missing.</summary>
    public string GiveUp()
    {
        (_inString, _inRest, _clickBytes) = (false, false, 0);
        _held.Clear();
        return _paste.Close();
    }

    private bool IsEscape(byte next) => _held.ToString() is "\u001b" && (char)next is not ('[' or 'O' or 'P' or ']' or '_' or '^' or 'X');

    private bool IsEscapeInString(byte next) => _inString && _swallowed == '\u001b' && next != '\\';

    private void Take(char character, StringBuilder read)
    {
        if (_paste.IsOpen)
        {
            if (_paste.Take(character, _held))
                read.Append(_paste.Close());
        }
        else if (_inString)
        {
            Swallow(character, read);
        }
        else if (character == '\u001b')
        {
            _inRest = false;
            read.Append(Keys());
            _held.Append(character);
        }
        else if (_inRest)
        {
            _inRest = character is not (>= '@' and <= '~');
        }
        else if (_held.Length == 0)
        {
            read.Append(character);
        }
        else
        {
            Hold(character, read);
        }
    }

    private void Hold(char character, StringBuilder read)
    {
        if (_held.Length == 2 && BeginsString(_held[1]))
        {
            _held.Clear();
            _inString = true;
            Swallow(character, read);
            return;
        }

        if (_held.Length >= 2 && character is < ' ' or > '~')
        {
            // Such bytes never occur in a sequence, so its end was lost.
            _held.Clear();
            read.Append(character);
            return;
        }

        _held.Append(character);
        if (!IsWhole(character))
        {
            if (_held.Length < LongestHeld)
                return;
            _held.Clear();
            _inRest = true;
            return;
        }

        var sequence = _held.ToString();
        _held.Clear();
        read.Append(Meaning(sequence));
    }

    private bool IsWhole(char last) => (_held[1], _held.Length) switch
    {
        ('[', 2) or ('O', 2) => false,
        (var kind, 2) => !BeginsString(kind),
        ('[', 3) when last == '[' => false,
        ('[', _) when _held[2] == '[' => true,
        ('[', _) => last >= '@',
        _ => !char.IsAsciiDigit(last) && last != ';',
    };

    private string Meaning(string sequence)
    {
        switch (sequence)
        {
            case "\u001b[M":
                _clickBytes = BytesOfAClick;
                return "";
            case PasteReader.Begin:
                _paste.Open();
                return "";
            case ['\u001b', '[', '[', >= 'A' and <= 'E' and var console]:
                return string.Create(CultureInfo.InvariantCulture, $"\u001b[{11 + console - 'A'}~");
            case ['\u001b', '[', '<', .., 'M' or 'm']:
                return sequence;
            case ['\u001b', '[', .. var numbers, var last]:
                return numbers.AsSpan().ContainsAnyExceptInRange('0', ';') ? "" : last switch
                {
                    '~' => Numbered(numbers),
                    // A mouse report in rxvt's form, and answers.
                    'M' or 'c' or 'n' or 't' or 'x' or 'y' => "",
                    _ => sequence,
                };
            case ['\u001b', not 'O' and (>= ' ' and <= '\u007f') and var letter]:
                return WithAlt(letter);
            case ['\u001b', < ' ' and var control]:
                return $"{Escape}{control}";
            default:
                return sequence;
        }
    }

    // The held bytes as keys that a person can have pressed; sequences that only a terminal sends give none.
    private string Keys()
    {
        var held = _held.ToString();
        _held.Clear();
        return held switch
        {
            "\u001b" => Escape,
            ['\u001b', var letter] => WithAlt(letter),
            _ => "",
        };
    }

    private static bool BeginsString(char kind) => kind is 'P' or ']' or '_' or '^' or 'X';

    // After Esc and a letter Terminal.Gui waits for more, and loses what is typed meanwhile; in this form both are complete at once.
    private static string WithAlt(char letter) => char.IsAsciiLetterUpper(letter)
        ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{(int)char.ToLowerInvariant(letter)};4u")
        : string.Create(CultureInfo.InvariantCulture, $"\u001b[{(int)letter};3u");

    // A terminal's answer to another program's question: it ends with BEL or ST, or, if the end is lost, at an Esc.
    private void Swallow(char character, StringBuilder read)
    {
        if (_swallowed == '\u001b' && character != '\\')
        {
            (_inString, _swallowed) = (false, '\0');
            _held.Append('\u001b');
            Take(character, read);
            return;
        }

        var ends = character is '\u0007' or '\u009c' || (character == '\\' && _swallowed == '\u001b');
        _swallowed = ends ? '\0' : character;
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
                or "23" or "24" => $"\u001b[{numbers}~",
            _ => "",
        };
    }
}
