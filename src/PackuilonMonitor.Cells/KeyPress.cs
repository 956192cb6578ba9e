namespace PackuilonMonitor.Cells;

/// <summary>
/// A key by name: the character itself (j, G, /), Space, Enter, Esc, Tab, Backspace, Delete, Insert, Up, Down, Left, Right, Home, End,
/// PgUp, PgDn or F1 to F12, after Ctrl-, Alt- or Shift- in this order (Ctrl-d, Alt-c, Shift-Tab).
/// </summary>
public readonly record struct KeyPress(string Name)
{
    public override string ToString() => Name;
}

/// <summary>What the mouse did.</summary>
public enum MouseAct
{
    Click,
    DoubleClick,
    WheelUp,
    WheelDown,
}

/// <summary>A mouse event at a cell of the screen, counted from 0.</summary>
public readonly record struct MousePress(MouseAct Act, int Row, int Column);
