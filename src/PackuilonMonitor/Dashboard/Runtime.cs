using System.Collections.Immutable;
using System.Diagnostics;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Sessions;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Dashboard;

/// <summary>
/// Messages in, effects out. Everything here runs on the terminal's loop; what other threads have to say comes through
/// <see cref="TerminalApp.Post"/>.
/// </summary>
internal sealed class Runtime : IDisposable
{
    private readonly TerminalApp _app;
    private readonly World _world;
    private readonly MessageRecorder _recorder = new();
    private Session _session; // the only field that changes; the recorder only writes down

    private sealed record Session(ScreenState State, ImmutableDictionary<SubscriptionId, RunningSubscription> Running);

    public Runtime(TerminalApp app, World world, ScreenState start) =>
        (_app, _world, _session) = (app, world, new Session(start, RunningSubscriptions.None));

    /// <summary>Shows the screen until the user, a signal or a bug ends it, and returns the exit code.</summary>
    public int Run() => _app.Run(new ScreenContent
    {
        Resized = size => Take(new Resized(size)),
        Picture = () => new Frame([.. Picture.Of(_session.State).ToLines()]),
        Shown = () => Take(new PictureShown()),
        Key = key => Answer(new KeyPressed(key)),
        Mouse = press => Answer(new MousePressed(press)),
        LineTyped = (number, text) => Answer(new LineTyped(number, text)),
        LineEntered = (number, text) => Answer(new LineEntered(number, text)),
        LineCancelled = number => Answer(new LineCancelled(number)),
        NotSuspended = () => Take(new NotSuspended()),
        LastWords = bug => CrashReport.Write(bug, _recorder.ToText()),
    });

    public void Dispose()
    {
        foreach (var one in _session.Running.Values)
            one.Dispose();
        _world.Dispose();
    }

    /// <summary>A person waits for this one: it is drawn in this turn.</summary>
    private void Answer(Message message)
    {
        Take(message);
        _app.Due();
    }

    private void Take(Message message)
    {
        var before = _session.State;
        var waiting = new Queue<Message>([message]);
        while (waiting.TryDequeue(out var next))
        {
            var now = _world.Now;
            _recorder.Add(now, next);
            var (state, effects) = Update.Apply(_session.State, now, next);
            if (!ReferenceEquals(state, _session.State))
                _session = new Session(state, _session.Running.Kept([.. Subscriptions.Of(state)], Start));
            foreach (var effect in effects)
            {
                if (Perform(effect) is { } answer)
                    waiting.Enqueue(answer);
            }
        }

        // A message that was dropped changes nothing.
        if (ReferenceEquals(before, _session.State))
            return;
        _app.Use(Picture.Controls(_session.State));
        _app.Invalidate();
    }

    private RunningSubscription Start(Subscription wanted)
    {
        if (wanted is not Ticks first)
            return _world.Start(wanted, Post, Fault);
        SetClock(first);
        return new RunningSubscription(() => _app.NextTick(null), next => SetClock((Ticks)next));
    }

    private void SetClock(Ticks ticks) => _app.NextTick(ticks.At - _world.Now, () => Take(new Ticked(ticks.Id)));

    /// <summary>Does what must be done outside; one order answers at once.</summary>
    private Message? Perform(Effect effect)
    {
        switch (effect)
        {
            case QuitProgram: _app.Quit(); return null;
            case SuspendProgram: return _app.Suspend() ? new Resumed() : new NotSuspended();
            case RepaintScreen: _app.Repaint(); return null;
            case LendTerminal: _app.Lend(); return null;
            case TakeTerminalBack: _app.TakeBack(); return null;
            case RingBell: _app.Send("\a"u8); return null;
            case CopyText copy: _app.Send(Clipboard.Request(copy.Text, Environment.GetEnvironmentVariable)); return null;
            case ShowDesktopNotice notice: _app.Send(DesktopNotice.Request(notice.Text, Environment.GetEnvironmentVariable)); return null;
            case SendBulletin sent: _world.Send(sent.Bulletin); return null;
            case KeepSeen seen: _world.Keep(seen.Mark); return null;
            case Request request: _world.Do(request, Post, Fault); return null;
            default: throw new UnreachableException($"{effect.GetType().Name} is not done");
        }
    }

    /// <summary>From any thread.</summary>
    private void Post(Message message) => _app.Post(message.Source, () => Take(message));

    /// <summary>From any thread. A bug ends the program with a report; as a message somebody could swallow it.</summary>
    private void Fault(Exception bug) => _app.Post(null, () => throw new InvalidOperationException("a source failed", bug));
}
