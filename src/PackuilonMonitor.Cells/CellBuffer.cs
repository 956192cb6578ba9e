using System.Runtime.InteropServices;
using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>The cells of one pane while it is rendered; anything outside is cut off.</summary>
public sealed class CellBuffer
{
    private readonly Cell[] _cells;
    private readonly List<Cell> _text;
    private readonly int _stride;
    private readonly Area _area;

    /// <param name="size">Columns and rows; negative counts as none.</param>
    /// <param name="ascii">Whether characters outside ASCII are replaced.</param>
    public CellBuffer(Size size, bool ascii = false)
    {
        _area = Area.Of(size);
        _stride = _area.Width;
        _cells = new Cell[_area.Width * _area.Height];
        _text = [];
        IsAscii = ascii;
        Array.Fill(_cells, Cell.Blank);
    }

    private CellBuffer(CellBuffer whole, Area area)
    {
        _cells = whole._cells;
        _text = whole._text;
        _stride = whole._stride;
        _area = area;
        IsAscii = whole.IsAscii;
    }

    public bool IsAscii { get; }

    public Size Size => _area.Size;

    public Cell this[int row, int column] => _cells[Index(row, column)];

    /// <summary>A part of this buffer that writes into the same cells, with its own origin.</summary>
    public CellBuffer Part(Area area)
    {
        var left = Math.Clamp(area.X, 0, _area.Width);
        var top = Math.Clamp(area.Y, 0, _area.Height);
        var right = Math.Clamp(area.Right, left, _area.Width);
        var bottom = Math.Clamp(area.Bottom, top, _area.Height);
        return new CellBuffer(this, new Area(_area.X + left, _area.Y + top, right - left, bottom - top));
    }

    /// <summary>Writes a text; controls in it are shown as text.</summary>
    public CellBuffer Write(int row, int column, string text, Style style = default) =>
        Write(row, column, text, style, int.MaxValue);

    /// <summary>Writes a text into at most <paramref name="width"/> columns, shortened with … if it does not fit.</summary>
    public CellBuffer Write(int row, int column, string text, Style style, int width)
    {
        _text.Clear();
        CellText.Append(_text, width == int.MaxValue ? text : TextWidth.Truncate(text, width, IsAscii), style, IsAscii, int.MaxValue);
        return Write(row, column, CollectionsMarshal.AsSpan(_text));
    }

    public CellBuffer Write(int row, int column, CellLine line) => Write(row, column, line.Cells);

    private CellBuffer Write(int row, int column, ReadOnlySpan<Cell> line)
    {
        if (row < 0 || row >= _area.Height || column >= _area.Width)
            return this;
        var skipped = Math.Min(line.Length, Math.Max(0, -column));
        var start = Math.Max(0, column);
        line = line[skipped..];
        line = line[..Math.Min(line.Length, _area.Width - start)];
        if (line.IsEmpty)
            return this;
        Heal(row, start, start + line.Length);
        var written = _cells.AsSpan(Index(row, start), line.Length);
        line.CopyTo(written);
        CellLine.FixEnds(written);
        return this;
    }

    public CellBuffer Fill(Area area, string grapheme = " ", Style style = default)
    {
        var part = Part(area);
        var line = new CellLine.Builder(IsAscii);
        while (line.Width < part.Size.Columns)
            line.Add(grapheme, style);
        var filled = line.ToLine();
        for (var row = 0; row < part.Size.Rows; row++)
            part.Write(row, 0, filled);
        return this;
    }

    /// <summary>Gives existing cells another style, for a cursor line or a search hit.</summary>
    public CellBuffer Restyle(Area area, Func<Style, Style> style)
    {
        var part = Part(area);
        for (var row = 0; row < part.Size.Rows; row++)
        {
            for (var column = 0; column < part.Size.Columns; column++)
            {
                ref var cell = ref part._cells[part.Index(row, column)];
                cell = cell with { Style = style(cell.Style) };
            }
        }

        return this;
    }

    public IReadOnlyList<CellLine> ToLines()
    {
        var lines = new CellLine[_area.Height];
        for (var row = 0; row < lines.Length; row++)
            lines[row] = CellLine.Of(_cells.AsSpan((_area.Y + row) * _stride + _area.X, _area.Width));
        return lines;
    }

    /// <summary>The picture without its colours and trailing spaces, one line per row.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var line in ToLines())
            text.Append(line.ToText().TrimEnd(' ')).Append('\n');
        return text.ToString();
    }

    // Overwriting half of a wide grapheme would leave the other half behind.
    private void Heal(int row, int start, int end)
    {
        if (start >= end)
            return;
        if (start > 0 && this[row, start].IsContinuation)
            _cells[Index(row, start - 1)] = Cell.Blank with { Style = this[row, start - 1].Style };
        if (end < _area.Width && this[row, end].IsContinuation)
            _cells[Index(row, end)] = Cell.Blank with { Style = this[row, end].Style };
    }

    private int Index(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _area.Height);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _area.Width);
        return (_area.Y + row) * _stride + _area.X + column;
    }
}
