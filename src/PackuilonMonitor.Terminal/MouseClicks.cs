using PackuilonMonitor.Cells;
using Terminal.Gui.Input;

namespace PackuilonMonitor.Terminal;

/// <summary>The mouse events of Terminal.Gui that we use: clicks, double clicks and the wheel; all others are null.</summary>
internal sealed class MouseClicks
{
    private static readonly TimeSpan DoubleClickTime = TimeSpan.FromMilliseconds(400);

    private (TimeSpan At, int Row, int Column) _last = (-DoubleClickTime, -1, -1);

    public MousePress? Take(Mouse mouse, TimeSpan now)
    {
        var (row, column) = (mouse.ScreenPosition.Y, mouse.ScreenPosition.X);
        if (mouse.Flags.HasFlag(MouseFlags.WheeledUp))
            return new MousePress(MouseAct.WheelUp, row, column);
        if (mouse.Flags.HasFlag(MouseFlags.WheeledDown))
            return new MousePress(MouseAct.WheelDown, row, column);
        if (!mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) || mouse.Flags.HasFlag(MouseFlags.PositionReport))
            return null;
        var again = now - _last.At < DoubleClickTime && (row, column) == (_last.Row, _last.Column);
        // A third click starts again.
        _last = again ? (-DoubleClickTime, -1, -1) : (now, row, column);
        return new MousePress(again ? MouseAct.DoubleClick : MouseAct.Click, row, column);
    }
}
