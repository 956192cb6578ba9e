using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.App;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Configuration;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.History;
using PackuilonMonitor.Notify;
using PackuilonMonitor.Panes;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor;

/// <summary>
/// The chain from files to the screen, and the loop that folds keys into the view. All but the chain runs on the
/// terminal's loop; states come to it as values.
/// </summary>
internal sealed partial class Dashboard : IDisposable
{
    /// <summary>While data keep coming the state crosses so often; the terminal draws it at its own pace.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(60);

    /// <summary>What is shown may be the past until all logs were looked at once.</summary>
    private const string Reading = "reading the logs";

    private readonly TerminalApp _app;
    private readonly Sources _sources;
    private readonly Appearance _appearance;
    private readonly TimeSpan _ahead;
    private readonly EventLoopScheduler _tailThread = new(start => new Thread(start) { Name = "tail", IsBackground = true });
    private readonly LogDirectory _directory;
    private readonly EventLoopScheduler _logThread = new(start => new Thread(start) { Name = "log", IsBackground = true });
    private readonly IScheduler _tail;
    private readonly IScheduler _log;

    private readonly DirectoryHints _hints;
    private readonly HistoryPlace _place;
    private readonly EventLoopScheduler _storeThread = new(start => new Thread(start) { Name = "store", IsBackground = true });
    private readonly HistoryRecorder? _recorder;
    private IDisposable _states = System.Reactive.Disposables.Disposable.Empty;
    private Snapshot _snapshot;
    private ViewState _view;
    private Size _size = new(80, 24);
    private DateTimeOffset? _shownAt;
    private bool _drawn;

    private readonly NotifySettings _notify;
    private readonly Notifier _notifier;
    private readonly IReadOnlyList<string> _warnings;
    private AlertWatch _watch = AlertWatch.Start;

    public Dashboard(TerminalApp app, Sources sources, Appearance appearance, Given given, HistoryPlace place)
    {
        (_app, _sources, _appearance, _place) = (app, sources, appearance, place);
        (_notify, _warnings) = (given.Settings.Notify, given.Warnings);
        _notifier = new Notifier(_notify, (way, trouble) => _app.Post(() => Troubled(way, trouble)));
        // With a given now the clock starts there and runs on; times of arrival are by the same clock.
        _ahead = sources.Ahead;
        (_tail, _log) = _ahead == TimeSpan.Zero
            ? ((IScheduler)_tailThread, (IScheduler)_logThread)
            : (new ShiftedScheduler(_tailThread, _ahead), new ShiftedScheduler(_logThread, _ahead));
        _directory = new LogDirectory(sources.Factory.LogDirectory);
        _hints = new DirectoryHints(_log);
        _snapshot = Snapshot.Of(MonitorState.Empty, new Facts(sources.Factory.ThreadCount));
        _view = ViewState.Start with { Keys = appearance.Keys, BellForAll = _notify.Bell };
        var store = _ahead == TimeSpan.Zero ? (IScheduler)_storeThread : new ShiftedScheduler(_storeThread, _ahead);
        _recorder = place.Path is { } path
            ? new HistoryRecorder(path, place.Keeping, new LogDirectory(sources.Factory.LogDirectory), store, news => app.Post(() => Remember(news)))
            : null;
    }

    private DateTimeOffset Now => TimeZoneInfo.ConvertTime(DateTimeOffset.Now + _ahead, _sources.Zone);

    /// <summary>Shows the factory until the user, a signal or a bug ends it; the exit code.</summary>
    public int Run()
    {
        Follow();
        return _app.Run(new ScreenContent(Render, Press)
        {
            Mouse = Click,
            Tick = Tick,
            FramesPerSecond = 4,
            LastWords = CrashReport.Write,
        });
    }

    public void Dispose()
    {
        _states.Dispose();
        _recorder?.Dispose();
        CloseLog();
        _preview?.Dispose();
        _hints.Dispose();
        _notifier.Dispose();
        _tailThread.Dispose();
        _logThread.Dispose();
        _storeThread.Dispose();
    }

    /// <summary>The data side as one chain: files, observations, states; the newest crosses to the loop.</summary>
    private void Follow()
    {
        _states.Dispose();
        _view = _view.Saying(Reading);
        _states = Observable
            .Using(() => _sources.OpenRecent(), feed => feed.Follow(_tail))
            .Scan(MonitorState.Empty, Fold)
            .FirstAtOnceThenAtMost(Pace, _tail)
            .SubscribeOn(_tail)
            .Subscribe(
                state => _app.Post(() => Show(state)),
                bug => _app.Post(() => throw new InvalidOperationException("following the logs failed", bug)));
    }

    private MonitorState Fold(MonitorState state, IReadOnlyList<Observation> batch)
    {
        var next = state.Apply(batch);
        _recorder?.See(batch, next);
        return next;
    }

    private void Show(MonitorState state)
    {
        var before = _snapshot;
        _snapshot = _snapshot.Next(state);
        if (state.Logs.Complete && _view.Notice?.Text == Reading)
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
        _size = size;
        // The past can wait until something is on the screen.
        if (!_drawn)
            _app.Post(() => _recorder?.Begin());
        _drawn = true;
        AskForLines(size);
        var now = Now;
        var paint = new Paint(_appearance.Palette, _appearance.Glyphs, _sources.Zone, now);
        _app.NextTick(NextChange.Of(_snapshot, _view, size, now) - now);
        return (LogPicture(size, paint) ?? Picture.Render(_snapshot, _view, size, paint, PreviewLines())).ToLines();
    }

    private void Press(KeyPress key)
    {
        if (_view.Question is { } question && key.Name is "Tab")
        {
            var completed = _view.Completed(_app.PromptText ?? question.Text);
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
