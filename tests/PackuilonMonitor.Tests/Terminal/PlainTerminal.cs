using System.Globalization;
using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Tests.Terminal;

/// <summary>A terminal that knows the few sequences this program sends, and fails on any other.</summary>
internal sealed class PlainTerminal(int rows, int columns)
{
    private readonly Cell[][] _cells = [.. Enumerable.Range(0, rows).Select(_ => Blank(columns))];
    private int _row;
    private int _column;
    private int _top;
    private int _bottom = rows - 1;
    private Style _style;

    public bool Shows(Cell[][] picture) => _cells.Zip(picture).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    public void Write(string bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] == '\n')
            {
                Index(1);
                at++;
            }
            else if (bytes[at] == '\u001b')
            {
                at = Obey(bytes, at + 1);
            }
            else
            {
                var grapheme = StringInfo.GetNextTextElement(bytes, at);
                Put(grapheme);
                at += grapheme.Length;
            }
        }
    }

    private void Put(string grapheme)
    {
        foreach (var cell in CellLine.Of(grapheme, _style).Cells)
        {
            if (_column >= columns)
                throw new InvalidOperationException("written beyond the last column");
            if (_cells[_row][_column].IsContinuation && !cell.IsContinuation)
                _cells[_row][_column - 1] = Cell.Blank;
            if (_column + 1 < columns && _cells[_row][_column + 1].IsContinuation)
                _cells[_row][_column + 1] = Cell.Blank;
            _cells[_row][_column++] = cell;
        }
    }

    private int Obey(string bytes, int at)
    {
        if (bytes[at] == 'M')
        {
            Index(-1);
            return at + 1;
        }

        var end = bytes.IndexOfAny(['H', 'C', 'K', 'J', 'm', 'r'], at);
        var numbers = bytes[(at + 1)..end]
            .Split(';')
            .Select(number => number.Length == 0 ? (int?)null : int.Parse(number, CultureInfo.InvariantCulture))
            .ToArray();
        switch (bytes[end])
        {
            case 'H':
                (_row, _column) = ((numbers[0] ?? 1) - 1, (numbers.ElementAtOrDefault(1) ?? 1) - 1);
                break;
            case 'C':
                _column += numbers[0] ?? 1;
                break;
            case 'K':
                Array.Fill(_cells[_row], Cell.Blank with { Style = _style }, _column, columns - _column);
                break;
            case 'J':
                foreach (var row in _cells)
                    Array.Fill(row, Cell.Blank);
                break;
            case 'r':
                (_top, _bottom) = ((numbers[0] ?? 1) - 1, (numbers.ElementAtOrDefault(1) ?? rows) - 1);
                (_row, _column) = (0, 0);
                break;
            case 'm':
                _style = numbers.Aggregate(_style, Apply);
                break;
        }

        return end + 1;
    }

    private static Style Apply(Style style, int? code) => code switch
    {
        null or 0 => Style.Plain,
        1 => style.With(Emphasis.Bold),
        2 => style.With(Emphasis.Dim),
        4 => style.With(Emphasis.Underline),
        7 => style.With(Emphasis.Reverse),
        39 => style with { Foreground = Hue.None },
        49 => style.On(Hue.None),
        >= 30 and <= 37 => style with { Foreground = (Hue)(code.Value - 29) },
        >= 40 and <= 47 => style.On((Hue)(code.Value - 39)),
        >= 90 and <= 97 => style with { Foreground = (Hue)(code.Value - 81) },
        >= 100 and <= 107 => style.On((Hue)(code.Value - 91)),
        _ => throw new InvalidOperationException($"SGR {code}"),
    };

    private void Index(int way)
    {
        if (_row != (way > 0 ? _bottom : _top))
        {
            _row += way;
            return;
        }

        if (way > 0)
        {
            Array.Copy(_cells, _top + 1, _cells, _top, _bottom - _top);
            _cells[_bottom] = Blank(columns);
        }
        else
        {
            Array.Copy(_cells, _top, _cells, _top + 1, _bottom - _top);
            _cells[_top] = Blank(columns);
        }
    }

    private static Cell[] Blank(int width)
    {
        var row = new Cell[width];
        Array.Fill(row, Cell.Blank);
        return row;
    }
}
