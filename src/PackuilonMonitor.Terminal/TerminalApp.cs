using System.Collections.Concurrent;
using PackuilonMonitor.Cells;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// The terminal and the one loop on it, from <see cref="Run"/> until <see cref="Quit"/>, a signal or a bug; on every one of these the
/// terminal is left as it was found.
/// </summary>
public sealed partial class TerminalApp : IDisposable
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
}
