using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.LogPages;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The picture of one opened log.</summary>
public static class LogPane
{
    /// <summary>
    /// Draws the whole view; times are shown in the zone of <paramref name="now"/>. The last row of the screen, with the keys, is the
    /// caller's.
    /// </summary>
    public static void Render(
        LogView view, BuildView build, MonitorState state, DateTimeOffset now, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        view = view.With(build).Drawn(glyphs.IsAscii);
        var size = into.Size;
        var layout = LogLayout.Of(view, size);
        LogHeader.Render(view, state, now, into.Part(layout.Header), size, palette, glyphs);
        if (layout.HasRules)
        {
            if (layout.Header.Height > 0)
                Rule(into, layout.Header.Bottom, palette, glyphs);
            Rule(into, layout.Bar.Y - 1, palette, glyphs);
        }

        var last = LogLines.Render(view, size, now, into.Part(layout.Log), palette, glyphs);
        if (Nothing(view) is { } why)
            into.Part(layout.Log).Write(0, 2, why, palette.Dim, Math.Max(0, layout.Log.Width - 3));
        if (!layout.Steps.IsEmpty)
            Steps(view, now, layout, into, palette, glyphs);
        HitsPanel.Render(view, now, into.Part(layout.Hits), palette, glyphs);
        LogBar.Render(view, last, now, into.Part(layout.Bar), palette);
    }

    /// <summary>Why no line is shown, where the filter leaves none; null while there are some or they are still looked for.</summary>
    private static string? Nothing(LogView view) =>
        view is not { Page: { Lines.IsEmpty: true, AtStart: true, AtEnd: true } page }
            ? null
            : page.Request.Filter.Kind switch
            {
                FilterKind.New when page.NewCount == 0 => "no line is new: the last good build had them all",
                FilterKind.Matching when !page.Searching => "no line matches",
                FilterKind.Others when !page.Searching => "every line matches",
                _ => null,
            };

    private static void Steps(LogView view, DateTimeOffset now, LogLayout layout, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        if (layout.StepsCover)
            into.Fill(layout.Steps);
        StepsPanel.Render(view, now, layout.StepsCover, into.Part(layout.Steps), palette, glyphs);
        if (!layout.StepsCover)
            into.Fill(new Area(layout.Steps.Right, layout.Steps.Y, 1, layout.Steps.Height), glyphs.Bar, palette.Rule);
    }

    private static void Rule(CellBuffer into, int row, Palette palette, Glyphs glyphs) =>
        into.Fill(new Area(0, row, into.Size.Columns, 1), glyphs.Rule, palette.Rule);
}
