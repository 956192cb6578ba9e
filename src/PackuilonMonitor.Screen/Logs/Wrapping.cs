using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>A row of what is shown: a line of the page and, of a wrapped one, which of its rows.</summary>
public readonly record struct RowPosition(int Line, int Row);

/// <summary>Lines as rows of a given width, and moving among them.</summary>
public static class Wrapping
{
    /// <summary>
    /// The parts of a line that make its rows: first column and width. A wide character is never split; a line without text is one row.
    /// </summary>
    public static IReadOnlyList<(int Column, int Width)> Rows(CellLine line, int width)
    {
        var rows = new List<(int, int)>();
        for (var column = 0; column < line.Width;)
        {
            var end = NextRow(line, column, Math.Max(1, width));
            rows.Add((column, end - column));
            column = end;
        }

        return rows.Count > 0 ? rows : [(0, 0)];
    }

    /// <summary>How many rows a line makes.</summary>
    public static int Count(CellLine line, int width)
    {
        var rows = 0;
        for (var column = 0; column < line.Width; rows++)
            column = NextRow(line, column, Math.Max(1, width));
        return Math.Max(1, rows);
    }

    /// <summary>So many rows down (up if negative) from a place, no further than the first and the last row.</summary>
    public static RowPosition Move(RowPosition from, int by, int count, Func<int, int> rowsOf)
    {
        if (count == 0)
            return default;
        var line = Math.Clamp(from.Line, 0, count - 1);
        // A line may have got shorter, or the width greater, since the place was found.
        var row = Math.Clamp(from.Line == line ? from.Row : 0, 0, rowsOf(line) - 1);
        for (; by > 0; by--)
        {
            if (row + 1 < rowsOf(line))
                row++;
            else if (line + 1 < count)
                (line, row) = (line + 1, 0);
            else
                break;
        }

        for (; by < 0; by++)
        {
            if (row > 0)
                row--;
            else if (line > 0)
                (line, row) = (line - 1, rowsOf(line - 1) - 1);
            else
                break;
        }

        return new RowPosition(line, row);
    }

    /// <summary>
    /// The top row with which the last row of all stands in the last of so many rows, or the first row where everything fits.
    /// </summary>
    public static RowPosition LastTop(int count, int height, Func<int, int> rowsOf) =>
        count == 0 ? default : Move(new RowPosition(count - 1, rowsOf(count - 1) - 1), 1 - Math.Max(1, height), count, rowsOf);

    private static int NextRow(CellLine line, int column, int width)
    {
        var end = Math.Min(line.Width, column + width);
        // In a single column a wide character is cut: it would never be over otherwise.
        return end < line.Width && line[end].IsContinuation && end - 1 > column ? end - 1 : end;
    }
}
