namespace PackuilonMonitor.Cells;

/// <summary>Columns and rows of a screen or of a part of it, in cells.</summary>
public readonly record struct Size(int Columns, int Rows);

/// <summary>A rectangle of cells; never negative, so a part that does not fit has no rows or no columns.</summary>
public readonly record struct Area
{
    public Area(int x, int y, int width, int height)
    {
        X = x;
        Y = y;
        Width = Math.Max(0, width);
        Height = Math.Max(0, height);
    }

    public int X { get; }

    public int Y { get; }

    public int Width { get; }

    public int Height { get; }

    public int Right => X + Width;

    public int Bottom => Y + Height;

    public Size Size => new(Width, Height);

    public bool IsEmpty => Width == 0 || Height == 0;

    public static Area Of(Size size) => new(0, 0, size.Columns, size.Rows);

    public bool Contains(int column, int row) => column >= X && column < Right && row >= Y && row < Bottom;

    /// <summary>Parts one below the other; a negative height takes an equal share of the remaining rows.</summary>
    public IReadOnlyList<Area> Rows(params ReadOnlySpan<int> heights)
    {
        var parts = new Area[heights.Length];
        var y = Y;
        foreach (var (index, height) in Shares(heights, Height).Index())
        {
            parts[index] = new Area(X, y, Width, height);
            y += height;
        }

        return parts;
    }

    /// <summary>Parts side by side; a negative width takes an equal share of the remaining columns.</summary>
    public IReadOnlyList<Area> Columns(params ReadOnlySpan<int> widths)
    {
        var parts = new Area[widths.Length];
        var x = X;
        foreach (var (index, width) in Shares(widths, Width).Index())
        {
            parts[index] = new Area(x, Y, width, Height);
            x += width;
        }

        return parts;
    }

    // Fixed parts come first and in order, so what does not fit is missing at the end, not everywhere a little.
    private static int[] Shares(ReadOnlySpan<int> wanted, int available)
    {
        var shares = wanted.ToArray();
        var left = available;
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i] < 0)
                continue;
            shares[i] = Math.Min(shares[i], left);
            left -= shares[i];
        }

        var flexible = shares.Count(share => share < 0);
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i] >= 0)
                continue;
            shares[i] = left / flexible;
            left -= shares[i];
            flexible--;
        }

        return shares;
    }
}
