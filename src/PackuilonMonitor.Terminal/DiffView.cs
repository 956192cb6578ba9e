using System.Drawing;
using PackuilonMonitor.Cells;
using Terminal.Gui.Drivers;
using Terminal.Gui.ViewBase;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Shows lines of cells and writes only what differs from the screen's buffer, within the clip, so a dialog over it stays whole.
/// </summary>
public sealed class DiffView : View
{
    private IReadOnlyList<CellLine> _lines = [];

    /// <summary>For each line whether it changed since it was drawn; without a flag it did.</summary>
    private bool[] _changed = [];

    /// <summary>The buffer that was drawn into. Another one, as after a resize, is drawn whole.</summary>
    private ScreenCell[,]? _drawn;
    private Cell[] _before = [];
    private Cell[] _after = [];

    /// <summary>Cells of a view above this one, which are left alone; in this view's own coordinates.</summary>
    public Area LeftOut { get; private set; }

    /// <summary>The lines to show; a frame is drawn only if one of them has changed.</summary>
    public void Show(IReadOnlyList<CellLine> lines)
    {
        if (!Mark(lines))
            return;
        _lines = lines;
        SetNeedsDraw();
    }

    private bool Mark(IReadOnlyList<CellLine> lines)
    {
        if (lines.Count != _lines.Count)
        {
            _changed = new bool[lines.Count];
            Array.Fill(_changed, true);
            return true;
        }

        var any = false;
        for (var row = 0; row < lines.Count; row++)
        {
            if (lines[row].Equals(_lines[row]))
                continue;
            (_changed[row], any) = (true, true);
        }

        return any;
    }

    public void LeaveOut(Area area)
    {
        LeftOut = area;
        SetNeedsDraw();
    }

    // Every cell is written below, so nothing needs clearing.
    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        if (App?.Driver?.GetOutputBuffer() is not { Contents: { } contents } buffer)
            return true;
        var origin = ViewportToScreen(new Point(0, 0));
        var width = Math.Min(Viewport.Width, contents.GetLength(1) - origin.X);
        var height = Math.Min(Viewport.Height, contents.GetLength(0) - origin.Y);
        if (_before.Length < width)
            (_before, _after) = (new Cell[width], new Cell[width]);
        var isKnown = ReferenceEquals(contents, _drawn);
        for (var row = 0; row < height; row++)
        {
            // A line of the buffer is dirty where another view has written.
            if (isKnown && row < _changed.Length && !_changed[row] && !buffer.DirtyLines[origin.Y + row])
                continue;
            DrawRow(buffer, contents, origin, row, width);
        }

        Array.Clear(_changed);
        _drawn = contents;
        return true;
    }

    private void DrawRow(IOutputBuffer buffer, ScreenCell[,] contents, Point origin, int row, int width)
    {
        var look = new Look.Reader();
        for (var column = 0; column < width; column++)
        {
            ref var cell = ref contents[origin.Y + row, origin.X + column];
            _before[column] = new Cell(cell.Grapheme, look.ToStyle(cell.Attribute));
            // The buffer does not mark a second half.
            if (column > 0 && _before[column - 1].IsWide)
                _before[column] = Cell.Continuation(_before[column - 1].Style);
        }

        Wanted(row, width);
        foreach (var span in Span.Changed(_before.AsSpan(0, width), _after.AsSpan(0, width)))
        {
            var attribute = Look.ToAttribute(span.Style);
            if (span.IsOfSingleCells)
            {
                Put(span, attribute, contents, new Point(origin.X + span.Column, origin.Y + row));
                buffer.DirtyLines[origin.Y + row] = true;
                continue;
            }

            Move(span.Column, row);
            SetAttribute(attribute);
            AddStr(span.Text);
        }
    }

    /// <summary>AddStr would find out again, letter by letter, how wide each is and which of them join.</summary>
    private void Put(Span span, Attribute attribute, ScreenCell[,] contents, Point place)
    {
        for (var letter = 0; letter < span.Text.Length; letter++)
        {
            ref var cell = ref contents[place.Y, place.X + letter];
            cell.Grapheme = _after[span.Column + letter].Grapheme;
            cell.Attribute = attribute;
        }
    }

    private void Wanted(int row, int width)
    {
        var line = row < _lines.Count ? _lines[row].Cells : [];
        line = line[..Math.Min(line.Length, width)];
        line.CopyTo(_after);
        CellLine.FixEnds(_after.AsSpan(0, line.Length));
        _after.AsSpan(line.Length, width - line.Length).Fill(Cell.Blank);
        if (row < LeftOut.Y || row >= LeftOut.Bottom)
            return;
        for (var column = Math.Max(0, LeftOut.X); column < Math.Min(width, LeftOut.Right); column++)
            _after[column] = _before[column];
    }
}
