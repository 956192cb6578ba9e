using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Screen.Logs;

// What a click chooses: a line of the log, or a hit of the list.
public sealed partial record LogView
{
    /// <summary>The view after a click on a screen of this size; a click beside lines and hits changes nothing.</summary>
    public LogView Click(int column, int row, Size size)
    {
        var layout = LogLayout.Of(this, size);
        if (layout.Hits.Contains(column, row))
        {
            var index = HitsPanel.IndexAt(this, layout.Hits, row - layout.Hits.Y);
            return index is { } hit ? this with { HitsFocused = true, Chosen = hit } : this;
        }

        if (!layout.Log.Contains(column, row) || layout.Steps.Contains(column, row) || Page is not { Lines.Length: > 0 } page)
            return this;
        var top = TopOf(size);
        var at = Wrapping.Move(top, row - layout.Log.Y, page.Lines.Length, RowsOf(page, layout.Log));
        return Leaving() with
        {
            Anchor = page.Lines[top.Line].Key,
            AnchorRow = top.Row,
            Current = page.Lines[at.Line].Key,
            HitsFocused = false,
        };
    }
}
