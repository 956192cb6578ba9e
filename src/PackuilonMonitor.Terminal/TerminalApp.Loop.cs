using Terminal.Gui.App;

namespace PackuilonMonitor.Terminal;

// The turns of the loop: where it waits, what it answers, when it draws.
public sealed partial class TerminalApp
{
    internal void Call(LoopCall call)
    {
        Interlocked.Or(ref _calls, (int)call);
        _terminal.Wake();
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

    private void Fault(Exception exception)
    {
        _fault ??= exception;
        _terminal.Wake();
    }

    // Terminal.Gui 2.5.0 throws on some key sequences; ours are filtered, and no other may end the program. What the callbacks
    // or the drawing throw is a bug and does.
    private bool Tolerate(Exception exception) => _reading && ++_tolerated <= MostTolerated;
}
