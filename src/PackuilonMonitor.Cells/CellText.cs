using System.Globalization;
using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>Turns any text into cells: printable graphemes as they are, everything else shown as a sign or a code.</summary>
internal static class CellText
{
    private const int MarksPerCell = 4;
    private const int TabStop = 8;

    public static void Append(List<Cell> cells, string text, Style style, bool ascii, int limit)
    {
        // Most texts have a cell for each letter.
        cells.EnsureCapacity(Math.Min(cells.Count + text.Length, limit));
        foreach (var rune in text.EnumerateRunes())
        {
            if (cells.Count >= limit)
                return;
            Append(cells, rune, style, ascii, limit);
        }
    }

    public static void Append(List<Cell> cells, Rune rune, Style style, bool ascii, int limit)
    {
        if (IsInvisible(rune))
            return;
        if (rune.Value == '\t')
        {
            var stop = Math.Min(limit, (cells.Count / TabStop + 1) * TabStop);
            while (cells.Count < stop)
                cells.Add(Cell.Blank with { Style = style });
            return;
        }

        switch (TextWidth.Of(rune))
        {
            case 0:
                if (!Attach(cells, rune, ascii))
                    AddAll(cells, Code(rune), style.Reversed(), limit);
                return;
            case 1:
                AddNarrow(cells, rune, style, ascii, limit);
                return;
            case 2:
                if (ascii)
                    AddAll(cells, "??", style, limit);
                else
                    AddWide(cells, rune, style, limit);
                return;
            default:
                AddAll(cells, Shown(rune, ascii), style.Reversed(), limit);
                return;
        }
    }

    private static void AddNarrow(List<Cell> cells, Rune rune, Style style, bool ascii, int limit)
    {
        if (ascii && !rune.IsAscii)
            AddAll(cells, AsciiFor(rune), style, limit);
        else
            cells.Add(new Cell(Interned(rune), style));
    }

    private static void AddWide(List<Cell> cells, Rune rune, Style style, int limit)
    {
        if (cells.Count + 2 > limit)
        {
            cells.Add(Cell.Blank with { Style = style });
            return;
        }

        cells.Add(new Cell(rune.ToString(), style));
        cells.Add(Cell.Continuation(style));
    }

    // A mark without a base would combine with whatever the screen has to its left.
    private static bool Attach(List<Cell> cells, Rune mark, bool ascii)
    {
        var last = cells.Count - 1;
        if (last >= 0 && cells[last].IsContinuation)
            last--;
        if (last < 0 || cells[last].Grapheme is " ")
            return false;
        if (!ascii && cells[last].Grapheme.EnumerateRunes().Count() <= MarksPerCell)
            cells[last] = cells[last] with { Grapheme = cells[last].Grapheme + mark };
        return true;
    }

    private static void AddAll(List<Cell> cells, string text, Style style, int limit)
    {
        foreach (var character in text)
        {
            if (cells.Count >= limit)
                return;
            cells.Add(new Cell(Interned(new Rune(character)), style));
        }
    }

    // NUL fills holes; variation selectors and the grapheme joiner only choose among pictures, and terminals disagree which.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0 or 0x034f or (>= 0x180b and <= 0x180f) or (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef);

    private static string Shown(Rune rune, bool ascii) => rune.Value switch
    {
        < 0x20 when ascii => $"^{(char)(rune.Value + 0x40)}",
        < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        0x7f => ascii ? "^?" : "\u2421",
        _ => Code(rune),
    };

    private static string Code(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");

    private static string AsciiFor(Rune rune) => rune.Value switch
    {
        0x2018 or 0x2019 or 0x00b4 => "'",
        0x201c or 0x201d => "\"",
        0x2010 or 0x2011 or 0x2012 or 0x2013 or 0x2014 => "-",
        0x2026 => "...",
        0x2022 or 0x00b7 => "*",
        0x00a0 => " ",
        _ => "?",
    };

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    /// <summary>Lines, bars and signs of the last pictures. One takes the place of another; any thread may use it.</summary>
    private static readonly string?[] Signs = new string?[1024];

    // A screen is thousands of one-letter strings: the common ones are shared.
    private static string Interned(Rune rune)
    {
        if (rune.IsAscii)
            return Ascii[rune.Value];
        if (!rune.IsBmp)
            return rune.ToString();
        ref var place = ref Signs[rune.Value % Signs.Length];
        // Read once: another thread may replace it.
        var known = place;
        return known is [var sign] && sign == rune.Value ? known : place = rune.ToString();
    }
}
