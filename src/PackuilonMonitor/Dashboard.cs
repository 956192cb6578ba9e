using System.Reactive.Concurrency;
using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Panes;
using PackuilonMonitor.Store;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

/// <summary>
/// The chain from files to the screen, and the loop that folds keys into the view. All but the chain runs on the
/// terminal's loop; states come to it as values.
/// </summary>
internal sealed partial class Dashboard : IDisposable
{
    /// <summary>What is shown may be the past until all logs were looked at once.</summary>
    private const string Reading = "reading the logs";

    private readonly TerminalApp _app;
    private readonly AskedLine _line;
    private readonly IReadOnlyList<FollowedFactory> _factories;
    private readonly TimeZoneInfo _zone;
    private readonly Appearance _appearance;
    private readonly TimeSpan _ahead;
    private readonly EventLoopScheduler _logThread = new(start => new Thread(start) { Name = "log", IsBackground = true });
    private readonly IScheduler _log;

    private readonly DirectoryHints _hints;
    private readonly HistoryPlace _place;
    private readonly EventLoopScheduler _storeThread = new(start => new Thread(start) { Name = "store", IsBackground = true });
    private readonly Dictionary<string, HistoryNews> _news = new(StringComparer.Ordinal);
    private Snapshot _snapshot;
    private ViewState _view;
    private Size _size = new(80, 24);
    private DateTimeOffset? _shownAt;

    private readonly NotifySettings _notify;
    private readonly Notifier _notifier;
    private readonly IReadOnlyList<string> _warnings;
    private AlertWatch _watch = AlertWatch.Start;

    public Dashboard(TerminalApp app, IReadOnlyList<Sources> factories, Appearance appearance, Given given, HistoryPlace place)
    {
        (_app, _line, _appearance, _place) = (app, new AskedLine(app), appearance, place);
        (_notify, _warnings) = (given.Settings.Notify, given.Warnings);
        _notifier = new Notifier(_notify, (way, trouble) => Post(() => Troubled(way, trouble)));
        _zone = factories is [{ Name: null } only] ? only.Zone : given.Settings.Sources.Zone ?? TimeZoneInfo.Local;
        // With a given now the clock starts there and runs on; times of arrival are by the same clock.
        _ahead = factories[0].Ahead;
        _log = Shifted(_logThread);
        _hints = new DirectoryHints(_log);
        _snapshot = Snapshot.Of(factories.Select(factory => FactorySnapshot.Of(factory.Start(), new Facts(factory.Factory.ThreadCount) { Zone = _zone })), new Facts(factories[0].Factory.ThreadCount) { Zone = _zone });
        _view = ViewState.Start with { Keys = appearance.Keys, BellForAll = _notify.Bell };
        var store = Shifted(_storeThread);
        _factories = [.. factories.Select(factory => new FollowedFactory(factory, place, store, news => Post(() => Remember(factory, news))))];
    }

    private IScheduler Shifted(IScheduler thread) => _ahead == TimeSpan.Zero ? thread : new ShiftedScheduler(thread, _ahead);

    private DateTimeOffset Now => TimeZoneInfo.ConvertTime(DateTimeOffset.Now + _ahead, _zone);

    /// <summary>Shows the factory until the user, a signal or a bug ends it; the exit code.</summary>
    public int Run()
    {
        Follow();
        return _app.Run(new ScreenContent
        {
            Picture = () => new Frame([.. Render(_size)]),
            Resized = Resize,
            Key = Answered<KeyPress>(Press),
            Mouse = Answered<MousePress>(Click),
            LineTyped = _line.Type,
            LineEntered = _line.Enter,
            LineCancelled = _line.Cancel,
            Shown = BeginToRemember,
            FramesPerSecond = 4,
            LastWords = CrashReport.Write,
        });
    }

    /// <summary>Somebody waits for the answer.</summary>
    private Action<T> Answered<T>(Action<T> act) => value =>
    {
        act(value);
        _app.Due();
    };

    private void Resize(Size size)
    {
        _size = size;
        _line.Resize(size);
    }

    private void Post(Action act) => _app.Post(null, act);

    public void Dispose()
    {
        foreach (var factory in _factories)
            factory.Dispose();
        CloseLog();
        _preview?.Dispose();
        _hints.Dispose();
        _notifier.Dispose();
        _logThread.Dispose();
        _storeThread.Dispose();
    }

    /// <summary>The newest state of each factory crosses to the loop.</summary>
    private void Follow()
    {
        _view = _view.Saying(Reading);
        foreach (var factory in _factories)
        {
            factory.Follow(
                state => Post(() => Show(state)),
                bug => Post(() => throw new InvalidOperationException("following the logs failed", bug)));
        }
    }

    private void Show(MonitorState state)
    {
        var before = _snapshot;
        _snapshot = _snapshot.Next(state);
        if (_snapshot.IsComplete && _view.Notice?.Text == Reading)
            _view = _warnings.Count == 0 ? _view.Quiet() : _view.Saying(_warnings[0], isProblem: true);
        Ring(before);
        TellLogs();
        _app.Invalidate();
    }

    /// <summary>A build may get stuck while no line comes.</summary>
    private void Tick()
    {
        Ring(_snapshot);
        _app.Invalidate();
    }

    private IReadOnlyList<CellLine> Render(Size size)
    {
        AskForLines(size);
        var now = Now;
        var paint = new Paint(_appearance.Palette, _appearance.Glyphs, _zone, now);
        _app.NextTick(NextChange.Of(_snapshot, _view, size, now) - now, Tick);
        return (LogPicture(size, paint) ?? Picture.Render(_snapshot, _view, size, paint, PreviewLines())).ToLines();
    }

    private void Press(KeyPress key)
    {
        if (_view.Question is { } question && key.Name is "Tab")
        {
            var completed = _view.Completed(_line.Text ?? question.Text);
            Become(_view.Typing(completed));
            Ask(question with { Text = completed });
            return;
        }

        if (_view.Place.Screen is Screen.Log && _view.Keys.Find(key, Screen.Log) is { } command && ToLog(command))
            return;
        Become(_view.Press(key, _snapshot, _size, Now));
    }

    /// <summary>The view from now on; what it asks to be done is done once.</summary>
    private void Become(ViewState view)
    {
        _view = view.Done();
        foreach (var effect in view.Effects)
            Do(effect);
        // Help or history over a log come back to it as it was left.
        if (_opened is { } log && !_view.Trail.Any(place => place.Screen is Screen.Log && place.Subject == log.Build))
            CloseLog();
        _app.Invalidate();
    }
}
