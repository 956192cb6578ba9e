namespace PackuilonMonitor.Cells;

/// <summary>Reads the colour sequences that a log may use and folds them into a style.</summary>
internal static class Sgr
{
    private const int LongestSequence = 64;

    /// <summary>Length of the colour sequence that begins at <paramref name="text"/>'s first character, or 0 if it is none.</summary>
    public static int Measure(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != '\u001b' || text[1] != '[')
            return 0;
        for (var at = 2; at < Math.Min(text.Length, LongestSequence); at++)
        {
            if (text[at] == 'm')
                return at + 1;
            if (!char.IsAsciiDigit(text[at]) && text[at] is not (';' or ':'))
                return 0;
        }

        return 0;
    }

    /// <summary>
    /// The style after a sequence that <see cref="Measure"/> accepted; codes that are not colours or emphasis change nothing.
    /// </summary>
    public static Style Apply(Style style, Style start, ReadOnlySpan<char> sequence)
    {
        Span<int> codes = stackalloc int[LongestSequence];
        var count = 0;
        foreach (var part in sequence[2..^1].SplitAny(';', ':'))
            codes[count++] = int.TryParse(sequence[2..^1][part], out var code) ? code : 0;

        for (var i = 0; i < count; i++)
        {
            if (codes[i] is 38 or 48)
            {
                var (hue, used) = Extended(codes[(i + 1)..count]);
                style =
                    hue is null ? style
                    : codes[i] == 38 ? style with { Foreground = hue.Value }
                    : style with { Background = hue.Value };
                i += used;
            }
            else
            {
                style = Apply(style, start, codes[i]);
            }
        }

        return style;
    }

    private static Style Apply(Style style, Style start, int code) => code switch
    {
        0 => start,
        1 => style.With(Emphasis.Bold),
        2 => style.With(Emphasis.Dim),
        4 => style.With(Emphasis.Underline),
        7 => style.With(Emphasis.Reverse),
        22 => style.Without(Emphasis.Bold | Emphasis.Dim),
        24 => style.Without(Emphasis.Underline),
        27 => style.Without(Emphasis.Reverse),
        >= 30 and <= 37 => style with { Foreground = Numbered(code - 30) },
        39 => style with { Foreground = start.Foreground },
        >= 40 and <= 47 => style with { Background = Numbered(code - 40) },
        49 => style with { Background = start.Background },
        >= 90 and <= 97 => style with { Foreground = Numbered(code - 90 + 8) },
        >= 100 and <= 107 => style with { Background = Numbered(code - 100 + 8) },
        _ => style,
    };

    // After 38 or 48: 5;n is one of 256, 2;r;g;b is 24 bits.
    private static (Hue? Hue, int Used) Extended(ReadOnlySpan<int> codes) => codes switch
    {
        [5, var number, ..] => (Of256(number), 2),
        [2, var red, var green, var blue, ..] => (Nearest(red, green, blue), 4),
        _ => (null, codes.Length),
    };

    private static Hue? Of256(int number) => number switch
    {
        >= 0 and <= 15 => Numbered(number),
        >= 16 and <= 231 => Nearest(Level((number - 16) / 36), Level((number - 16) / 6 % 6), Level((number - 16) % 6)),
        >= 232 and <= 255 => Nearest(8 + 10 * (number - 232), 8 + 10 * (number - 232), 8 + 10 * (number - 232)),
        _ => null,
    };

    private static Hue Numbered(int number) => (Hue)((int)Hue.Black + number);

    private static int Level(int step) => step == 0 ? 0 : 55 + 40 * step;

    private static Hue Nearest(int red, int green, int blue)
    {
        var nearest = Hue.None;
        var least = long.MaxValue;
        for (var i = 0; i < Primaries.Length; i++)
        {
            var (r, g, b) = Primaries[i];
            var distance = Square(r - red) + Square(g - green) + Square(b - blue);
            if (distance >= least)
                continue;
            least = distance;
            nearest = Numbered(i);
        }

        return nearest;
    }

    private static long Square(int difference) => (long)difference * difference;

    // xterm's defaults; the terminal's own may differ, which is why a log's colour is never more than one of these.
    private static readonly (int, int, int)[] Primaries =
    [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ];
}
