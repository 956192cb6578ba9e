using System.Collections.Concurrent;
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

namespace PackuilonMonitor.Linear;

/// <summary>
/// The dashboard as a conversation, for screen readers and terminals that cannot move the cursor: commands by name, a line each, and
/// sentences. The state and its updates are those of the screen; everything here runs on one thread.
/// </summary>
internal sealed class LinearSession : IDisposable
{
    /// <summary>Nothing stands on a screen of this size, so nothing is marked as seen because it stood there.</summary>
    private static readonly Size NoScreen = new(19, 4);

    private const int MostAtOnce = 20;

    private readonly World _world;
    private readonly Output _output;
    private readonly bool _hasPrompt;
    private readonly BlockingCollection<Action> _posted = [];
    private readonly Queue<string> _typed = [];
    private readonly List<PosixSignalRegistration> _signals;
    private ScreenState _state;
    private ImmutableDictionary<SubscriptionId, RunningSubscription> _running = RunningSubscriptions.None;
    private Ticks? _tick;
    private Telling _telling = Telling.Changes;
    private Queue<string> _rest = [];
    private string _last = "";
    private bool _isGreeted;
    private bool _isShown = true;
    private bool _inputEnded;
    private int? _code;

    /// <param name="hasPrompt">Somebody types at a terminal.</param>
    public LinearSession(World world, ScreenState start, Output output, bool hasPrompt)
    {
        (_world, _state, _output, _hasPrompt) = (world, start, output, hasPrompt);
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
        new Thread(() => Read(input)) { Name = "input", IsBackground = true }.Start();
        Take(new Resized(NoScreen));
        Take(new PictureShown());
        while (_code is null && !_output.Closed)
        {
            if (_posted.TryTake(out var next, UntilTick()))
                next();
            else if (_tick is { } tick)
                Take(new Ticked(tick.Id));
            Serve();
            _output.Flush();
        }

        return _code ?? ExitCodes.Done;
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        foreach (var one in _running.Values)
            one.Dispose();
        _world.Dispose();
    }

    private void Read(TextReader input)
    {
        while (input.ReadLine() is { } line)
            _posted.Add(() => _typed.Enqueue(line));
        _posted.Add(() => _inputEnded = true);
    }

    private void Caught(PosixSignalContext context)
    {
        context.Cancel = true;
        var code = 128 + context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 };
        _posted.Add(() => _code = code);
    }

    private TimeSpan UntilTick() =>
        _tick is not { } tick ? Timeout.InfiniteTimeSpan
        : tick.At - _world.Now is { Ticks: > 0 } left ? left
        : TimeSpan.Zero;

    /// <summary>Everything that was asked for is there.</summary>
    private bool IsReady => _state.Factories.IsComplete
        && _state.Waiting.IsEmpty
        && _state is not { User.Place.Screen: ScreenKind.Log, Log.View.Page: null };

    /// <summary>One command after the other, each when the one before is answered.</summary>
    private void Serve()
    {
        while (_code is null && IsReady)
        {
            if (!_isGreeted)
                Greet();
            if (!_isShown)
            {
                Show(LinearViews.Screen(_state));
                Prompt();
            }

            if (!_typed.TryDequeue(out var line))
                break;
            Do(line.Trim());
            if (_isShown)
                Prompt();
        }

        if (_inputEnded && _typed.Count == 0 && IsReady && _isShown)
            _code ??= ExitCodes.Done;
    }

    private void Greet()
    {
        _isGreeted = true;
        Say($"packuilon-monitor{(_state.Factories.Host is { Length: > 0 } host ? $", {host}" : "")}. help lists commands, quit ends.");
        Show(LinearViews.Status(_state));
        Prompt();
    }

    private void Do(string line)
    {
        var typed = line is "again" ? _last : line;
        _last = typed;
        switch (LinearCommand.Of(typed))
        {
            case { Kind: LinearCommandKind.None }:
                break;
            case { Kind: LinearCommandKind.More }:
                Show(_rest);
                break;
            case { Kind: LinearCommandKind.Tell, Telling: { } telling }:
                _telling = telling;
                Say($"tells {telling.ToString().ToLowerInvariant()} from now on.");
                break;
            case { Kind: LinearCommandKind.View } command:
                Show(command.View!(_state));
                break;
            case var command:
                Run(command.Name);
                break;
        }
    }

    /// <summary>A command of the screen by its name: what it says, and the screen that it leads to.</summary>
    private void Run(string name)
    {
        var before = _state;
        Take(new CommandNamed(name));
        if (_state.User.Notice is { } notice && !ReferenceEquals(notice, before.User.Notice))
            Say(notice.Text);
        _isShown = _state.User.Place.IsSame(before.User.Place) && ReferenceEquals(_state.Frozen, before.Frozen);
        if (!_isShown && IsReady)
            Show(LinearViews.Screen(_state));
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
                Tell([.. LinearNews.Between(before, state, _telling)]);
            foreach (var effect in effects)
            {
                if (Perform(effect) is { } answer)
                    waiting.Enqueue(answer);
            }
        }
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
            case RepaintScreen:
                _isShown = false;
                return null;
            case RingBell when _hasPrompt:
                _output.Writer.Write('\a');
                return null;
            case CopyText copy:
                Show([copy.Text]);
                return null;
            case SendBulletin sent:
                _world.Send(sent.Bulletin);
                return null;
            case KeepSeen seen:
                _world.Keep(seen.Mark);
                return null;
            case ShowPlainText text:
                Show(text.Lines);
                return new PlainTextClosed(text.Number);
            case RunPager pager:
                return new PagerNotStarted(pager.Number, "no pager here: plain-text prints the log");
            case Request request:
                _world.Do(request, Post, Fault);
                return null;
            case LendTerminal or TakeTerminalBack or RingBell or ShowDesktopNotice:
                return null;
            default:
                throw new UnreachableException($"{effect.GetType().Name} is not done");
        }
    }

    private void Post(Message message) => _posted.Add(() => Take(message));

    private void Fault(Exception bug) => _posted.Add(() => throw new InvalidOperationException("a source failed", bug));

    /// <summary>What happened meanwhile, above the line that is being typed.</summary>
    private void Tell(IReadOnlyList<string> news)
    {
        if (news.Count == 0 || !_isGreeted)
            return;
        if (_hasPrompt)
            _output.Line("");
        foreach (var sentence in news.Take(MostAtOnce))
            Say(sentence);
        if (news.Count > MostAtOnce)
            Say($"and {news.Count - MostAtOnce} more: recent lists them.");
        Prompt();
    }

    /// <summary>As many sentences as one can listen to; the others wait for "more".</summary>
    private void Show(IEnumerable<string> sentences)
    {
        _isShown = true;
        var rest = new Queue<string>(sentences);
        for (var said = 0; said < MostAtOnce && rest.TryDequeue(out var sentence); said++)
            Say(sentence);
        if (rest.Count > 0)
            Say($"{rest.Count} more: type more.");
        _rest = rest;
    }

    private void Say(string sentence)
    {
        foreach (var line in Spoken.Lines(sentence))
            _output.Line(line);
    }

    private void Prompt()
    {
        if (_hasPrompt)
            _output.Writer.Write("> ");
    }
}
