using System.Globalization;
using System.Text;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Knows what the terminal shows and finds the fewest bytes to change it: it scrolls moved rows, and sends only changed cells of the
/// others.
/// </summary>
public sealed class Painter
{
    // A few equal cells are cheaper to send again than to skip.
    private const int ShortestStep = 4;
    private const int ShortestErase = 5;

    private readonly StringBuilder _bytes = new();
    private Cell[][] _shown = [];
    private int _row;
    private int _column;
    private Style _style;

    /// <summary>Assumes nothing about the terminal: the next picture is sent whole.</summary>
    public void Forget() => _shown = [];

    /// <summary>The bytes that make the terminal show these rows, all equally wide; empty if it already does.</summary>
    public string Paint(Cell[][] wanted)
    {
        _bytes.Clear();
        (_row, _column) = (-1, -1);
        _style = Style.Plain;
        if (_shown.Length != wanted.Length || (wanted.Length > 0 && _shown[0].Length != wanted[0].Length))
        {
            _bytes.Append("\u001b[m\u001b[2J");
            _shown = [.. wanted.Select(row => Blank(row.Length))];
        }

        if (Scroll.Find(_shown, wanted) is { } scroll)
            Move(scroll);
        for (var row = 0; row < wanted.Length; row++)
        {
            PaintRow(row, wanted[row]);
            wanted[row].CopyTo(_shown[row], 0);
        }

        // Every picture begins in the plain style, whatever else is written between two.
        SetStyle(Style.Plain);
        return _bytes.ToString();
    }

    private void Move(Scroll scroll)
    {
        var (first, last) = (scroll.Top + 1, scroll.Bottom + 1);
        _bytes.Append(CultureInfo.InvariantCulture, $"\u001b[{first};{last}r\u001b[{(scroll.Up ? last : first)};1H");
        for (var i = 0; i < scroll.Rows; i++)
            _bytes.Append(scroll.Up ? "\n" : "\u001bM");
        _bytes.Append("\u001b[r");

        var kept = scroll.Moved.Last - scroll.Moved.First + 1;
        var source = scroll.Up ? scroll.Top + scroll.Rows : scroll.Top;
        var width = _shown[source].Length;
        Array.Copy(_shown, source, _shown, scroll.Moved.First, kept);
        var blank = scroll.Up ? scroll.Moved.Last + 1 : scroll.Top;
        for (var i = 0; i < scroll.Rows; i++)
            _shown[blank + i] = Blank(width);
    }

    private void PaintRow(int row, Cell[] wanted)
    {
        var shown = _shown[row];
        var end = wanted.Length;
        while (end > 0 && wanted[end - 1] == Cell.Blank)
            end--;
        for (var column = 0; column < wanted.Length;)
        {
            var columns = Columns(wanted, column);
            if (IsSame(shown, wanted, column, columns))
            {
                column += columns;
                continue;
            }

            if (column >= end && Remaining(shown, column) >= ShortestErase)
            {
                Step(row, column, wanted);
                SetStyle(Style.Plain);
                _bytes.Append("\u001b[K");
                return;
            }

            Step(row, column, wanted);
            Put(wanted[column]);
            column += columns;
            // After the last column the cursor may be in either row.
            _column = column == wanted.Length ? -1 : column;
        }
    }

    private static int Remaining(Cell[] shown, int column)
    {
        var end = shown.Length;
        while (end > column && shown[end - 1] == Cell.Blank)
            end--;
        return end - column;
    }

    private void Step(int row, int column, Cell[] wanted)
    {
        if (_row == row && _column == column)
            return;
        if (_row == row && _column >= 0 && column > _column && !wanted[_column].IsContinuation)
        {
            if (
                column - _column < ShortestStep
                && wanted.AsSpan(_column, column - _column).IndexOfAnyExcept(Simple(wanted, _column, column)) < 0
            )
            {
                for (var i = _column; i < column; i++)
                    Put(wanted[i]);
            }
            else
            {
                _bytes.Append(CultureInfo.InvariantCulture, $"\u001b[{column - _column}C");
            }
        }
        else
        {
            _bytes.Append(CultureInfo.InvariantCulture, $"\u001b[{row + 1}{(column == 0 ? "" : $";{column + 1}")}H");
        }

        (_row, _column) = (row, column);
    }

    // The cells in between if they can be sent again as they are: in the present style, and narrow.
    private Cell[] Simple(Cell[] wanted, int from, int to) =>
        [.. wanted[from..to].Where(cell => cell.Style == _style && !cell.IsContinuation && !cell.IsWide)];

    private void Put(Cell cell)
    {
        SetStyle(cell.Style);
        _bytes.Append(cell.IsContinuation ? " " : cell.Grapheme);
    }

    private void SetStyle(Style style)
    {
        if (style == _style)
            return;
        var codes = new List<int>();
        var from = _style;
        if ((from.Emphasis & ~style.Emphasis) != 0 || style == Style.Plain)
        {
            codes.Add(0);
            from = Style.Plain;
        }

        AddEmphasis(codes, style.Emphasis & ~from.Emphasis);
        if (style.Foreground != from.Foreground)
            codes.Add(style.Foreground == Hue.None ? 39 : Code(style.Foreground, 30, 90));
        if (style.Background != from.Background)
            codes.Add(style.Background == Hue.None ? 49 : Code(style.Background, 40, 100));
        _bytes.Append("\u001b[").AppendJoin(';', codes is [0] ? [] : codes).Append('m');
        _style = style;
    }

    private static void AddEmphasis(List<int> codes, Emphasis more)
    {
        if (more.HasFlag(Emphasis.Bold))
            codes.Add(1);
        if (more.HasFlag(Emphasis.Dim))
            codes.Add(2);
        if (more.HasFlag(Emphasis.Underline))
            codes.Add(4);
        if (more.HasFlag(Emphasis.Reverse))
            codes.Add(7);
    }

    private static int Code(Hue hue, int dark, int bright) =>
        hue < Hue.BrightBlack ? dark + (hue - Hue.Black) : bright + (hue - Hue.BrightBlack);

    private static bool IsSame(Cell[] shown, Cell[] wanted, int column, int columns) =>
        shown[column] == wanted[column] && (columns == 1 || shown[column + 1] == wanted[column + 1]);

    private static int Columns(Cell[] row, int column) => column + 1 < row.Length && row[column + 1].IsContinuation ? 2 : 1;

    private static Cell[] Blank(int width)
    {
        var row = new Cell[width];
        Array.Fill(row, Cell.Blank);
        return row;
    }
}
