using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>
/// Makes untrusted text safe to show: colours are rebuilt from parsed sequences, and every other control is shown as text.
/// </summary>
public static class SafeText
{
    /// <summary>The number of cells kept of one line; longer lines are cut, so that a hostile one costs no more than a long one.</summary>
    public const int LongestLine = 16 * 1024;

    /// <summary>One log line as cells; never throws, and reads no more text than it takes to fill <paramref name="limit"/> cells.</summary>
    /// <param name="text">The line without its newline; one carriage return at its end is not shown.</param>
    /// <param name="style">The style where the line sets none.</param>
    /// <param name="colours">Whether the line's own colours are kept; otherwise they are removed, not shown.</param>
    /// <param name="ascii">Whether characters outside ASCII are replaced.</param>
    /// <param name="limit">The most cells to return.</param>
    public static CellLine Cells(string text, Style style = default, bool colours = true, bool ascii = false, int limit = LongestLine)
    {
        var cells = new List<Cell>(Math.Min(text.Length, limit));
        var rest = text.EndsWith('\r') ? text.AsSpan(0, text.Length - 1) : text;
        var current = style;
        // Invisible characters make no cell, so the text itself is bounded too.
        rest = rest[..Math.Min(rest.Length, Math.Max(limit, 1) * 16)];
        while (!rest.IsEmpty && cells.Count < limit)
        {
            if (rest[0] == '\u001b' && Sgr.Measure(rest) is var length and > 0)
            {
                if (colours)
                    current = Sgr.Apply(current, style, rest[..length]);
                rest = rest[length..];
                continue;
            }

            Rune.DecodeFromUtf16(rest, out var rune, out var used);
            CellText.Append(cells, rune, Legible(current), ascii, limit);
            rest = rest[used..];
        }

        return CellLine.Of([.. cells]);
    }

    /// <summary>The text without escapes, controls and invisible characters, on one line: for JSON, reasons and hook arguments.</summary>
    public static string Plain(string text)
    {
        if (IsPlain(text))
            return text;
        var plain = new StringBuilder(text.Length);
        ReadOnlySpan<char> rest = text;
        Span<char> letter = stackalloc char[2];
        var blank = false;
        while (!rest.IsEmpty)
        {
            var skipped = EscapeSequence.Measure(rest);
            if (skipped > 0)
            {
                rest = rest[skipped..];
                continue;
            }

            Rune.DecodeFromUtf16(rest, out var rune, out var used);
            rest = rest[used..];
            if (Rune.IsWhiteSpace(rune))
            {
                blank = plain.Length > 0;
                continue;
            }

            if (!IsPlain(rune))
                continue;
            if (blank)
                plain.Append(' ');
            blank = false;
            // Append(rune) would box it.
            plain.Append(letter[..rune.EncodeToUtf16(letter)]);
        }

        return plain.ToString();
    }

    /// <summary>Nothing in it would be changed, as in most texts.</summary>
    private static bool IsPlain(string text) => text is not ([' ', ..] or [.., ' '])
        && TextWidth.IsPlain(text)
        && !text.Contains("  ", StringComparison.Ordinal);

    /// <summary>Whether it is visible and controls nothing: no control, no invisible format character, nothing unassigned.</summary>
    public static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // A log may not hide text by painting it in the colour behind it. Black on the terminal's own background counts as that too: on a dark
    // terminal it is, and on a light one the terminal's own foreground is as good.
    private static Style Legible(Style style) => style switch
    {
        { Background: Hue.None, Foreground: Hue.Black } => style with { Foreground = Hue.None },
        { Background: Hue.None } => style,
        { Foreground: Hue.None } => style with { Foreground = Against(style.Background) },
        _ when style.Foreground == style.Background => style with { Foreground = Against(style.Background) },
        _ => style,
    };

    private static Hue Against(Hue background) =>
        background is Hue.Black or Hue.Red or Hue.Blue or Hue.Magenta or Hue.BrightBlack or Hue.BrightBlue ? Hue.BrightWhite : Hue.Black;
}
