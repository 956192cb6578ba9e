using PackuilonMonitor.Cells;
using Terminal.Gui.Input;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// The terminal and its one loop, from <see cref="Run"/> until <see cref="Quit"/>, a signal or a bug. However it ends, the terminal is
/// restored. Everything except <see cref="Post"/> is for the loop's own thread.
/// </summary>
public sealed class TerminalApp : IDisposable
{
    /// <summary>Exit code after a bug.</summary>
    public const int BugCode = 70;

    private const int GoneCode = 129; // as a hang-up would: 128 + SIGHUP

    private readonly ITerminal _terminal;
    private readonly ScreenOutput _output;
    private readonly TerminalLoop _loop;
    private readonly ScreenControls _controls;
    private readonly LibraryFaults _faults = new();

    private ScreenContent _content = new() { Picture = static () => new Frame([]), Resized = static _ => { }, Key = static _ => { } };
    private LoopStart? _gui;
    private Exits? _exits;
    private Size? _reportedSize;
    private bool _shown;
    private int? _exitCode;

    internal TerminalApp(ITerminal terminal, Func<TimeSpan> elapsed, TimeSpan? escapeTime = null)
    {
        _terminal = terminal;
        _output = new ScreenOutput(terminal);
        _loop = new TerminalLoop(terminal, _output, elapsed, escapeTime ?? UsualEscapeTime, HandleSignals, () => Quit(GoneCode));
        _controls = new ScreenControls(this, _faults.Ours);
    }

    /// <summary>On the terminal that standard input and output are; null if they are not one.</summary>
    /// <param name="escapeTime">The time after which an Esc without another byte is a key; null for <see cref="UsualEscapeTime"/>.</param>
    public static TerminalApp? Open(TimeSpan? escapeTime = null) =>
        Tty.Open() is { } tty ? new TerminalApp(tty, Stopwatch(), escapeTime) : null;

    /// <summary>
    /// On the terminal that standard output is, with keys from the controlling terminal, because standard input is something else; null if
    /// there is none.
    /// </summary>
    /// <param name="escapeTime">The time after which an Esc without another byte is a key; null for <see cref="UsualEscapeTime"/>.</param>
    public static TerminalApp? OpenWithKeysFromTheControllingTerminal(TimeSpan? escapeTime = null) =>
        Tty.OpenControlling() is { } tty ? new TerminalApp(tty, Stopwatch(), escapeTime) : null;

    /// <summary>How long an Esc waits for a sequence from a local terminal.</summary>
    public static TimeSpan UsualEscapeTime { get; } = TimeSpan.FromMilliseconds(60);

    /// <summary>How long an Esc waits for a sequence in this environment: an ssh link may split one.</summary>
    public static TimeSpan EscapeTime(Func<string, string?> environment) =>
        string.IsNullOrEmpty(environment("SSH_TTY")) ? UsualEscapeTime : TimeSpan.FromMilliseconds(150);

    public Size Size => _output.Size;

    /// <summary>Shows the content until the end and returns the exit code; call it once.</summary>
    public int Run(ScreenContent content)
    {
        using var exits = new Exits(_terminal, Call, _loop.Fail, content.LastWords);
        _exits = exits;
        var bug = _loop.Fault;
        try
        {
            Begin(content);
            _gui!.Run(_ => _faults.Tolerate());
        }
        catch (Exception exception)
        {
            bug = _loop.Fault ?? exception;
        }
        finally
        {
            End();
        }

        if (bug is not null)
        {
            LastWords.Print(content.LastWords(bug));
            return BugCode;
        }

        return exits.EndedBy > 0 ? 128 + exits.EndedBy : _exitCode ?? 0;
    }

    /// <summary>
    /// Posts an act to the loop, which runs acts in order; from any thread, at any time: after the end it is dropped. With a key it
    /// replaces an earlier act with the same key that still waits.
    /// </summary>
    public void Post(object? key, Action act) => _loop.Post(key, act);

    /// <summary>The picture may have changed; it is drawn once a frame, however often this is called.</summary>
    public void Invalidate() => _loop.Pace.Changed(atOnce: false);

    /// <summary>The picture has changed and somebody waits for it: it is drawn in this turn.</summary>
    public void Due() => _loop.Pace.Changed(atOnce: true);

    /// <summary>Sends the whole picture again, for Ctrl-L.</summary>
    public void Repaint()
    {
        _output.Forget();
        Due();
        _gui?.Redraw();
    }

    /// <summary>Makes the loop run an act once, after this time; a new call replaces the last, null cancels it.</summary>
    public void NextTick(TimeSpan? after, Action? act = null) => _loop.NextTick(after, act);

    /// <summary>Ends <see cref="Run"/> with this exit code.</summary>
    public void Quit(int exitCode = 0)
    {
        _exitCode ??= exitCode;
        _gui?.Stop();
    }

    /// <summary>Sends bytes that are not a picture, such as a bell or <see cref="Clipboard.Request"/>.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => _output.Send(bytes);

    /// <summary>Sets the line of input and the mouse. Repeating the same values costs nothing.</summary>
    public void Use(Controls controls) => _controls.Use(controls, _gui, _content);

    /// <summary>
    /// Leaves the screen, so that another program may use the terminal. The loop continues, but reads no keys and draws nothing until
    /// <see cref="TakeBack"/>.
    /// </summary>
    public void Lend()
    {
        _loop.IsLent = true;
        if (_exits is not null)
            _exits.IsAway = true;
        _terminal.Leave();
    }

    /// <summary>Shows the screen again after <see cref="Lend"/>, with the whole picture.</summary>
    public void TakeBack()
    {
        if (_exits is not null)
            _exits.IsAway = false;
        _loop.IsLent = false;
        Return();
    }

    /// <summary>
    /// Stops the program as Ctrl-Z does, with the terminal restored; fg continues it. False if nothing stopped it, because no shell with
    /// job control started it.
    /// </summary>
    public bool Suspend()
    {
        _terminal.Leave();
        var stopped = _exits?.Sleep() == true;
        Return();
        return stopped;
    }

    public void Dispose()
    {
        End();
        _terminal.Dispose();
    }

    /// <summary>Starts Terminal.Gui on our parts; with a session, <see cref="Turn"/> may follow without <see cref="Run"/>.</summary>
    internal void Begin(ScreenContent content, bool session = false)
    {
        _content = content;
        _loop.Pace = new FramePace(TimeSpan.FromSeconds(1.0 / content.FramesPerSecond));
        _terminal.Enter();
        _gui = new LoopStart(_loop.Input, _output, () => _loop.Now, new LoopCallbacks(Next, BeforeDrawing, OnKey, OnMouse), session);
        if (_exitCode is not null)
            _gui.Stop();
        TellSize();
    }

    /// <summary>One turn of the loop without <see cref="Run"/>, for tests.</summary>
    internal void Turn() => _gui!.Turn();

    internal void Inject(GuiKey key) => _gui!.Inject(key);

    internal string Text() => _gui!.Text();

    internal void Call(LoopCall call) => _loop.Call(call);

    private static Func<TimeSpan> Stopwatch()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        return () => System.Diagnostics.Stopwatch.GetElapsedTime(start);
    }

    private void End()
    {
        _loop.End();
        _terminal.Leave();
        _controls.Dispose();
        _gui?.Dispose();
        _gui = null;
    }

    // The library's loop calls this for its next turn, so this is where we wait: it never turns for nothing.
    private void Next()
    {
        _faults.BeginOurs();
        _loop.Next(_gui!);
        _faults.BeginLibrary();
    }

    private void HandleSignals(LoopCall calls)
    {
        if (calls.HasFlag(LoopCall.End))
            Quit();
        if (calls.HasFlag(LoopCall.Suspend) && _exits?.TakeStop() == true)
        {
            _terminal.Leave();
            _exits.Answer();
            if (!_exits.Sleep())
                _content.NotSuspended();
        }

        if (_exits?.TakeRefusal() == true)
            _content.NotSuspended();

        if ((calls & (LoopCall.Resume | LoopCall.Suspend)) != 0)
            Return();
        if (!calls.HasFlag(LoopCall.Resize))
            return;
        _output.TakeSize();
        _output.Forget();
        TellSize();
        Due();
    }

    private void Return()
    {
        if (_loop.IsLent || _gui is not { IsStopped: false } || !_terminal.Enter())
            return;
        _output.TakeSize();
        TellSize();
        _controls.Restore();
        Repaint();
    }

    private void TellSize()
    {
        if (_reportedSize == Size)
            return;
        _reportedSize = Size;
        _content.Resized(Size);
    }

    private void BeforeDrawing()
    {
        _faults.BeginOurs();
        if (!_loop.PictureIsDue)
            return;
        var frame = _content.Picture();
        _loop.Pace.Drawn(_loop.Now);
        _gui!.Picture.Show(frame.Lines);
        if (_shown)
            return;
        _shown = true;
        _loop.Post(null, _content.Shown);
    }

    private void OnKey(GuiKey key) => _controls.Key(key, _content);

    private void OnMouse(Mouse mouse) => _controls.Mouse(mouse, _loop.Now, _content);
}
