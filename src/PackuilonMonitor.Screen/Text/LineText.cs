using System.Buffers;
using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Text;

/// <summary>What is shown of a raw line of a Packer log.</summary>
public static class LineText
{
    /// <summary>A character that must not be obeyed takes up to so many cells to show.</summary>
    private const int CellsOfOne = 10;

    private const string Builder = "openstack:";

    private static readonly SearchValues<char> ColourCharacters = SearchValues.Create("0123456789;:");

    private static readonly (Emphasis Emphasis, int Code)[] Emphases =
        [(Emphasis.Bold, 1), (Emphasis.Dim, 2), (Emphasis.Underline, 4), (Emphasis.Reverse, 7)];

    private static readonly string[] Leads = ["==> ", "    ", "--> "];

    /// <summary>The line without Packer's <c>openstack: </c>, if that is to be hidden; its colours, arrow and indentation stay.</summary>
    public static string Shown(string raw, bool hidesPrefix)
    {
        if (!hidesPrefix)
            return raw;
        var start = SkipColours(raw, 0);
        foreach (var lead in Leads)
        {
            var builder = start + lead.Length;
            if (!raw.AsSpan(start).StartsWith(lead) || !raw.AsSpan(builder).StartsWith(Builder))
                continue;
            // Packer cuts the blank behind it off a line that is empty otherwise.
            var rest = builder + Builder.Length;
            if (rest < raw.Length && raw[rest] == ' ')
                return string.Concat(raw.AsSpan(0, builder), raw.AsSpan(rest + 1));
            if (SkipColours(raw, rest) == raw.Length)
                return string.Concat(raw.AsSpan(0, builder), raw.AsSpan(rest));
        }

        return raw;
    }

    /// <summary>The text that a search looks at: what is shown, without colours.</summary>
    public static string Searched(string raw, bool hidesPrefix)
    {
        var shown = Shown(raw, hidesPrefix);
        if (shown.EndsWith('\r'))
            shown = shown[..^1];
        var escape = shown.IndexOf('\u001b', StringComparison.Ordinal);
        if (escape < 0)
            return shown;

        var plain = new StringBuilder(shown.Length);
        for (var at = 0; at < shown.Length;)
        {
            var next = SkipColours(shown, at);
            if (next > at)
                at = next;
            else
                plain.Append(shown[at++]);
        }

        return plain.ToString();
    }

    /// <summary>Plain text to take out of the log: no escape, no control.</summary>
    public static string Plain(string raw, bool hidesPrefix)
    {
        var text = Searched(raw, hidesPrefix);
        return text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? SafeText.Cells(text, colours: false, limit: text.Length * CellsOfOne + 1).ToText()
            : text;
    }

    /// <summary>The text with its known colours written again, and without its other escapes.</summary>
    public static string Coloured(string raw, bool hidesPrefix)
    {
        var text = new StringBuilder(raw.Length + 16);
        var style = Style.Plain;
        foreach (var cell in SafeText.Cells(Shown(raw, hidesPrefix), limit: raw.Length * CellsOfOne + 1).Cells)
        {
            if (cell.Style != style)
                text.Append(Sequence(style = cell.Style));
            text.Append(cell.Grapheme);
        }

        return style == Style.Plain ? text.ToString() : text.Append("\e[0m").ToString();
    }

    private static string Sequence(Style style)
    {
        var codes = new List<int> { 0 };
        foreach (var (emphasis, code) in Emphases)
        {
            if (style.Emphasis.HasFlag(emphasis))
                codes.Add(code);
        }

        if (style.Foreground is not Hue.None)
            codes.Add(Code(style.Foreground, 30));
        if (style.Background is not Hue.None)
            codes.Add(Code(style.Background, 40));
        return $"\e[{string.Join(';', codes)}m";
    }

    private static int Code(Hue hue, int first) =>
        hue >= Hue.BrightBlack ? first + 60 + (hue - Hue.BrightBlack) : first + (hue - Hue.Black);

    // ESC [ digits ; m, as long as SafeText takes it for a colour.
    private static int SkipColours(string text, int at)
    {
        while (at + 2 < text.Length && text[at] == '\u001b' && text[at + 1] == '[')
        {
            var end = text.AsSpan(at + 2, Math.Min(text.Length - at - 2, 62)).IndexOfAnyExcept(ColourCharacters);
            if (end < 0 || text[at + 2 + end] != 'm')
                return at;
            at += end + 3;
        }

        return at;
    }
}
