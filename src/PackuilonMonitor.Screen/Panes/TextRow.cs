using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>A row of a time, a word and a line of text that may be longer than the screen and anybody's.</summary>
public static class TextRow
{
    private const int TimeColumns = 9;

    public static void Draw(
        CellBuffer into,
        int line,
        int left,
        string time,
        Piece label,
        int labelColumns,
        string text,
        Style style,
        int sideways,
        Piece whose = default,
        int whoseColumns = 0
    )
    {
        into.Write(line, left, time, default, TimeColumns);
        if (whoseColumns > 0)
        {
            into.Write(line, left + TimeColumns + 1, whose.Text, whose.Style, whoseColumns);
            left += whoseColumns + 1;
        }

        into.Write(line, left + TimeColumns + 1, SafeText.Plain(label.Text), label.Style, labelColumns);
        var start = left + TimeColumns + 1 + (labelColumns > 0 ? labelColumns + 1 : 0);
        var room = into.Size.Columns - start - 1;
        Draw(into, line, start, room, text, style, sideways);
    }

    /// <summary>The text alone, with the sign that it goes on.</summary>
    public static void Draw(CellBuffer into, int line, int start, int room, string text, Style style, int sideways)
    {
        if (room <= 0)
            return;
        // Escapes and controls are shown, not removed: they are why somebody looks.
        var cells = SafeText.Cells(text, style, colours: false, into.IsAscii);
        into.Write(line, start, cells.Slice(sideways, room));
        if (cells.Width > sideways + room)
            into.Write(line, start + room, into.IsAscii ? "$" : "…", style);
    }
}
