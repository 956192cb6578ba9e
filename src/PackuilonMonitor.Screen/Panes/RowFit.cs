namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// The cells of one row: a text that is too long for its column takes room from neighbours, where there is less to lose. Columns keep
/// their places in all rows where nothing is too long.
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

        public int Spare => Math.Max(0, Width - Needs);
    }

    /// <summary>Changes the cells in place, from the left to the right.</summary>
    public static void Apply(Span<Cell> cells)
    {
        // The most valuable first, so that a name takes only what no cause needs.
        for (var at = 0; at < cells.Length; at++)
        {
            if (cells[at].Takes is RoomTaken.OfAll && cells[at].Missing > 0)
            {
                Cover(cells, at, alsoTexts: true);
                FromLeft(cells, at);
            }
        }

        for (var at = 0; at < cells.Length; at++)
        {
            if (cells[at].Takes is RoomTaken.OfEmpty && cells[at].Missing > 0)
            {
                Cover(cells, at, alsoTexts: false);
                FromRight(cells, at);
            }
        }
    }

    /// <summary>The columns behind it, one after the other, until there is enough.</summary>
    private static void Cover(Span<Cell> cells, int at, bool alsoTexts)
    {
        for (var next = at + 1; next < cells.Length && cells[at].Missing > 0; next++)
        {
            if (cells[next].Needs > 0 && !(alsoTexts && cells[next].Yields && cells[at].LacksEssential))
                return;
            cells[at] = cells[at] with { Width = cells[next].X + cells[next].Width - cells[at].X };
            cells[next] = cells[next] with { X = cells[at].X + cells[at].Width, Width = 0 };
        }
    }

    /// <summary>For what is essential: first what the column before it does not use, then of its text down to the least.</summary>
    private static void FromLeft(Span<Cell> cells, int at)
    {
        if (at == 0 || !cells[at].LacksEssential || cells[at - 1].IsRight)
            return;
        var before = cells[at - 1];
        var shift = Math.Min(cells[at].Missing, before.Spare);
        if (cells[at].Essential > cells[at].Width + shift)
        {
            var most = Math.Max(0, before.Width - Math.Min(before.Least, Math.Max(1, before.Needs)));
            shift = Math.Max(shift, Math.Min(cells[at].Essential - cells[at].Width, most));
        }

        cells[at - 1] = before with { Width = before.Width - shift };
        cells[at] = cells[at] with { X = cells[at].X - shift, Width = cells[at].Width + shift };
    }

    /// <summary>What the column behind it does not use.</summary>
    private static void FromRight(Span<Cell> cells, int at)
    {
        if (at + 1 >= cells.Length || cells[at + 1].IsRight || cells[at + 1].Width == 0)
            return;
        var shift = Math.Min(cells[at].Missing, cells[at + 1].Spare);
        cells[at] = cells[at] with { Width = cells[at].Width + shift };
        cells[at + 1] = cells[at + 1] with { X = cells[at + 1].X + shift, Width = cells[at + 1].Width - shift };
    }
}

/// <summary>Where a text that does not fit takes room from.</summary>
public enum RoomTaken
{
    None,

    /// <summary>Cells beside it that are empty.</summary>
    OfEmpty,

    /// <summary>Empty cells, then columns that can be spared, then the text before it.</summary>
    OfAll,
}
