using System.Text;
using PackuilonMonitor.Cells;
using Terminal.Gui.Drivers;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// Terminal.Gui's output through <see cref="Painter"/>: one write per picture, none if nothing changed, and never a wait. While the
/// terminal accepts nothing, pictures are skipped; afterwards it receives the newest.
/// </summary>
internal sealed class ScreenOutput(ITerminal terminal) : OutputBase, IOutput
{
    private readonly Painter _painter = new();
    private byte[] _held = [];
    private IOutputBuffer? _latest;
    private Cell[][] _wanted = [];
    private ScreenCell[,]? _read;
    private Cursor _cursor = new();
    private Cursor _shownCursor = new();
    private bool _behind;

    /// <summary>Whether bytes wait for the terminal to accept them.</summary>
    public bool IsHeldBack => _held.Length > 0;

    public Size Size { get; private set; } = Clamped(terminal.Size);

    /// <summary>Asks the terminal for its size; until the next call the size stays the same, however often the window changes.</summary>
    public void TakeSize() => Size = Clamped(terminal.Size);

    public System.Drawing.Size GetSize() => new(Size.Columns, Size.Rows);

    /// <summary>A size that can be drawn: 80x24 if the terminal knows none, at most 500x200.</summary>
    public static Size Clamped(Size size) => size.Columns <= 0 || size.Rows <= 0
        ? new Size(80, 24)
        : new Size(Math.Min(size.Columns, 500), Math.Min(size.Rows, 200));

    public void SetSize(int width, int height)
    {
    }

    public Cursor GetCursor() => _cursor;

    public void SetCursor(Cursor cursor)
    {
        _cursor = cursor;
        Flush();
    }

    public override void Write(IOutputBuffer buffer)
    {
        _latest = buffer;
        _behind = true;
        Flush();
    }

    /// <summary>Terminal.Gui's own sequences, above all its queries, are not sent: we set and know these things ourselves.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
    }

    public void Suspend()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Bytes that are not a picture, such as a bell; lost while the terminal is stalled.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (!IsHeldBack)
            Put(bytes);
    }

    /// <summary>Assumes nothing about the terminal, so that the next picture is sent whole.</summary>
    public void Forget()
    {
        _held = [];
        _painter.Forget();
        _shownCursor = new Cursor();
        _behind = _latest is not null;
    }

    public void Flush()
    {
        if (IsHeldBack)
        {
            var held = _held;
            _held = [];
            Put(held);
        }

        if (IsHeldBack || (!_behind && _cursor == _shownCursor))
            return;
        var picture = new StringBuilder();
        if (_behind && _latest is { } latest)
            picture.Append(_painter.Paint(Read(latest)));
        if (picture.Length > 0 || _cursor != _shownCursor)
            picture.Append(CursorSequence());
        (_behind, _shownCursor) = (false, _cursor);
        if (picture.Length > 0)
            Put(Encoding.UTF8.GetBytes(picture.ToString()));
    }

    protected override bool SetCursorPositionImpl(int col, int row) => false;

    private string CursorSequence()
    {
        if (_cursor.Position is { } at && _cursor.IsVisible)
            return $"\u001b[{at.Y + 1};{at.X + 1}H{(_shownCursor.IsVisible ? "" : "\u001b[?25h")}";
        return _shownCursor.IsVisible ? "\u001b[?25l" : "";
    }

    private void Put(ReadOnlySpan<byte> bytes) => _held = bytes[terminal.Write(bytes)..].ToArray();

    private Cell[][] Read(IOutputBuffer buffer)
    {
        var contents = buffer.Contents!;
        var (rows, columns) = (contents.GetLength(0), contents.GetLength(1));
        var look = new Look.Reader();
        var isNew = !ReferenceEquals(contents, _read);
        _read = contents;
        if (_wanted.Length != rows || (rows > 0 && _wanted[0].Length != columns))
            _wanted = [.. Enumerable.Range(0, rows).Select(_ => new Cell[columns])];
        for (var row = 0; row < rows; row++)
        {
            if (!isNew && !buffer.DirtyLines[row])
                continue;
            var line = _wanted[row];
            for (var column = 0; column < columns; column++)
            {
                ref var cell = ref contents[row, column];
                cell.IsDirty = false;
                line[column] = new Cell(Printable(cell.Grapheme), look.ToStyle(cell.Attribute));
                if (line[column].IsWide && column + 1 < columns)
                {
                    contents[row, ++column].IsDirty = false;
                    line[column] = Cell.Continuation(line[column - 1].Style);
                }
            }

            buffer.DirtyLines[row] = false;
        }

        return _wanted;
    }

    // The last check: whatever a view wrote, no control character is sent.
    private static string Printable(string grapheme)
    {
        if (grapheme is [>= ' ' and < '\u007f'])
            return grapheme;
        if (grapheme.Length == 0)
            return " ";
        foreach (var rune in grapheme.EnumerateRunes())
        {
            if (TextWidth.Of(rune) < 0)
                return "?";
        }

        return grapheme;
    }
}
