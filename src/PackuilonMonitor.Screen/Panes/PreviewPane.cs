using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The last lines of the log of the build under the cursor, or of the first that runs.</summary>
public static class PreviewPane
{
    /// <param name="lines">Oldest first, already safe to show; more than there is room for are cut at the top.</param>
    public static void Render(BuildView? build, IReadOnlyList<CellLine> lines, CellBuffer into, Paint paint, ScreenForm form)
    {
        var title = build is null ? "LOG" : $"{Words.Thread(build.Worker)}  {SafeText.Plain(Words.Name(build))}";
        RowList.Rule(into, 0, title, false, paint, form);
        var room = into.Size.Rows - 1;
        var gutter = RowList.Gutter(form);
        if (build is null || lines.Count == 0)
        {
            if (room > 0)
                into.Write(1, gutter, build is null ? "no build running" : "no line of its log yet", paint.Palette.Dim);
            return;
        }

        var first = Math.Max(0, lines.Count - Math.Max(0, room));
        for (var line = 0; line < room && first + line < lines.Count; line++)
            into.Write(line + 1, gutter, lines[first + line].Slice(0, Math.Max(0, into.Size.Columns - gutter - 1)));
    }
}
