using PackuilonMonitor.Cells;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>In place of the status line while a command is typed: the names that begin so.</summary>
public static class CompletionBar
{
    public static void Render(string typed, KeyMap keys, ScreenKind screen, CellBuffer into, Paint paint)
    {
        var x = 1;
        var names = CommandNames.Names(typed, keys, screen);
        if (names.Count == 0)
            into.Write(0, x, "no such command", paint.Palette.Warning, Math.Max(0, into.Size.Columns - 2));
        foreach (var name in names)
        {
            if (x + name.Length > into.Size.Columns - 3)
            {
                into.Write(0, x, paint.Glyphs.Ellipsis, paint.Palette.Dim);
                break;
            }

            into.Write(0, x, name, x == 1 ? paint.Palette.Key : paint.Palette.Plain);
            x += name.Length + 2;
        }
    }
}
