using PackuilonMonitor.Cells;
using Terminal.Gui.App;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace PackuilonMonitor.Terminal;

/// <summary>The places where Terminal.Gui's application calls us.</summary>
/// <param name="Next">At the start of each turn; the loop waits here.</param>
/// <param name="BeforeDrawing">Input is done, and drawing begins.</param>
internal sealed record LoopCallbacks(Action Next, Action BeforeDrawing, Action<GuiKey> Key, Action<Mouse> Mouse);

/// <summary>Starts and ends Terminal.Gui on our own input, output and size.</summary>
internal sealed class LoopStart : IDisposable
{
    private readonly IApplication _gui;
    private readonly LoopSizes _sizes;
    private readonly Runnable _root = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private readonly LoopCallbacks _callbacks;

    /// <param name="session">With one, <see cref="Turn"/> may follow without <see cref="Run"/>.</param>
    public LoopStart(LoopInput input, ScreenOutput output, Func<TimeSpan> elapsed, LoopCallbacks callbacks, bool session)
    {
        _callbacks = callbacks;
        // Settings that this program needs and a configuration file in the working directory may have changed.
        Application.AppModel = AppModel.FullScreen;
        Application.MaximumIterationsPerSecond = ushort.MaxValue;
        _sizes = new LoopSizes(output, callbacks.BeforeDrawing);
        _gui = Gui.Create(new ScreenParts(input, output, _sizes), elapsed);
        _gui.AppModel = AppModel.FullScreen;
        _gui.Init(DriverRegistry.Names.ANSI);
        _gui.Keyboard.KeyBindings.Clear();
        _gui.Keyboard.KeyDown += OnKey;
        _gui.Mouse.MouseEvent += OnMouse;
        _gui.Iteration += OnIteration;
        _root.KeyBindings.Clear();
        _root.SetScheme(new Scheme(new Attribute(Color.None, Color.None)));
        _root.Add(Picture);
        if (session)
            _gui.Begin(_root);
    }

    /// <summary>The view that shows the picture.</summary>
    public DiffView Picture { get; } = new() { Width = Dim.Fill(), Height = Dim.Fill() };

    /// <summary>The view that contains all others.</summary>
    public View Root => _root;

    public bool IsStopped => _root.StopRequested;

    /// <summary>Milliseconds until a timer of Terminal.Gui's own is due; null without one.</summary>
    public TimeSpan? UntilTimer =>
        _gui.TimedEvents is TimedEvents events && events.CheckTimers(out var wait) ? TimeSpan.FromMilliseconds(wait) : null;

    public void Run(Func<Exception, bool> tolerate) => _gui.Run(_root, tolerate);

    public void Stop()
    {
        _root.StopRequested = true;
        _gui.RequestStop();
    }

    /// <summary>Draws everything again.</summary>
    public void Redraw() => _gui.LayoutAndDraw(forceRedraw: true);

    /// <summary>One turn of the loop without <see cref="Run"/>, for tests.</summary>
    public void Turn()
    {
        _gui.RaiseIteration();
        _gui.Driver!.GetInputProcessor().ProcessQueue();
        _sizes.Poll();
        _gui.LayoutAndDraw();
        _gui.Navigation?.UpdateCursor();
        _gui.TimedEvents?.RunTimers();
    }

    /// <summary>Presses a key, for tests.</summary>
    public void Inject(GuiKey key) => _gui.Driver!.GetInputProcessor().InjectKeyDownEvent(key);

    /// <summary>What Terminal.Gui believes is on the screen, for tests.</summary>
    public string Text()
    {
        var contents = _gui.Driver!.Contents!;
        var lines = new CellBuffer(new Size(contents.GetLength(1), contents.GetLength(0)));
        for (var row = 0; row < contents.GetLength(0); row++)
        {
            for (var column = 0; column < contents.GetLength(1); column++)
                lines.Write(row, column, contents[row, column].Grapheme);
        }

        return lines.ToText();
    }

    public void Dispose()
    {
        _gui.Keyboard.KeyDown -= OnKey;
        _gui.Mouse.MouseEvent -= OnMouse;
        _gui.Iteration -= OnIteration;
        _gui.Dispose();
        Picture.Dispose();
        _root.Dispose();
    }

    private void OnIteration(object? sender, EventArgs<IApplication?> e) => _callbacks.Next();

    // The keys and clicks of a dialog go to the dialog.
    private void OnKey(object? sender, GuiKey key)
    {
        if (ReferenceEquals(_gui.TopRunnable, _root))
            _callbacks.Key(key);
    }

    private void OnMouse(object? sender, Mouse mouse)
    {
        if (ReferenceEquals(_gui.TopRunnable, _root))
            _callbacks.Mouse(mouse);
    }
}
