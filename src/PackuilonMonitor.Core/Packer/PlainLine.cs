using System.Buffers;

namespace PackuilonMonitor.Core.Packer;

/// <summary>
/// A raw line of a build log without its escapes and controls, at most 4,096 characters, with what its bytes showed: its colour, and signs
/// of two writers.
/// </summary>
internal readonly record struct PlainLine(string Text, LineColour Colour, bool RedStaysOpen, LogMarks Marks)
{
    /// <summary>Longer than any sentence of Packer; a provisioner's output may be longer and is cut.</summary>
    public const int Longest = 4096;

    /// <summary>How much of a raw line is read: escapes take room, but not four times the text's.</summary>
    public const int LongestRaw = 4 * Longest;

    public const string Reset = "\u001b[0m";

    private const string Red = "\u001b[1;31m";

    /// <summary>Whether the line continues the red message that the line before began.</summary>
    public bool Continues { get; private init; }

    /// <summary>Packer's time before its message (<c>-timestamp-ui</c>), removed from the text.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>The same without Packer's own time in its text.</summary>
    public PlainLine WithoutStamp() => MessageStamp.Of(Text) is { } stamp ? this with { Text = stamp.Text, At = stamp.At } : this;

    /// <param name="raw">The line in the file.</param>
    /// <param name="redIsOpen">
    /// The line before was red and did not end the colour: Packer colours a whole message, not each of its lines.
    /// </param>
    public static PlainLine Of(string raw, bool redIsOpen = false)
    {
        var text = raw.AsSpan().TrimStart('\0');
        var marks = text.Length < raw.Length ? LogMarks.NulHole : LogMarks.None;
        if (text.Length > LongestRaw)
            text = text[..LongestRaw];

        var first = FirstControl(text);
        if (first < 0)
            return new PlainLine(Shortened(text, raw), redIsOpen ? LineColour.Red : LineColour.None, redIsOpen, marks)
            {
                Continues = redIsOpen,
            };

        // Each builder of a template has its own colour, from green to cyan.
        var colour = text.StartsWith(Red) ? LineColour.Red
            : text.Length > 6 && text.StartsWith("\u001b[1;3") && text[5] is >= '2' and <= '6' && text[6] == 'm' ? LineColour.Bold
            : text.StartsWith("\u001b[") ? LineColour.Other
            : redIsOpen ? LineColour.Red
            : LineColour.None;
        if (Whole(text) is { } whole)
            return new PlainLine(whole, colour, false, marks) { Continues = redIsOpen && text[0] != '\u001b' };
        if (IsTorn(text))
            marks |= LogMarks.Torn;
        if (text.Contains("\0\0", StringComparison.Ordinal))
            marks |= LogMarks.NulHole;
        return new PlainLine(
            Stripped(text, first), colour, colour == LineColour.Red && !text.Contains(Reset, StringComparison.Ordinal), marks)
        {
            Continues = redIsOpen && text[0] != '\u001b',
        };
    }

    /// <summary>
    /// The text of a line that is coloured from its first character to its last and has no other control: most lines are. Null for any
    /// other.
    /// </summary>
    private static string? Whole(ReadOnlySpan<char> text)
    {
        const int Colour = 7;
        if (text.Length < Colour + Reset.Length
            || text.Length > Longest
            || text[0] != '\u001b'
            || text[1] != '['
            || text[2] is not ('0' or '1')
            || text[3] != ';'
            || text[4] != '3'
            || !char.IsAsciiDigit(text[5])
            || text[6] != 'm')
            return null;
        var said = text[Colour..];
        var end = FirstControl(said);
        return end == said.Length - Reset.Length && said[end..].SequenceEqual(Reset) && !(end > 0 && char.IsHighSurrogate(said[end - 1]))
            ? said[..end].ToString()
            : null;
    }

    /// <summary>The index of the first control, or -1. Two searches of a range are fast on every processor, one of a set is not.</summary>
    public static int FirstControl(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyInRange('\0', '\u001f');
        var upper = (first < 0 ? text : text[..first]).IndexOfAnyInRange('\u007f', '\u009f');
        return upper < 0 ? first : upper;
    }

    private static string Shortened(ReadOnlySpan<char> text, string raw)
    {
        if (text.Length <= Longest)
            return text.Length == raw.Length ? raw : text.ToString();
        return Cut.To(text, Longest);
    }

    /// <summary>
    /// Packer ends and begins its colours at column 0. So a reset directly followed by the start of one of its lines, or half an escape
    /// before one, means two lines that overwrote each other.
    /// </summary>
    private static bool IsTorn(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("\u001b\u001b") || text.StartsWith("\u001b[\u001b"))
            return true;

        for (var rest = text; ;)
        {
            var at = rest.IndexOf("\u001b[0m\u001b[", StringComparison.Ordinal);
            if (at < 0)
                return false;
            rest = rest[(at + 6)..];
            if (rest.StartsWith("0;32m    ") || rest.StartsWith("1;31m==> ") || rest.StartsWith("1;32m==> "))
                return true;
        }
    }

    private static string Stripped(ReadOnlySpan<char> text, int first)
    {
        var room = ArrayPool<char>.Shared.Rent(Longest);
        try
        {
            var kept = Math.Min(first, Longest);
            text[..kept].CopyTo(room);
            for (var at = first; at < text.Length && kept < Longest;)
            {
                var character = text[at];
                if (character == '\u001b')
                {
                    at += EscapeLength(text[at..]);
                    continue;
                }

                at++;
                if (character == '\t')
                    room[kept++] = ' ';
                else if (!char.IsControl(character))
                    room[kept++] = character;
            }

            return Cut.To(room.AsSpan(0, kept), kept);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room);
        }
    }

    /// <summary>An escape that another one interrupts ends there; one without an end is one character long.</summary>
    private static int EscapeLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
            return 1;

        if (text[1] is ']' or 'P' or '^' or '_' or 'X')
        {
            var end = text[2..].IndexOfAny('\a', '\u001b', '\u009c');
            if (end < 0)
                return 1;
            return 2 + end + (text[2 + end] != '\u001b' ? 1 : text[(2 + end)..].StartsWith("\u001b\\") ? 2 : 0);
        }

        if (text[1] != '[')
            return text[1] is >= ' ' and <= '~' ? 2 : 1;

        var at = 2;
        while (at < text.Length && text[at] is >= ' ' and <= '?')
            at++;
        return at < text.Length && text[at] is >= '@' and <= '~' ? at + 1 : at;
    }
}

/// <summary>The colour of a line.</summary>
internal enum LineColour
{
    None,

    /// <summary>A step, and from 1.13 on output too.</summary>
    Bold,

    /// <summary>An error of Packer's, or what a provisioner wrote to stderr.</summary>
    Red,

    /// <summary>Output of a provisioner.</summary>
    Other,
}
