namespace PackuilonMonitor.Cells;

/// <summary>Finds a terminal's escape sequences in text, to remove them.</summary>
internal static class EscapeSequence
{
    // A string sequence without an end within this length is not a sequence: only its introducer is removed, so it cannot hide a line.
    private const int LongestString = 4096;

    /// <summary>Length of the sequence that begins at the first character, in its 7-bit or 8-bit form, or 0 if none does.</summary>
    public static int Measure(ReadOnlySpan<char> text) => text switch
    {
        ['\u001b', '[', ..] => Control(text, 2),
        ['\u001b', ']' or 'P' or 'X' or '^' or '_', ..] => String(text, 2),
        ['\u001b', >= ' ' and <= '/', ..] => Intermediate(text),
        ['\u001b', >= '0' and <= '~', ..] => 2,
        ['\u001b', ..] => 1,
        ['\u009b', ..] => Control(text, 1),
        ['\u009d' or '\u0090' or '\u0098' or '\u009e' or '\u009f', ..] => String(text, 1),
        _ => 0,
    };

    private static int Control(ReadOnlySpan<char> text, int introducer)
    {
        var at = introducer;
        while (at < text.Length && text[at] is >= ' ' and <= '?')
            at++;
        return at < text.Length && text[at] is >= '@' and <= '~' ? at + 1 : introducer;
    }

    private static int String(ReadOnlySpan<char> text, int introducer)
    {
        var end = Math.Min(text.Length, LongestString);
        for (var at = introducer; at < end; at++)
        {
            if (text[at] is '\u0007' or '\u009c')
                return at + 1;
            if (text[at] == '\u001b')
                return at + 1 < text.Length && text[at + 1] == '\\' ? at + 2 : introducer;
        }

        return introducer;
    }

    private static int Intermediate(ReadOnlySpan<char> text)
    {
        var at = 1;
        while (at < text.Length && text[at] is >= ' ' and <= '/')
            at++;
        return at < text.Length && text[at] is >= '0' and <= '~' ? at + 1 : 1;
    }
}
