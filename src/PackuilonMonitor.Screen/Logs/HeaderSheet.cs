using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What the rows above a log are drawn on and with.</summary>
/// <param name="State">What is known of the factory.</param>
/// <param name="Now">The time on the screen, in its zone.</param>
/// <param name="Width">Columns of a row.</param>
internal sealed record HeaderSheet(MonitorState State, DateTimeOffset Now, int Width, Palette Palette, Glyphs Glyphs)
{
    public bool IsWide => Width >= 100;

    public CellLine Text(string text, Style style) => CellLine.Of(text, style, Glyphs.IsAscii);

    public CellLine.Builder Line() => new(Glyphs.IsAscii);

    /// <summary>What is longer than the screen ends with the sign of it.</summary>
    public CellLine Fitted(CellLine line) => line.Width <= Width || Width < 1
        ? line
        : Line().Add(line.Slice(0, Width - 1)).Add(Glyphs.Ellipsis, Palette.Dim).ToLine();
}
