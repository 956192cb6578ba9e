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

    /// <summary>What a text beside it leaves of it; its width where this is not set.</summary>
    public int? Least { get; init; }

    /// <summary>It takes so many parts of what is left.</summary>
    public int Grows { get; init; }

    /// <summary>The highest goes first where there is no room; 0 stays.</summary>
    public int Drop { get; init; }

    public bool Right { get; init; }

    /// <summary>It draws and has no words that a filter could look for.</summary>
    public bool IsPicture { get; init; }

    /// <summary>Where not the end of a text goes that does not fit: what is shown of it in so many columns, in ASCII or not.</summary>
    public Func<string, int, bool, string>? Cut { get; init; }

    /// <summary>Where a text that does not fit takes room from.</summary>
    public RoomTaken Takes { get; init; }

    /// <summary>How many letters of its text are worth more than the texts beside it; all where this is not set.</summary>
    public Func<string, int>? Essential { get; init; }

    /// <summary>A longer text may cover it.</summary>
    public bool Yields { get; init; }

    /// <summary>What is shown instead of a text that does not fit in any way.</summary>
    public Func<string, string>? Shorter { get; init; }
}

/// <summary>Columns fitted to a width: a blank between two.</summary>
internal sealed class Columns<TRow>
    where TRow : class
{
    private readonly Dictionary<TRow, Content[]> _contents = new(ReferenceEqualityComparer.Instance);
    private readonly (Column<TRow> Column, int X, int Width)[] _fitted;

    /// <summary>The screen is too narrow for the least widths, and what stands last is cut off.</summary>
    private readonly bool _isCut;

    public Columns(IEnumerable<Column<TRow>> columns, int width)
    {
        var kept = columns.ToList();
        while (kept.Count > 1 && WidthOf(kept) > width && kept.MaxBy(column => column.Drop) is { Drop: > 0 } least)
            kept.Remove(least);

        _isCut = WidthOf(kept) > width;
        var spare = Math.Max(0, width - WidthOf(kept));
        var parts = kept.Sum(column => column.Grows);
        var fitted = new List<(Column<TRow>, int, int)>(kept.Count);
        var x = 0;
        foreach (var (place, column) in kept.Index())
        {
            var share = parts == 0 ? 0 : spare * column.Grows / parts;
            (spare, parts) = (spare - share, parts - column.Grows);
            x += GapBefore(kept, place);
            fitted.Add((column, x, column.Width + share));
            x += column.Width + share;
        }

        _fitted = [.. fitted];
    }

    private static int WidthOf(List<Column<TRow>> columns) =>
        columns.Index().Sum(column => column.Item.Width + GapBefore(columns, column.Index));

    /// <summary>Figures at the end of one column and a text at the start of the next would look like one.</summary>
    private static int GapBefore(List<Column<TRow>> columns, int place) =>
        place == 0 ? 0
        : columns[place - 1].Right && !columns[place].Right ? 2
        : 1;

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

    /// <summary>
    /// Moves the columns so that these rows lose the least of their texts. Columns stay where they are in a list that is fitted to none.
    /// </summary>
    public Columns<TRow> FitTo(IEnumerable<TRow> rows, Snapshot snapshot, Paint paint)
    {
        if (_isCut)
            return this;
        var isAscii = paint.Glyphs.IsAscii;
        foreach (var row in rows)
            _contents[row] = ContentsOf(row, snapshot, paint, isAscii, _fitted.Length);
        var titles = _fitted.Select(fitted => new RowFit.Cell(fitted.X, fitted.Width, 0, fitted.Column.Title.Length)
        {
            IsRight = fitted.Column.Right,
        });
        RowFit.Cell[][] cells = [[.. titles], .. _contents.Values.Select(contents => CellsOf(contents, isAscii))];
        RowFit.Align(cells);
        foreach (var (at, cell) in cells[0].Index())
            _fitted[at] = (_fitted[at].Column, cell.X, cell.Width);
        return this;
    }

    public void Row(CellBuffer into, int row, int left, TRow shown, Snapshot snapshot, Paint paint, int most = int.MaxValue)
    {
        var count = Math.Min(most, _fitted.Length);
        var texts = _contents.GetValueOrDefault(shown) ?? ContentsOf(shown, snapshot, paint, into.IsAscii, count);
        var cells = CellsOf(texts, into.IsAscii);
        RowFit.Cover(cells);
        for (var at = 0; at < count; at++)
        {
            var (column, cell) = (_fitted[at].Column, cells[at]);
            if (cell.Width == 0 || texts[at].Width == 0)
                continue;
            if (texts[at].Line is { } line)
            {
                Write(into, row, left + cell.X, cell.Width, line, paint);
                continue;
            }

            var (text, style) = (texts[at].Text, texts[at].Style);
            if (cell.Missing > 0 && column.Shorter is { } shorter)
                text = shorter(text);
            if (column.Cut is { } cut)
                text = cut(text, cell.Width, into.IsAscii);
            Write(into, row, left + cell.X, cell.Width, column.Right, text, style);
        }
    }

    private Content[] ContentsOf(TRow row, Snapshot snapshot, Paint paint, bool isAscii, int count) =>
        [.. _fitted.Take(count).Select(fitted => Content.Of(fitted.Column, row, snapshot, paint, isAscii))];

    private RowFit.Cell[] CellsOf(Content[] contents, bool isAscii) =>
        [
            .. _fitted.Zip(contents, (fitted, content) => new RowFit.Cell(
                fitted.X, fitted.Width, fitted.Column.Least ?? fitted.Column.Width, content.Width)
            {
                Essential = Math.Min(content.Width, EssentialWidth(fitted.Column, content.Text, isAscii)),
                Takes = fitted.Column.Takes,
                Yields = fitted.Column.Yields,
                IsRight = fitted.Column.Right,
            }),
        ];

    private static int EssentialWidth(Column<TRow> column, string text, bool ascii)
    {
        var least = column.Shorter is { } shorter ? shorter(text) : text;
        if (column.Essential is not { } essential)
            return int.MaxValue;
        return TextWidth.Of(least[..essential(least)], ascii);
    }

    /// <summary>What a column shows of a row, safe to be drawn, and how wide it is.</summary>
    private readonly record struct Content(string Text, Style Style, CellLine? Line, int Width)
    {
        public static Content Of(Column<TRow> column, TRow row, Snapshot snapshot, Paint paint, bool ascii)
        {
            if (column.Parts is { } parts)
            {
                var line = Joined(parts(row, snapshot, paint), ascii);
                return new Content("", default, line, line.Width);
            }

            var (text, style) = column.Text(row, snapshot, paint);
            var safe = Words.IsPlain(text) ? text : SafeText.Plain(text);
            return new Content(safe, style, null, TextWidth.Of(safe, ascii));
        }
    }

    private static CellLine Joined(IEnumerable<Piece> pieces, bool ascii)
    {
        var line = new CellLine.Builder(ascii);
        foreach (var (text, style) in pieces)
            line.Add(SafeText.Cells(text, style, colours: false, ascii));
        return line.ToLine();
    }

    /// <summary>Pieces one behind the other, cut at the end where they do not fit.</summary>
    public static void Write(CellBuffer into, int row, int column, int width, IEnumerable<Piece> pieces, Paint paint) =>
        Write(into, row, column, width, Joined(pieces, into.IsAscii), paint);

    private static void Write(CellBuffer into, int row, int column, int width, CellLine line, Paint paint)
    {
        if (line.Width <= width)
            into.Write(row, column, line);
        else if (width > 0)
            into.Write(row, column, line.Slice(0, width - 1)).Write(row, column + width - 1, paint.Glyphs.Ellipsis, paint.Palette.Dim);
    }

    /// <summary>Blanks are there already, so only the text is written; it is safe to be drawn.</summary>
    private static void Write(CellBuffer into, int row, int column, int width, bool right, string text, Style style)
    {
        if (text.Length == 0)
            return;
        var start = right ? column + Math.Max(0, width - TextWidth.Of(text, into.IsAscii)) : column;
        if (Words.IsPlain(text) && text.Length <= width)
            into.Write(row, start, text, style);
        else
            into.Write(row, start, text, style, width);
    }
}
