using PackuilonMonitor.Cells;
using Terminal.Gui.Input;

namespace PackuilonMonitor.Terminal;

/// <summary>The line of input and the mouse as the screen last requested them, and who receives a key.</summary>
/// <param name="ours">Runs our own code inside the library's.</param>
internal sealed class ScreenControls(TerminalApp app, Action<Action> ours) : IDisposable
{
    private readonly MouseClicks _clicks = new();
    private Controls _wanted = Controls.None;
    private InputField? _field;

    public void Use(Controls controls, LoopStart? gui, ScreenContent content)
    {
        if (controls.Mouse != _wanted.Mouse)
            SwitchMouse(controls.Mouse);
        if (controls.Input != _wanted.Input && gui is not null)
            UseInput(controls.Input, gui, content);
        _wanted = controls;
    }

    /// <summary>What must be sent to the terminal again after the screen was left.</summary>
    public void Restore()
    {
        if (_wanted.Mouse)
            SwitchMouse(true);
    }

    public void Key(GuiKey key, ScreenContent content)
    {
        key.Handled = true;
        if (KeyNames.Of(key) is not { } press)
            return;
        var field = _field;
        switch (field?.Take(press) ?? InputKey.None)
        {
            case InputKey.Edit:
                key.Handled = false;
                app.Due();
                break;
            case InputKey.Done:
                app.Due();
                break;
            case InputKey.Enter:
                ours(() => content.LineEntered(field!.Number, field.Text));
                break;
            case InputKey.Cancel:
                ours(() => content.LineCancelled(field!.Number));
                break;
            default:
                ours(() => content.Key(press));
                break;
        }
    }

    public void Mouse(Mouse mouse, TimeSpan now, ScreenContent content)
    {
        if (_clicks.Take(mouse, now) is { } press)
            ours(() => content.Mouse(press));
    }

    public void Dispose()
    {
        _field?.Dispose();
        _field = null;
    }

    private void UseInput(InputLine? line, LoopStart gui, ScreenContent content)
    {
        if (line?.Number != _field?.Number)
            Dispose();
        if (line is not null)
        {
            if (_field is null)
                _field = new InputField(line, gui.Root, text => ours(() => content.LineTyped(line.Number, text)));
            else
                _field.Use(line);
        }

        gui.Picture.LeaveOut(_field?.Area ?? default);
        app.Due();
    }

    private void SwitchMouse(bool on) => app.Send(on ? "\u001b[?1000h\u001b[?1006h"u8 : "\u001b[?1000l\u001b[?1006l"u8);
}
