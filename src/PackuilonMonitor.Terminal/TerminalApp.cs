using System.Collections.Concurrent;
using Terminal.Gui.App;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace PackuilonMonitor.Terminal;

/// <summary>What a screen is made of: a picture for a size, and who gets the keys.</summary>
/// <param name="Render">The picture of the moment; called on the loop, once a frame at most.</param>
/// <param name="Key">Each key but those of an open prompt; its answer is drawn in the same turn.</param>
public sealed record ScreenContent(Func<Size, IReadOnlyList<CellLine>> Render, Action<KeyPress> Key)
{
    public Action<MousePress> Mouse { get; init; } = _ => { };

    /// <summary>The tick that was asked for with <see cref="TerminalApp.NextTick"/> has come.</summary>
    public Action Tick { get; init; } = () => { };

    /// <summary>Frames a second while changes keep coming; a key's answer does not wait for them.</summary>
    public int FramesPerSecond { get; init; } = 4;

    /// <summary>The one line said on the main screen after a bug ended the loop.</summary>
    public Func<Exception, string> LastWords { get; init; } = exception => exception.ToString();
}

/// <summary>
/// The terminal and the one loop on it, from <see cref="Run"/> until <see cref="Quit"/>, a signal or a bug; on every one of these the
/// terminal is left as it was found.
/// </summary>
public sealed class TerminalApp : IDisposable
{
    /// <summary>Exit code after a bug.</summary>
    public const int BugCode = 70;

    private const int GoneCode = 129; // as a hang-up would: 128 + SIGHUP
    private const int MostTolerated = 1000;

    // An Esc may be a key or the start of a sequence; Terminal.Gui decides after 50 ms, if a turn comes then.
    private static readonly TimeSpan EscapeTime = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan ResizeTime = TimeSpan.FromMilliseconds(33);
    private static readonly TimeSpan DoubleClickTime = TimeSpan.FromMilliseconds(400);

    private readonly ITerminal _terminal;
    private readonly LoopInput _input = new();
    private readonly KeySequences _sequences = new();
    private readonly ScreenOutput _output;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Func<TimeSpan> _elapsed;
    private readonly DiffView _view = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private readonly Runnable _root = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private readonly byte[] _buffer = new byte[4096];

    private ScreenContent _content = new(_ => [], _ => { });
    private FramePace _pace = new(TimeSpan.Zero);
    private IApplication? _gui;
    private LoopSizes? _sizes;
    private Exits? _exits;
    private Prompt? _prompt;
    private Exception? _fault;
    private Size _rendered;
    private TimeSpan? _tick;
    private TimeSpan? _escape;
    private TimeSpan _resized = -ResizeTime;
    private TimeSpan? _resize;
    private (TimeSpan At, int Row, int Column) _click = (-DoubleClickTime, -1, -1);
    private int? _exitCode;
    private int _calls;
    private int _tolerated;
    private bool _reading;
    private volatile bool _ended;

    internal TerminalApp(ITerminal terminal, Func<TimeSpan> elapsed)
    {
        _elapsed = elapsed;
        _terminal = terminal;
        _output = new ScreenOutput(terminal);
    }

    /// <summary>On the terminal that standard input and output are; null where they are none.</summary>
    public static TerminalApp? Open() => Tty.Open() is { } tty ? new TerminalApp(tty, Stopwatch()) : null;

    /// <summary>On the terminal that standard output is, with keys from the controlling terminal, because standard input is something else; null where there is none.</summary>
    public static TerminalApp? OpenWithKeysFromTheControllingTerminal() => Tty.OpenControlling() is { } tty ? new TerminalApp(tty, Stopwatch()) : null;

    /// <summary>Whether the mouse is reported to us; off at start, so that the terminal's own selection works.</summary>
    public bool MouseIsOn { get; private set; }

    public Size Size => _output.Size;

    /// <summary>The text typed into the open prompt, or null.</summary>
    public string? PromptText => _prompt?.Text;

    private static Func<TimeSpan> Stopwatch()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        return () => System.Diagnostics.Stopwatch.GetElapsedTime(start);
    }

    private TimeSpan Now => _elapsed();

    /// <summary>Shows the content until the end and returns the exit code; call it once.</summary>
    public int Run(ScreenContent content)
    {
        using var exits = new Exits(_terminal, Call, Fault, content.LastWords);
        _exits = exits;
        try
        {
            Begin(content);
            _gui!.Run(_root, Tolerate);
        }
        catch (Exception exception)
        {
            _fault ??= exception;
        }
        finally
        {
            End();
        }

        if (_fault is not null)
        {
            LastWords.Print(content.LastWords(_fault));
            return BugCode;
        }

        return exits.EndedBy > 0 ? 128 + exits.EndedBy : _exitCode ?? 0;
    }

    /// <summary>Has the loop do something, in order of posting; from any thread, at any time: after the end it is dropped.</summary>
    public void Post(Action action)
    {
        if (_ended)
            return;
        var first = _posted.IsEmpty;
        _posted.Enqueue(action);
        if (first)
            _terminal.Wake();
    }

    /// <summary>The picture may have changed; drawn once a frame however often this is said. On the loop only.</summary>
    public void Invalidate() => _pace.Changed(atOnce: false);

    /// <summary>Sends the whole picture again, as Ctrl-L asks. On the loop only.</summary>
    public void Repaint()
    {
        _output.Forget();
        _pace.Changed(atOnce: true);
        _gui?.LayoutAndDraw(forceRedraw: true);
    }

    /// <summary>Calls <see cref="ScreenContent.Tick"/> once, so much later; a new call replaces the last, null takes it back. On the loop only.</summary>
    public void NextTick(TimeSpan? after) => _tick = Now + after;

    /// <summary>Ends <see cref="Run"/> with this exit code. On the loop only.</summary>
    public void Quit(int exitCode = 0)
    {
        _exitCode ??= exitCode;
        _root.StopRequested = true;
        _gui?.RequestStop();
    }

    public void MouseOn() => SetMouse(true);

    public void MouseOff() => SetMouse(false);

    /// <summary>Bytes that are no picture, such as a bell or <see cref="Clipboard.Request"/>. On the loop only.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => _output.Send(bytes);

    /// <summary>Leaves the alternate screen, lets the caller have the terminal as it was found, and comes back. On the loop only.</summary>
    public T Away<T>(Func<T> visit)
    {
        _terminal.Leave();
        if (_exits is not null)
            _exits.IsAway = true;
        try
        {
            return visit();
        }
        finally
        {
            if (_exits is not null)
                _exits.IsAway = false;
            Return();
        }
    }

    /// <summary>Stops the program as Ctrl-Z does, with the terminal as it was found; fg brings it back. On the loop only.</summary>
    public void Suspend()
    {
        _terminal.Leave();
        Exits.Sleep();
        Return();
    }

    /// <summary>Opens a one-line input in place of any other. On the loop only.</summary>
    public void Ask(PromptRequest request)
    {
        ClosePrompt();
        _prompt = new Prompt(request, _root, ClosePrompt);
        PlacePrompt();
        _pace.Changed(atOnce: true);
    }

    public void ClosePrompt()
    {
        _prompt?.Dispose();
        _prompt = null;
        _view.LeaveOut(default);
        _pace.Changed(atOnce: true);
    }

    public void Dispose()
    {
        End();
        _view.Dispose();
        _root.Dispose();
        _terminal.Dispose();
    }

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

    internal void Call(LoopCall call)
    {
        Interlocked.Or(ref _calls, (int)call);
        _terminal.Wake();
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

    // The library's loop asks us here for its next turn, so this is where we wait: it never turns for nothing.
    private void OnIteration(object? sender, EventArgs<IApplication?> e)
    {
        _reading = false;
        Answer();
        if (_fault is not null)
            throw new AggregateException(_fault);
        if (_root.StopRequested)
            return;
        Await();
        Answer();
        while (_posted.TryDequeue(out var action))
            action();
        if (_tick <= Now)
        {
            _tick = null;
            _content.Tick();
        }

        _reading = true;
    }

    private void Await()
    {
        var woken = _terminal.Wait(UntilNext(), _output.IsHeldBack);
        if (woken.HasFlag(Woken.Output))
            _output.Flush();
        if (woken.HasFlag(Woken.Input))
            ReadInput();
        else if (woken.HasFlag(Woken.Gone))
            Quit(GoneCode);
        if (_escape <= Now)
        {
            _escape = null;
            _input.Add(_sequences.Release());
        }
    }

    private TimeSpan? UntilNext()
    {
        if (!_posted.IsEmpty || _calls != 0)
            return TimeSpan.Zero;
        TimeSpan? timers = _gui!.TimedEvents is TimedEvents events && events.CheckTimers(out var wait) ? TimeSpan.FromMilliseconds(wait) : null;
        TimeSpan?[] waits = [_pace.Until(Now), _tick - Now, _escape - Now, _resize - Now, timers];
        return waits.Min();
    }

    private void ReadInput()
    {
        var length = _terminal.Read(_buffer);
        if (length <= 0)
        {
            Quit(GoneCode);
            return;
        }

        _input.Add(_sequences.Read(_buffer.AsSpan(0, length)));
        _escape = Now + EscapeTime;
    }

    private void Answer()
    {
        var calls = (LoopCall)Interlocked.Exchange(ref _calls, 0);
        if (calls.HasFlag(LoopCall.End))
            Quit();
        if (calls.HasFlag(LoopCall.Suspend) && _exits?.TakeStop() == true)
        {
            _terminal.Leave();
            _exits.Answer();
            Exits.Sleep();
        }

        if ((calls & (LoopCall.Resume | LoopCall.Suspend)) != 0)
            Return();
        // However fast a window is dragged, thirty pictures a second are enough; the last size counts.
        if (calls.HasFlag(LoopCall.Resize))
            _resize ??= _resized + ResizeTime;
        if (_resize <= Now)
            Resize();
    }

    private void Resize()
    {
        (_resized, _resize) = (Now, null);
        _output.TakeSize();
        _output.Forget();
        _pace.Changed(atOnce: true);
    }

    private void Return()
    {
        if (_root.StopRequested)
            return;
        _terminal.Enter();
        _output.TakeSize();
        if (MouseIsOn)
            SetMouse(true);
        Repaint();
    }

    private void BeforeDrawing()
    {
        _reading = false;
        if (!_pace.IsDue(Now) && _rendered == Size)
            return;
        _rendered = Size;
        PlacePrompt();
        var lines = _content.Render(Size);
        _pace.Drawn(Now);
        _view.Show(lines);
    }

    private void PlacePrompt()
    {
        if (_prompt is null)
            return;
        _prompt.Place(Size);
        if (_view.LeftOut != _prompt.Area)
            _view.LeaveOut(_prompt.Area);
    }

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

    private void Fault(Exception exception)
    {
        _fault ??= exception;
        _terminal.Wake();
    }

    // Terminal.Gui 2.5.0 throws on some key sequences; ours are filtered, and no other may end the program. What the callbacks
    // or the drawing throw is a bug and does.
    private bool Tolerate(Exception exception) => _reading && ++_tolerated <= MostTolerated;
}
