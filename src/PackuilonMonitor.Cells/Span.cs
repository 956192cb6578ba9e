using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>Neighbouring cells of one row that are written together: where, what and in which style.</summary>
public readonly record struct Span(int Column, string Text, Style Style)
{
    /// <summary>Each letter is one cell, in one column, and joins no other.</summary>
    public bool IsOfSingleCells
    {
        get
        {
            foreach (var letter in Text)
            {
                if (letter is not ((>= ' ' and < '\u007f') or (>= '\u2500' and < '\u25fd')))
                    return false;
            }

            return true;
        }
    }

    /// <summary>
    /// The spans to write over <paramref name="before"/> to make it <paramref name="after"/>, one row; a span never begins on the second
    /// half of a wide grapheme, and one that could join its left neighbour is written alone.
    /// </summary>
    public static IReadOnlyList<Span> Changed(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after)
    {
        var spans = new List<Span>();
        var text = new StringBuilder();
        for (var column = 0; column < after.Length;)
        {
            if (!Differs(before, after, column))
            {
                column += Columns(after, column);
                continue;
            }

            var start = column;
            var style = after[start].Style;
            do
            {
                text.Append(after[column].Grapheme);
                column += Columns(after, column);
            }
            while (column < after.Length && after[column].Style == style && StandsAlone(after[column]) && StandsAlone(after[start])
                && Differs(before, after, column));
            spans.Add(new Span(start, text.ToString(), style));
            text.Clear();
        }

        return spans;
    }

    // Both halves of a wide grapheme are compared: the second may have been overwritten.
    private static bool Differs(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, int column)
    {
        for (var i = column; i < column + Columns(after, column); i++)
        {
            if (i >= before.Length || before[i] != after[i])
                return true;
        }

        return false;
    }

    private static int Columns(ReadOnlySpan<Cell> cells, int column) =>
        column + 1 < cells.Length && cells[column + 1].IsContinuation ? 2 : 1;

    // Terminal.Gui splits a text into graphemes by itself; only these never join.
    private static bool StandsAlone(Cell cell) =>
        cell.Grapheme is [>= ' ' and < '\u0300'] or [>= '\u2190' and < '\u2600'];
}
