using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>SINCE THE START: the checks that were raised, changed or cleared, newest first.</summary>
public static class HealthTurnsPane
{
    public static void Render(IReadOnlyList<HealthEvent> turns, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, "SINCE THE START", false, paint, form);
        if (turns.Count == 0)
            into.Write(1, 3, "no check was raised or cleared", paint.Palette.Dim);
        foreach (var (line, turn) in turns.Reverse().OrderByDescending(turn => turn.At).Take(into.Size.Rows - 1).Index())
        {
            var code = turn.Factory is { } factory ? $"{factory} {turn.Code.Name()}" : turn.Code.Name();
            var start = 24 + Math.Max(16, code.Length);
            var room = Math.Max(0, into.Size.Columns - start - 1);
            into.Write(1 + line, 3, paint.Clock(turn.At))
                .Write(1 + line, 13, turn.Turn.Name(), paint.Palette.Dim)
                .Write(
                    1 + line,
                    22,
                    code,
                    turn.Turn is HealthTurn.Raised or HealthTurn.Changed
                        ? HealthWords.Style(turn.Severity, paint.Palette)
                        : paint.Palette.Plain
                )
                .Write(
                    1 + line,
                    start,
                    SafeText.Plain(turn.Turn is HealthTurn.Cleared ? "" : turn.Words.In(room)),
                    paint.Palette.Plain,
                    room
                );
        }
    }
}
