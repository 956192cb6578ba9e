using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PackuilonMonitor.Tests.Hostile;

/// <summary>
/// What the program sends, byte by byte, against the list of what it may send; everything that is not on the list is a fault.
/// </summary>
internal static partial class SentBytes
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>For pipes, files and messages: printable characters and newlines.</summary>
    public static IReadOnlyList<string> FaultsOfText(ReadOnlySpan<byte> bytes) => Faults(bytes, "\n", Nothing());

    /// <summary>The same, and colours of the program's own making.</summary>
    public static IReadOnlyList<string> FaultsOfColouredText(ReadOnlySpan<byte> bytes) => Faults(bytes, "\n", Colour());

    /// <summary>For the dashboard: its own list of sequences; newlines scroll, CAN ends what was half sent, BEL is the bell.</summary>
    public static IReadOnlyList<string> FaultsOfScreen(ReadOnlySpan<byte> bytes) => Faults(bytes, "\n\u0018\u0007", Screen());

    public static IReadOnlyList<string> FaultsOfText(string text) => FaultsOfText(Encoding.UTF8.GetBytes(text));

    public static string Escaped(string text) =>
        string.Concat(
            text.Select(character =>
                character is >= ' ' and < '\u007f'
                    ? character.ToString()
                    : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
            )
        );

    private static List<string> Faults(ReadOnlySpan<byte> bytes, string controls, Regex own)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            return [$"no UTF-8: {error.Message}"];
        }

        var faults = new List<string>();
        for (var at = 0; at < text.Length && faults.Count < 5;)
        {
            if (text[at] == '\u001b' && own.Match(text, at) is { Success: true } sequence)
            {
                // Words inside a sequence are looked at like any others.
                faults.AddRange(
                    sequence
                        .Groups["text"]
                        .Value.EnumerateRunes()
                        .Where(IsDangerous)
                        .Select(rune => $"inside a sequence: U+{rune.Value:X4}")
                );
                at += sequence.Length;
                continue;
            }

            var rune = Rune.GetRuneAt(text, at);
            if (IsDangerous(rune) && !(rune.IsBmp && controls.Contains((char)rune.Value, StringComparison.Ordinal)))
                faults.Add($"at {at}: {Escaped(text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 30)])}");
            at += rune.Utf16SequenceLength;
        }

        return faults;
    }

    private static bool IsDangerous(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private const string OneColour = @"\u001b\[(?:(?:0|1|2|4|7|3[0-7]|39|4[0-7]|49|9[0-7]|10[0-7])(?:;(?=[0-9])|(?=m)))*m";

    // OSC 9 as it is, and wrapped for tmux.
    private const string Notice = @"\u001b\]9;(?![0-9])(?<text>[^\u0000-\u001f\u007f]{0,210})\u0007";
    private const string WrappedNotice = @"\u001bPtmux;\u001b\u001b\]9;(?![0-9])(?<text>[^\u0000-\u001f\u007f]{0,210})\u0007\u001b\\";

    private const string Moves = @"\u001b\[(?:[0-9]{1,3}(?:;[0-9]{1,3})?H|[0-9]{1,3}C|K|J|2J|r|[0-9]{1,3};[0-9]{1,3}r)|\u001b[DM]";
    private const string Modes = @"\u001b\[\?(?:1049|2004|25|9|1000|1002|1003|1005|1006|1015)[hl]";

    [GeneratedRegex(@"\G(?!)")]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\G" + OneColour)]
    private static partial Regex Colour();

    [GeneratedRegex(@"\G(?:" + OneColour + "|" + Moves + "|" + Modes + "|" + Notice + "|" + WrappedNotice + ")")]
    private static partial Regex Screen();
}
