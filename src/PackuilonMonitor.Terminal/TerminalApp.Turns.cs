using PackuilonMonitor.Cells;
using Terminal.Gui.App;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;

namespace PackuilonMonitor.Terminal;

// How Terminal.Gui is started on our parts and ended, and single turns for tests.
public sealed partial class TerminalApp
{
    /// <summary>Terminal.Gui started on our parts; with a session, <see cref="Turn"/> may follow without <see cref="Run"/>.</summary>
    internal void Begin(ScreenContent content, bool session = false)
    {
        _content = content;
        _pace = new FramePace(TimeSpan.FromSeconds(1.0 / content.FramesPerSecond));
        // What a configuration file in the working directory may have set, and this program depends on.
        Application.AppModel = AppModel.FullScreen;
        Application.MaximumIterationsPerSecond = ushort.MaxValue;
        _terminal.Enter();
        _sizes = new LoopSizes(_output, BeforeDrawing);
        _gui = Gui.Create(new ScreenParts(_input, _output, _sizes), _elapsed);
        _gui.AppModel = AppModel.FullScreen;
        _gui.Init(DriverRegistry.Names.ANSI);
        _gui.Keyboard.KeyBindings.Clear();
        _gui.Keyboard.KeyDown += OnKey;
        _gui.Mouse.MouseEvent += OnMouse;
        _gui.Iteration += OnIteration;
        _root.KeyBindings.Clear();
        _root.SetScheme(new Scheme(new Attribute(Color.None, Color.None)));
        _root.Add(_view);
        if (session)
            _gui.Begin(_root);
    }

    /// <summary>One turn of the loop without <see cref="Run"/>, for tests.</summary>
    internal void Turn()
    {
        _gui!.RaiseIteration();
        _gui.Driver!.GetInputProcessor().ProcessQueue();
        _sizes!.Poll();
        _gui.LayoutAndDraw();
        _gui.Navigation?.UpdateCursor();
        _gui.TimedEvents?.RunTimers();
    }

    internal void Inject(GuiKey key) => _gui!.Driver!.GetInputProcessor().InjectKeyDownEvent(key);

    internal string Text()
    {
        var contents = _gui!.Driver!.Contents!;
        var lines = new CellBuffer(new Size(contents.GetLength(1), contents.GetLength(0)));
        for (var row = 0; row < contents.GetLength(0); row++)
        {
            for (var column = 0; column < contents.GetLength(1); column++)
                lines.Write(row, column, contents[row, column].Grapheme);
        }

        return lines.ToText();
    }

    private void End()
    {
        _ended = true;
        _terminal.Leave();
        if (_gui is { } gui)
        {
            _gui = null;
            gui.Keyboard.KeyDown -= OnKey;
            gui.Mouse.MouseEvent -= OnMouse;
            gui.Iteration -= OnIteration;
            _prompt?.Dispose();
            gui.Dispose();
        }
    }
}
