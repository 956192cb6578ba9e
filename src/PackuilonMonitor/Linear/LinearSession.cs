using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Dashboard;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Linear;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Linear;

/// <summary>
/// The dashboard as a conversation, for screen readers and terminals that cannot move the cursor: commands by name, a line each, and
/// sentences. The state and its updates are those of the screen; everything here runs on one thread.
/// </summary>
internal sealed class LinearSession : IDisposable
{
    /// <summary>Nothing stands on a screen of this size, so nothing is marked as seen because it stood there.</summary>
    private static readonly Size NoScreen = new(19, 4);

    private readonly World _world;
    private readonly Output _output;
    private readonly LinearPrinter _printer;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Mailbox _posted;
    private readonly LinearInput _input;
    private readonly List<string> _held = [];
    private readonly List<PosixSignalRegistration> _signals;
    private ScreenState _state;
    private ImmutableDictionary<SubscriptionId, RunningSubscription> _running = RunningSubscriptions.None;
    private Ticks? _tick;
    private Telling _telling = Telling.Changes;
    private string _last = "";
    private bool _isGreeted;

    /// <summary>The line that was typed and is not answered yet.</summary>
    private string? _line;

    /// <summary>The state when the command was typed that has no answer yet; null for none.</summary>
    private ScreenState? _asked;

    /// <summary>Something was said since, which may be answer enough.</summary>
    private bool _isAnswered;
    private int? _code;

    /// <param name="hasPrompt">Somebody types at a terminal.</param>
    public LinearSession(World world, ScreenState start, Output output, bool hasPrompt)
    {
        (_world, _state, _output, _printer) = (world, start, output, new LinearPrinter(output, hasPrompt));
        _posted = new Mailbox(() => _wake.Set());
        _input = new LinearInput(hasPrompt ? LetterInput.Begin() : null, output, act => _posted.Post(null, act));
        _signals =
        [
            .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal =>
                PosixSignalRegistration.Create(signal, Caught)
            ),
        ];
    }

    /// <summary>Answers until the input ends, or a command or a signal ends it; returns the exit code.</summary>
    public int Run(TextReader input)
    {
        _input.Start(input, PromptAgain);
        Take(new Resized(NoScreen));
        Take(new PictureShown());
        while (_code is null && !_output.Closed)
        {
            _wake.WaitOne(UntilTick());
            foreach (var act in _posted.Take())
                act();
            if (_tick is { } tick && tick.At <= _world.Now)
                Take(new Ticked(tick.Id));
            Serve();
            _output.Flush();
        }

        if (_input.IsEchoed && IsAtPrompt)
            _output.Line("");
        return _code ?? ExitCodes.Done;
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        foreach (var one in _running.Values)
            one.Dispose();
        _world.Dispose();
        _input.Dispose();
    }

    private void Caught(PosixSignalContext context)
    {
        context.Cancel = true;
        LastSignals.Hold();
        var code = 128 + context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 };
        _posted.Post(null, () => _code = code);
    }

    private TimeSpan UntilTick() =>
        _tick is not { } tick ? Timeout.InfiniteTimeSpan
        : tick.At - _world.Now is { Ticks: > 0 } left ? left
        : TimeSpan.Zero;

    /// <summary>Everything that was asked for is there; a recording alone has no present to wait for.</summary>
    private bool IsReady => (_state.Factories.IsComplete || _state.Settings.Recording is { HasPresent: false })
        && _state.Waiting.IsEmpty
        && _state is not { User.Place.Screen: ScreenKind.Log, Log.View.Page: null };

    /// <summary>One command after the other, each when the one before is answered; what is typed at the prompt is echoed.</summary>
    private void Serve()
    {
        while (_code is null)
        {
            if (!_isGreeted && IsReady)
                Greet();
            if (_asked is not null && IsReady)
                Answer(_asked);
            if (IsAtPrompt)
                ReadLine();
            if (_line is not { } line || !IsReady)
                break;
            _line = null;
            Do(LinearCommand.Whole(line.Trim()));
            if (_asked is null)
                _printer.Prompt();
        }

        if (_input.IsAtEnd && IsAtPrompt && IsReady)
            _code ??= ExitCodes.Done;
    }

    private bool IsAtPrompt => _isGreeted && _asked is null && _line is null;

    private void ReadLine()
    {
        _line = _input.NextLine();
        if (_line is null && _input.Begun.Length > 0)
            return;
        // The line ended, or was erased.
        _printer.Announce(_held, IsAtPrompt);
        _held.Clear();
    }

    private void PromptAgain()
    {
        if (IsAtPrompt)
            _printer.Prompt(_input.Begun);
    }

    private void Greet()
    {
        _isGreeted = true;
        var host = _state.Shown.Factories.Host is { Length: > 0 } name ? $", {name}" : "";
        _printer.Say($"packuilon-monitor{host}. help lists commands, quit ends.");
        _printer.Show(LinearViews.Status(Present));
        _printer.Prompt();
    }

    /// <summary>The state as of now: without a message it is as old as the last one.</summary>
    private ScreenState Present => _state with { Now = _world.Now };

    private void Do(string line)
    {
        var typed = line is "again" ? _last : line;
        _last = typed;
        switch (LinearCommand.Of(typed))
        {
            case { Kind: LinearCommandKind.None }:
                break;
            case { Kind: LinearCommandKind.More }:
                _printer.More();
                break;
            case { Kind: LinearCommandKind.Tell, Telling: { } telling }:
                _telling = telling;
                _printer.Say($"tells {telling.ToString().ToLowerInvariant()} from now on.");
                break;
            case { Kind: LinearCommandKind.View } command:
                _printer.Show(command.View!(Present));
                break;
            case var command:
                Run(command.Name);
                break;
        }
    }

    /// <summary>A command of the screen by its name; its answer may take time.</summary>
    private void Run(string name)
    {
        (_asked, _isAnswered) = (_state, false);
        Take(new CommandNamed(name));
        if (_state.User.Question is not { } question)
            return;
        Take(new LineCancelled(question.Number));
        _printer.Say($"{name} needs more behind it, as in {name} TEXT.");
        _isAnswered = true;
    }

    /// <summary>Everything that the command asked for is there: the screen that it led to, unless its words were all.</summary>
    private void Answer(ScreenState before)
    {
        _asked = null;
        if (!_isAnswered || !_state.User.Place.IsSame(before.User.Place) || !ReferenceEquals(_state.Frozen, before.Frozen))
            _printer.Show(LinearViews.Screen(Present));
        _printer.Prompt();
    }

    private void Take(Message message)
    {
        var waiting = new Queue<Message>([message]);
        while (waiting.TryDequeue(out var next))
        {
            var before = _state;
            var (state, effects) = Update.Apply(before, _world.Now, next);
            if (!ReferenceEquals(state, before))
            {
                _state = state;
                _running = _running.Kept([.. Subscriptions.Of(state)], Start);
            }

            if (next is StatePublished or Ticked)
                Announce([.. LinearNews.Between(before, state, _telling)]);
            if (LinearNews.Notice(before, state, next) is { } notice)
            {
                Announce([notice]);
                _isAnswered = true;
            }

            foreach (var effect in effects)
            {
                if (Perform(effect) is { } answer)
                    waiting.Enqueue(answer);
            }
        }
    }

    /// <summary>At once, unless a line has begun: a screen reader would read the one in the middle of the other.</summary>
    private void Announce(IReadOnlyList<string> news)
    {
        if (IsAtPrompt && _input.Begun.Length > 0)
            _held.AddRange(news);
        else if (_isGreeted)
            _printer.Announce(news, IsAtPrompt);
    }

    private RunningSubscription Start(Subscription wanted)
    {
        if (wanted is not Ticks first)
            return _world.Start(wanted, Post, Fault);
        _tick = first;
        return new RunningSubscription(() => _tick = null, next => _tick = (Ticks)next);
    }

    private Message? Perform(Effect effect)
    {
        switch (effect)
        {
            case QuitProgram:
                _code = ExitCodes.Done;
                return null;
            case SuspendProgram:
                return new NotSuspended();
            case RingBell:
                _printer.Bell();
                return null;
            case CopyText copy:
                _printer.Show([copy.Text]);
                _isAnswered = true;
                return null;
            case SendBulletin sent:
                _world.Send(sent.Bulletin);
                return null;
            case KeepSeen seen:
                _world.Keep(seen.Mark);
                return null;
            case ShowPlainText text:
                _printer.Show(text.Lines);
                _isAnswered = true;
                return new PlainTextClosed(text.Number);
            case RunPager pager:
                return new PagerNotStarted(pager.Number, "no pager here: plain-text prints the log");
            case Request request:
                _world.Do(request, Post, Fault);
                return null;
            // A command without words of its own shows its screen, which is all that there is to repaint.
            case RepaintScreen or LendTerminal or TakeTerminalBack or ShowDesktopNotice:
                return null;
            default:
                throw new UnreachableException($"{effect.GetType().Name} is not done");
        }
    }

    private void Post(Message message) => _posted.Post(message.Source, () => Take(message));

    private void Fault(Exception bug) => _posted.Post(null, () => throw new InvalidOperationException("a source failed", bug));
}
