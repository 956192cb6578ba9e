using PackuilonMonitor.Cells;
using Terminal.Gui.Input;

namespace PackuilonMonitor.Terminal;

// Keys and the mouse, as Terminal.Gui brings them.
public sealed partial class TerminalApp
{
    public void MouseOn() => SetMouse(true);

    public void MouseOff() => SetMouse(false);

    private void OnKey(object? sender, GuiKey key)
    {
        // A dialog's keys are the dialog's.
        if (!ReferenceEquals(_gui!.TopRunnable, _root))
            return;
        _reading = false;
        if (KeyNames.Of(key) is { } press)
        {
            if (_prompt?.Take(press, out var passed) == true)
            {
                _pace.Changed(atOnce: true);
                key.Handled = !passed;
                _reading = true;
                return;
            }

            _content.Key(press);
            _pace.Changed(atOnce: true);
        }

        key.Handled = true;
        _reading = true;
    }

    private void OnMouse(object? sender, Mouse mouse)
    {
        if (!ReferenceEquals(_gui!.TopRunnable, _root) || Act(mouse) is not { } act)
            return;
        _reading = false;
        _content.Mouse(new MousePress(act, mouse.ScreenPosition.Y, mouse.ScreenPosition.X));
        _pace.Changed(atOnce: true);
        _reading = true;
    }

    private MouseAct? Act(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.WheeledUp))
            return MouseAct.WheelUp;
        if (mouse.Flags.HasFlag(MouseFlags.WheeledDown))
            return MouseAct.WheelDown;
        if (!mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) || mouse.Flags.HasFlag(MouseFlags.PositionReport))
            return null;
        var click = (At: Now, mouse.ScreenPosition.Y, mouse.ScreenPosition.X);
        var again = click.At - _click.At < DoubleClickTime && (click.Y, click.X) == (_click.Row, _click.Column);
        _click = again ? (-DoubleClickTime, -1, -1) : click;
        return again ? MouseAct.DoubleClick : MouseAct.Click;
    }

    private void SetMouse(bool on)
    {
        MouseIsOn = on;
        Send(on ? "\u001b[?1000h\u001b[?1006h"u8 : "\u001b[?1000l\u001b[?1006l"u8);
    }
}
