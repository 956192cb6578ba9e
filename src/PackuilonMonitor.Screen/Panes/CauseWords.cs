using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>A cause in fewer words.</summary>
public static class CauseWords
{
    /// <summary>Of each absolute path only the last name: it is what tells one file from another.</summary>
    public static string WithoutDirectories(string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal))
            return text;
        return string.Join(' ', text.Split(' ').Select(word => IsPath(word) ? LastName(word) : word));
    }

    /// <summary>How many letters tell the cause itself: what is behind two blanks, or quoted, is beside it.</summary>
    public static int EssentialOf(string text)
    {
        int[] ends = [text.IndexOf("  ", StringComparison.Ordinal), text.IndexOf(": \"", StringComparison.Ordinal)];
        return ends.Where(end => end >= 0).DefaultIfEmpty(text.Length).Min();
    }

    /// <summary>
    /// In fewer columns. What stands beside the cause is cut behind a whole word or left out: a stub tells nothing, and the sign that
    /// something is cut has the room instead.
    /// </summary>
    public static string In(string text, int width, bool ascii)
    {
        if (TextWidth.Of(text, ascii) <= width)
            return text;
        var kept = EssentialOf(text);
        if (TextWidth.Of(text[..kept], ascii) > width)
            return TextWidth.Truncate(text, width, ascii);
        var sign = TextWidth.CutSign(ascii);
        for (var end = kept; end >= 0; end = NextEnd(text, end))
        {
            if (TextWidth.Of(text[..end], ascii) + sign.Length > width)
                break;
            kept = end;
        }

        var shown = text[..kept];
        return TextWidth.Of(shown, ascii) + sign.Length <= width ? shown + sign : shown;
    }

    /// <summary>Where the next word ends; negative behind the last.</summary>
    private static int NextEnd(string text, int end)
    {
        while (end < text.Length && text[end] == ' ')
            end++;
        return end == text.Length ? -1
            : text.IndexOf(' ', end) is var next and >= 0 ? next
            : text.Length;
    }

    private static bool IsPath(string word) =>
        word.TrimStart('(', '"', '\'') is ['/', ..] path && path.AsSpan(1).Contains('/') && !path.EndsWith('/');

    private static string LastName(string word)
    {
        var start = word.IndexOf('/', StringComparison.Ordinal);
        return string.Concat(word.AsSpan(0, start), word.AsSpan(word.LastIndexOf('/') + 1));
    }
}
