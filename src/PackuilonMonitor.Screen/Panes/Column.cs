using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>A text and how it looks.</summary>
public readonly record struct Piece(string Text, Style Style = default)
{
    /// <summary>The words of several as one.</summary>
    public static Piece Joined(IEnumerable<Piece> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));
}

/// <summary>One column of a list, as data.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Width">Its cells; of a column that grows, the fewest.</param>
/// <param name="Text">What it shows of a row.</param>
public sealed record Column<TRow>(string Title, int Width, Func<TRow, Snapshot, Paint, Piece> Text)
{
    /// <summary>Where its words do not look alike, the same text in parts.</summary>
    public Func<TRow, Snapshot, Paint, IEnumerable<Piece>>? Parts { get; init; }

    /// <summary>It takes so many parts of what is left.</summary>
    public int Grows { get; init; }

    /// <summary>The highest goes first where there is no room; 0 stays.</summary>
    public int Drop { get; init; }

    public bool Right { get; init; }

    /// <summary>It draws and has no words that a filter could look for.</summary>
    public bool IsPicture { get; init; }

    /// <summary>A text that does not fit is shortened before its last dot: of image and template the template stays.</summary>
    public bool KeepsEnd { get; init; }

    /// <summary>A text that does not fit takes the next column too, where that is empty.</summary>
    public bool Flows { get; init; }
}

/// <summary>Columns fitted to a width: a blank between two.</summary>
internal sealed class Columns<TRow>
{
    private readonly (Column<TRow> Column, int X, int Width)[] _fitted;

    public Columns(IEnumerable<Column<TRow>> columns, int width)
    {
        var kept = columns.ToList();
        while (
            kept.Count > 1 && kept.Sum(column => column.Width + 1) - 1 > width && kept.MaxBy(column => column.Drop) is { Drop: > 0 } least
        )
            kept.Remove(least);

        var spare = Math.Max(0, width - (kept.Sum(column => column.Width + 1) - 1));
        var parts = kept.Sum(column => column.Grows);
        var fitted = new List<(Column<TRow>, int, int)>(kept.Count);
        var x = 0;
        foreach (var column in kept)
        {
            var share = parts == 0 ? 0 : spare * column.Grows / parts;
            (spare, parts) = (spare - share, parts - column.Grows);
            fitted.Add((column, x, column.Width + share));
            x += column.Width + share + 1;
        }

        _fitted = [.. fitted];
    }

    /// <summary>Where a column begins, by its title; null if it was dropped.</summary>
    public int? Start(string title)
    {
        foreach (var (column, x, _) in _fitted)
        {
            if (column.Title == title)
                return x;
        }

        return null;
    }

    public void Titles(CellBuffer into, int row, int left, Style style)
    {
        foreach (var (column, x, width) in _fitted)
            Write(into, row, left + x, width, column.Right, column.Title, style);
    }

    public void Row(CellBuffer into, int row, int left, TRow shown, Snapshot snapshot, Paint paint, int most = int.MaxValue)
    {
        for (var at = 0; at < Math.Min(most, _fitted.Length); at++)
        {
            var (column, x, width) = _fitted[at];
            if (column.Parts is { } parts)
            {
                Write(into, row, left + x, width, parts(shown, snapshot, paint), paint);
                continue;
            }

            var (text, style) = column.Text(shown, snapshot, paint);
            if (
                column.Flows
                && text.Length > width
                && at + 1 < _fitted.Length
                && _fitted[at + 1].Column.Text(shown, snapshot, paint).Text.Length == 0
            )
                width = _fitted[at + 1].X + _fitted[at + 1].Width - x;
            Write(
                into,
                row,
                left + x,
                width,
                column.Right,
                column.KeepsEnd ? TextWidth.TruncateBeforeDot(text, width, into.IsAscii) : text,
                style
            );
        }
    }

    /// <summary>Pieces one behind the other, cut at the end where they do not fit.</summary>
    public static void Write(CellBuffer into, int row, int column, int width, IEnumerable<Piece> pieces, Paint paint)
    {
        var line = new CellLine.Builder(into.IsAscii);
        foreach (var (text, style) in pieces)
            line.Add(SafeText.Cells(text, style, colours: false, into.IsAscii));
        var cells = line.ToLine();
        if (cells.Width <= width)
            into.Write(row, column, cells);
        else if (width > 0)
            into.Write(row, column, cells.Slice(0, width - 1)).Write(row, column + width - 1, paint.Glyphs.Ellipsis, paint.Palette.Dim);
    }

    /// <summary>Blanks are there already, so only the text is written.</summary>
    private static void Write(CellBuffer into, int row, int column, int width, bool right, string text, Style style)
    {
        if (text.Length == 0)
            return;
        var safe = Words.IsPlain(text) ? text : SafeText.Plain(text);
        var start = right ? column + Math.Max(0, width - TextWidth.Of(safe, into.IsAscii)) : column;
        if (Words.IsPlain(safe) && safe.Length <= width)
            into.Write(row, start, safe, style);
        else
            into.Write(row, start, safe, style, width);
    }
}
