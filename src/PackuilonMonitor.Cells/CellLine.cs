using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>An immutable line of cells, equal to another if every cell is.</summary>
public sealed class CellLine : IEquatable<CellLine>
{
    private readonly ImmutableArray<Cell> _cells;

    private CellLine(ImmutableArray<Cell> cells) => _cells = cells;

    public static CellLine Empty { get; } = new([]);

    public int Width => _cells.Length;

    public ReadOnlySpan<Cell> Cells => _cells.AsSpan();

    public Cell this[int column] => _cells[column];

    /// <summary>The caller's cells as they are; a wide grapheme must be followed by its continuation.</summary>
    public static CellLine Of(params ReadOnlySpan<Cell> cells) => new([.. cells]);

    /// <summary>A line of this array, which nobody may change any more.</summary>
    internal static CellLine Holding(Cell[] cells) => new(ImmutableCollectionsMarshal.AsImmutableArray(cells));

    /// <summary>One text in one style; controls are shown as text.</summary>
    public static CellLine Of(string text, Style style = default, bool ascii = false) =>
        new Builder(ascii).Add(text, style).ToLine();

    /// <summary>
    /// Columns from <paramref name="column"/> on, at most <paramref name="width"/>; a wide grapheme cut in half becomes a blank.
    /// </summary>
    public CellLine Slice(int column, int width)
    {
        var start = Math.Clamp(column, 0, Width);
        var length = Math.Clamp(width, 0, Width - start);
        if (length == Width)
            return this;
        var cells = _cells.AsSpan(start, length).ToArray();
        FixEnds(cells);
        return new(ImmutableCollectionsMarshal.AsImmutableArray(cells));
    }

    /// <summary>Replaces halves of wide graphemes at both ends by blanks.</summary>
    public static void FixEnds(Span<Cell> cells)
    {
        if (cells.Length > 0 && cells[0].IsContinuation)
            cells[0] = Cell.Blank with { Style = cells[0].Style };
        if (cells.Length > 0 && cells[^1].IsWide)
            cells[^1] = Cell.Blank with { Style = cells[^1].Style };
    }

    public string ToText()
    {
        var text = new StringBuilder(Width);
        foreach (var cell in _cells)
            text.Append(cell.Grapheme);
        return text.ToString();
    }

    public bool Equals(CellLine? other) => other is not null && _cells.AsSpan().SequenceEqual(other._cells.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as CellLine);

    public override int GetHashCode() => string.GetHashCode(ToText(), StringComparison.Ordinal);

    public override string ToString() => ToText();

    /// <summary>Builds a line from texts and cells, left to right.</summary>
    public sealed class Builder(bool ascii = false)
    {
        private readonly List<Cell> _cells = [];

        public int Width => _cells.Count;

        public Builder Add(string text, Style style = default)
        {
            CellText.Append(_cells, text, style, ascii, int.MaxValue);
            return this;
        }

        public Builder Add(CellLine line)
        {
            _cells.AddRange(line._cells);
            return this;
        }

        public Builder PadTo(int width, Style style = default)
        {
            while (_cells.Count < width)
                _cells.Add(Cell.Blank with { Style = style });
            return this;
        }

        public CellLine ToLine() => new([.. _cells]);
    }
}
