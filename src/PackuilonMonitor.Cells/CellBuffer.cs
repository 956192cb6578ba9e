using System.Runtime.InteropServices;
using System.Text;

namespace PackuilonMonitor.Cells;

/// <summary>The cells of one pane while it is rendered; anything outside is cut off.</summary>
public sealed class CellBuffer
{
    /// <summary>A row is an array of its own: one for all would be a large object, which only a full collection frees.</summary>
    private readonly Cell[][] _rows;

    /// <summary>Rows that a line holds. They are copied before they change.</summary>
    private readonly bool[] _given;
    private readonly List<Cell> _text;
    private readonly Area _area;

    /// <param name="size">Columns and rows; negative counts as none.</param>
    /// <param name="ascii">Whether characters outside ASCII are replaced.</param>
    public CellBuffer(Size size, bool ascii = false)
    {
        _area = Area.Of(size);
        _rows = new Cell[_area.Height][];
        _given = new bool[_area.Height];
        _text = [];
        IsAscii = ascii;
        for (var row = 0; row < _rows.Length; row++)
        {
            _rows[row] = new Cell[_area.Width];
            Array.Fill(_rows[row], Cell.Blank);
        }
    }

    private CellBuffer(CellBuffer whole, Area area)
    {
        _rows = whole._rows;
        _given = whole._given;
        _text = whole._text;
        _area = area;
        IsAscii = whole.IsAscii;
    }

    public bool IsAscii { get; }

    public Size Size => _area.Size;

    public Cell this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _area.Height);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _area.Width);
            return _rows[_area.Y + row][_area.X + column];
        }
    }

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
        var cells = Changing(row);
        Heal(cells, start, start + line.Length);
        var written = cells.Slice(start, line.Length);
        line.CopyTo(written);
        CellLine.FixEnds(written);
        return this;
    }

    public CellBuffer Fill(Area area, string grapheme = " ", Style style = default)
    {
        var part = Part(area);
        _text.Clear();
        while (_text.Count < part.Size.Columns)
            CellText.Append(_text, grapheme, style, IsAscii, int.MaxValue);
        for (var row = 0; row < part.Size.Rows; row++)
            part.Write(row, 0, CollectionsMarshal.AsSpan(_text));
        return this;
    }

    /// <summary>Gives existing cells another style, for a cursor line or a search hit.</summary>
    public CellBuffer Restyle(Area area, Func<Style, Style> style)
    {
        var part = Part(area);
        for (var row = 0; row < part.Size.Rows; row++)
        {
            foreach (ref var cell in part.Changing(row))
                cell = cell with { Style = style(cell.Style) };
        }

        return this;
    }

    public IReadOnlyList<CellLine> ToLines()
    {
        var lines = new CellLine[_area.Height];
        for (var row = 0; row < lines.Length; row++)
        {
            var cells = _rows[_area.Y + row];
            var isWhole = cells.Length == _area.Width;
            _given[_area.Y + row] |= isWhole;
            lines[row] = isWhole ? CellLine.Holding(cells) : CellLine.Of(cells.AsSpan(_area.X, _area.Width));
        }

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
    private static void Heal(Span<Cell> cells, int start, int end)
    {
        if (start > 0 && cells[start].IsContinuation)
            cells[start - 1] = Cell.Blank with { Style = cells[start - 1].Style };
        if (end < cells.Length && cells[end].IsContinuation)
            cells[end] = Cell.Blank with { Style = cells[end].Style };
    }

    private Span<Cell> Changing(int row)
    {
        var at = _area.Y + row;
        if (_given[at])
            (_rows[at], _given[at]) = ([.. _rows[at]], false);
        return _rows[at].AsSpan(_area.X, _area.Width);
    }
}
