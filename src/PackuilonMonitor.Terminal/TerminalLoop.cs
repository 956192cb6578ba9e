namespace PackuilonMonitor.Terminal;

/// <summary>The turns of the loop: where it waits, what it does next, and when a picture is due.</summary>
/// <param name="escapeTime">The time after which an Esc without another byte is a key.</param>
/// <param name="handleSignals">Does what signals ask for; a new size at most thirty times a second.</param>
/// <param name="gone">The terminal is gone.</param>
internal sealed class TerminalLoop(
    ITerminal terminal,
    ScreenOutput output,
    Func<TimeSpan> elapsed,
    TimeSpan escapeTime,
    Action<LoopCall> handleSignals,
    Action gone
)
{
    // Counted from the first byte: a paste or an answer without an end must not block the keyboard while somebody types.
    private static readonly TimeSpan LongestInside = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ResizeTime = TimeSpan.FromMilliseconds(33);

    // No signal reports that a shell has moved a running job to the foreground.
    private static readonly TimeSpan AsksForTheTerminal = TimeSpan.FromMilliseconds(250);

    private readonly Mailbox _mailbox = new(terminal.Wake);
    private readonly KeySequences _sequences = new();
    private readonly EscapeTimer _escape = new(escapeTime);
    private readonly EscapeTimer _inside = new(LongestInside);
    private readonly byte[] _buffer = new byte[4096];
    private (TimeSpan At, Action Act)? _tick;
    private TimeSpan _resized = -ResizeTime;
    private TimeSpan? _resize;
    private Exception? _fault;
    private int _calls;
    private volatile bool _ended;

    public LoopInput Input { get; } = new();

    public FramePace Pace { get; set; } = new(TimeSpan.Zero);

    /// <summary>Another program has the terminal: no key is read and nothing is drawn.</summary>
    public bool IsLent { get; set; }

    /// <summary>The bug that another thread reported.</summary>
    public Exception? Fault => _fault;

    public TimeSpan Now => elapsed();

    public bool PictureIsDue => HasTerminal && Pace.IsDue(Now);

    private bool HasTerminal => !IsLent && terminal.IsEntered;

    /// <summary>From any thread; dropped after the end.</summary>
    public void Post(object? key, Action act)
    {
        if (!_ended)
            _mailbox.Post(key, act);
    }

    /// <summary>A signal's request, from its own thread.</summary>
    public void Call(LoopCall call)
    {
        Interlocked.Or(ref _calls, (int)call);
        terminal.Wake();
    }

    /// <summary>A bug on another thread: the next turn throws it.</summary>
    public void Fail(Exception bug)
    {
        _fault ??= bug;
        terminal.Wake();
    }

    public void NextTick(TimeSpan? after, Action? act) => _tick = after is { } time && act is not null ? (Now + time, act) : null;

    public void End() => _ended = true;

    /// <summary>One turn: waits until something is due, and does all of it except the keys and the picture.</summary>
    public void Next(LoopStart gui)
    {
        HandleSignals();
        if (_fault is not null)
            throw new AggregateException(_fault);
        if (gui.IsStopped)
            return;
        Wait(gui);
        HandleSignals();
        foreach (var act in _mailbox.Take())
            act();
        if (_tick is not { } tick || tick.At > Now)
            return;
        _tick = null;
        tick.Act();
    }

    private void Wait(LoopStart gui)
    {
        var woken = terminal.Wait(UntilNext(gui), output.IsHeldBack, forKeys: HasTerminal);
        if (woken.HasFlag(WakeReason.Output))
            output.Flush();
        if (woken.HasFlag(WakeReason.Input))
            Read();
        else if (woken.HasFlag(WakeReason.Gone))
            gone();
        if (_escape.IsOver(Now))
            Input.Add(_sequences.Release());
        if (_inside.IsOver(Now))
            Input.Add(_sequences.GiveUp());
        if (!_sequences.IsInside)
            _inside.Stop();
        else if (!_inside.IsRunning)
            _inside.Restart(Now);
        if (!IsLent && !terminal.IsEntered && terminal.IsFree)
            handleSignals(LoopCall.Resume);
    }

    // Posts and signals have woken the terminal and need no time here.
    private TimeSpan? UntilNext(LoopStart gui)
    {
        var now = Now;
        TimeSpan?[] waits =
        [
            HasTerminal ? Pace.Until(now)
            : IsLent ? null
            : AsksForTheTerminal,
            _tick?.At - now,
            _escape.Until(now),
            _inside.Until(now),
            _resize - now,
            gui.UntilTimer,
        ];
        return waits.Min();
    }

    private void Read()
    {
        var length = terminal.Read(_buffer);
        if (length < 0)
            gone();
        if (length <= 0)
            return;

        Input.Add(_sequences.Read(_buffer.AsSpan(0, length)));
        _escape.Restart(Now);
    }

    private void HandleSignals()
    {
        var calls = (LoopCall)Interlocked.Exchange(ref _calls, 0);
        // However fast a window is resized, thirty pictures a second are enough; the last size counts.
        if (calls.HasFlag(LoopCall.Resize))
            _resize ??= _resized + ResizeTime;
        calls &= ~LoopCall.Resize;
        if (_resize <= Now)
        {
            (_resized, _resize) = (Now, null);
            calls |= LoopCall.Resize;
        }

        if (calls != LoopCall.None)
            handleSignals(calls);
    }
}
