using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>
/// How many columns text takes on a terminal, by a table that agrees with tmux 3.3a and with Terminal.Gui wherever it gives a width.
/// </summary>
public static class TextWidth
{
    /// <summary>Columns of one rune: 1 or 2, 0 for a mark that joins the one before it, -1 for what must be shown as a code.</summary>
    public static int Of(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x7f)
            return value < 0x20 ? -1 : 1;
        if (value is >= 0x2500 and < 0x25fd)
            return 1;
        if (In(Disputed, value) || In(Newer, value))
            return -1;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpacingCombiningMark => -1,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
            _ => In(Wide, value) ? 2 : 1,
        };
    }

    /// <summary>Columns of a text as <see cref="CellLine.Of(string, Style, bool)"/> would show it.</summary>
    public static int Of(string text, bool ascii = false) => IsPlain(text) ? text.Length : CellLine.Of(text, ascii: ascii).Width;

    /// <summary>Printable ASCII: each letter is one column, as nearly always.</summary>
    internal static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>
    /// The text if it fits, else as much of it as leaves a column for … (or $ in ASCII); a wide grapheme is never split.
    /// </summary>
    public static string Truncate(string text, int width, bool ascii = false)
    {
        if (width <= 0)
            return "";
        if (IsPlain(text))
            return text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1), CutSign(ascii));
        var line = CellLine.Of(text, ascii: ascii);
        return line.Width <= width ? text : line.Slice(0, width - 1).ToText() + CutSign(ascii);
    }

    /// <summary>Where text is cut.</summary>
    public static string CutSign(bool ascii) => (ascii ? Glyphs.Ascii : Glyphs.Unicode).Ellipsis;

    /// <summary>Exactly <paramref name="width"/> columns of a text that has as many or more: its ends, and a sign between them.</summary>
    public static string CutMiddle(string text, int width, bool ascii = false)
    {
        var line = CellLine.Of(text, ascii: ascii);
        var end = Math.Max(0, width / 2);
        return end < 2
            ? Truncate(text, width, ascii)
            : line.Slice(0, width - 1 - end).ToText() + CutSign(ascii) + line.Slice(line.Width - end, end).ToText();
    }

    /// <summary>Exactly <paramref name="width"/> columns: shortened, or blanks after it.</summary>
    public static string PadRight(string text, int width, bool ascii = false) => Fitted(text, width, ascii, (fit, blanks) => fit + blanks);

    /// <summary>Exactly <paramref name="width"/> columns: shortened, or blanks before it.</summary>
    public static string PadLeft(string text, int width, bool ascii = false) => Fitted(text, width, ascii, (fit, blanks) => blanks + fit);

    /// <summary>Columns of one grapheme that is already in a cell; its first rune decides.</summary>
    internal static int OfGrapheme(string grapheme) =>
        Rune.TryGetRuneAt(grapheme, 0, out var rune) ? Math.Max(1, Of(rune)) : 0;

    private static string Fitted(string text, int width, bool ascii, Func<string, string, string> join)
    {
        // Tabs as blanks: what stands before them may move.
        var fit = CellLine.Of(Truncate(text, width, ascii), ascii: ascii).ToText();
        return join(fit, new string(' ', Math.Max(0, width - Of(fit, ascii))));
    }

    private static bool In((int First, int Last)[] ranges, int value)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (value < ranges[middle].First)
                high = middle - 1;
            else if (value > ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    // Terminals, or tmux and Terminal.Gui, give these different widths, or none that can be seen: fillers, jamo that join,
    // hexagrams, flags' letters, skin tones.
    private static readonly (int First, int Last)[] Disputed =
    [
        (0x115f, 0x11ff), (0x1200, 0x1200), (0x2630, 0x2637), (0x268a, 0x268f), (0x3164, 0x3164), (0x3248, 0x324f),
        (0x4dc0, 0x4dff), (0xd7b0, 0xd7fb), (0xffa0, 0xffa0), (0x1d300, 0x1d376), (0x1f1e6, 0x1f1ff), (0x1f3fb, 0x1f3ff),
        (0x1faf7, 0x1faff), (0x31350, 0x323af),
    ];

    // Newer than Unicode 14: a system of tmux 3.3a's age takes them for nothing at all.
    private static readonly (int First, int Last)[] Newer =
    [
        (0x0897, 0x0897), (0x0ece, 0x0ece), (0x1b4e, 0x1b4f), (0x1b7f, 0x1b7f), (0x1c89, 0x1c8a), (0x2427, 0x2429),
        (0x2ffc, 0x2fff), (0x31e4, 0x31ef), (0xa7cb, 0xa7cd), (0xa7da, 0xa7dc), (0x105c0, 0x105f3), (0x10d40, 0x10d8f),
        (0x10ec2, 0x10eff), (0x1123f, 0x11241), (0x11380, 0x113e2), (0x116d0, 0x116e3), (0x11b00, 0x11bf9), (0x11f00, 0x11f5a),
        (0x1342f, 0x143fa), (0x16100, 0x16139), (0x16d40, 0x16d79), (0x18cff, 0x18cff), (0x1b132, 0x1b132), (0x1b155, 0x1b155),
        (0x1cc00, 0x1ceb3), (0x1d2c0, 0x1d2d3), (0x1df25, 0x1df2a), (0x1e030, 0x1e08f), (0x1e4d0, 0x1e5ff), (0x1f6dc, 0x1f6dc),
        (0x1f774, 0x1f77f), (0x1f7d9, 0x1f7d9), (0x1f8b2, 0x1f8c1), (0x1fa75, 0x1fa77), (0x1fa87, 0x1fa8f), (0x1faad, 0x1faaf),
        (0x1fabb, 0x1fabf), (0x1fac6, 0x1facf), (0x1fada, 0x1fadf), (0x1fae8, 0x1fae9), (0x1fbcb, 0x1fbef), (0x2b739, 0x2b739),
        (0x2ebf0, 0x2ee5d),
    ];

    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f), (0x231a, 0x231b), (0x2329, 0x232a), (0x23e9, 0x23ec), (0x23f0, 0x23f0), (0x23f3, 0x23f3),
        (0x25fd, 0x25fe), (0x2614, 0x2615), (0x2648, 0x2653), (0x267f, 0x267f), (0x2693, 0x2693), (0x26a1, 0x26a1),
        (0x26aa, 0x26ab), (0x26bd, 0x26be), (0x26c4, 0x26c5), (0x26ce, 0x26ce), (0x26d4, 0x26d4), (0x26ea, 0x26ea),
        (0x26f2, 0x26f3), (0x26f5, 0x26f5), (0x26fa, 0x26fa), (0x26fd, 0x26fd), (0x2705, 0x2705), (0x270a, 0x270b),
        (0x2728, 0x2728), (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
        (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55), (0x2e80, 0x303e),
        (0x3041, 0x3247), (0x3250, 0x4dbf), (0x4e00, 0xa4c6), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xf900, 0xfad9),
        (0xfe10, 0xfe6b), (0xff01, 0xff60), (0xffe0, 0xffe6), (0x16fe0, 0x1b2fb), (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf),
        (0x1f18e, 0x1f18e), (0x1f191, 0x1f19a), (0x1f200, 0x1f320), (0x1f32d, 0x1f335), (0x1f337, 0x1f37c), (0x1f37e, 0x1f393),
        (0x1f3a0, 0x1f3ca), (0x1f3cf, 0x1f3d3), (0x1f3e0, 0x1f3f0), (0x1f3f4, 0x1f3f4), (0x1f3f8, 0x1f43e), (0x1f440, 0x1f440),
        (0x1f442, 0x1f4fc), (0x1f4ff, 0x1f53d), (0x1f54b, 0x1f54e), (0x1f550, 0x1f567), (0x1f57a, 0x1f57a), (0x1f595, 0x1f596),
        (0x1f5a4, 0x1f5a4), (0x1f5fb, 0x1f64f), (0x1f680, 0x1f6c5), (0x1f6cc, 0x1f6cc), (0x1f6d0, 0x1f6d2), (0x1f6d5, 0x1f6df),
        (0x1f6eb, 0x1f6ec), (0x1f6f4, 0x1f6fc), (0x1f7e0, 0x1f7f0), (0x1f90c, 0x1f93a), (0x1f93c, 0x1f945), (0x1f947, 0x1f9ff),
        (0x1fa70, 0x1faf6), (0x20000, 0x3134a),
    ];
}
