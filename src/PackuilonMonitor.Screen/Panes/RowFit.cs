namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// The cells of the rows on the screen. A text that is too long for its column takes room from columns where there is less to lose: from
/// the one before it or behind it in all rows, so that columns stand below each other; from what is empty or can be spared behind it, in
/// its own row.
/// </summary>
public static class RowFit
{
    /// <summary>A column as one row needs it.</summary>
    /// <param name="X">Where it begins.</param>
    /// <param name="Width">Its cells; 0 where another covers it.</param>
    /// <param name="Least">So many it keeps in any case.</param>
    /// <param name="Needs">The cells of its text.</param>
    public readonly record struct Cell(int X, int Width, int Least, int Needs)
    {
        /// <summary>So much of its text is worth more than the texts beside it.</summary>
        public int Essential { get; init; } = Needs;

        /// <summary>It takes what it needs.</summary>
        public RoomTaken Takes { get; init; }

        /// <summary>It may be covered though it has a text.</summary>
        public bool Yields { get; init; }

        /// <summary>Its text stands at its end.</summary>
        public bool IsRight { get; init; }

        public int Missing => Math.Max(0, Needs - Width);

        public bool LacksEssential => Essential > Width;
    }

    /// <summary>Moves the columns of all rows in place, from the left to the right.</summary>
    public static void Align(IReadOnlyList<Cell[]> rows)
    {
        for (var at = 1; rows.Count > 0 && at < rows[0].Length; at++)
        {
            if (rows.Any(cells => cells[at - 1].Takes is not RoomTaken.None) && !rows[0][at].IsRight)
                Move(rows, at);
        }
    }

    /// <summary>Where a row's texts still do not fit, they cover what is behind them; changes the cells in place.</summary>
    public static void Cover(Span<Cell> cells)
    {
        for (var at = 0; at < cells.Length; at++)
            Cover(cells, at);
    }

    /// <summary>
    /// Moves the beginning of a column to the left where what is essential in it would be cut, as far as the text before it has to give
    /// way; else to the right, where the text before it would be cut and nothing essential is then.
    /// </summary>
    private static void Move(IReadOnlyList<Cell[]> rows, int at)
    {
        var (before, start) = (rows[0][at - 1], rows[0][at].X);
        var first = start - before.Width;
        // A text covers an empty cell behind it, so it needs no wider column.
        var whole = first + rows.Max(cells => cells[at].Needs == 0 ? 0 : cells[at - 1].Needs);
        var least = Math.Min(start, Math.Min(whole, first + rows.Max(cells => cells[at - 1].Least)));
        var last = rows.Min(Last);
        var next = last >= start ? Math.Min(last, Math.Max(start, whole))
            : rows.Any(cells => cells[at].Takes is RoomTaken.OfAll) ? last
            : start;
        foreach (var cells in rows)
        {
            cells[at - 1] = cells[at - 1] with { Width = cells[at - 1].Width + next - start };
            cells[at] = cells[at] with { X = next, Width = cells[at].Width + start - next };
        }

        int Last(Cell[] cells) => Math.Max(least, Reach(cells, at) - cells[at].Essential);
    }

    /// <summary>Where its text ends at the latest: behind what it covers to show what is essential, and behind what is empty.</summary>
    private static int Reach(ReadOnlySpan<Cell> cells, int at)
    {
        var end = cells[at].X + cells[at].Width;
        for (var next = at + 1; next < cells.Length && Covers(cells[at], cells[next], cells[at].Essential > end - cells[at].X); next++)
            end = cells[next].X + cells[next].Width;
        return end;
    }

    /// <summary>The columns behind it, one after the other, until there is enough.</summary>
    private static void Cover(Span<Cell> cells, int at)
    {
        for (var next = at + 1; next < cells.Length && IsCut(cells[at]) && Covers(cells[at], cells[next], cells[at].LacksEssential); next++)
        {
            cells[at] = cells[at] with { Width = cells[next].X + cells[next].Width - cells[at].X };
            cells[next] = cells[next] with { X = cells[at].X + cells[at].Width, Width = 0 };
        }
    }

    private static bool IsCut(Cell cell) => cell is { Width: > 0, Missing: > 0 };

    private static bool Covers(Cell cell, Cell behind, bool lacksEssential) =>
        cell.Takes is not RoomTaken.None
        && (behind.Needs == 0 || cell.Takes is RoomTaken.OfAll && behind.Yields && lacksEssential);
}

/// <summary>Where a text that does not fit takes room from.</summary>
public enum RoomTaken
{
    None,

    /// <summary>Cells beside it that are empty.</summary>
    OfEmpty,

    /// <summary>Empty cells, then columns behind it that can be spared, and of the column before it all that is above the least.</summary>
    OfAll,
}
