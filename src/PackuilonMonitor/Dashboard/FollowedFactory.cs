using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.LogPages;
using PackuilonMonitor.Platform;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Dashboard;

/// <summary>One factory as the dashboard follows it: its feed and its fold on a thread of its own, and its part of the store.</summary>
public sealed class FollowedFactory : IDisposable
{
    /// <summary>While data keep coming the state crosses at intervals that grow to that of the pictures.</summary>
    private static readonly TimeSpan ShortestPace = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestPace = TimeSpan.FromMilliseconds(240);

    private readonly StoppableScheduler _thread = new("tail");
    private readonly IScheduler _tail;
    private readonly HistoryRecorder? _recorder;
    private readonly HistoryWatch? _watch;
    private readonly string? _store;
    private volatile SeenLogs _seen = SeenLogs.None;
    private volatile Action<HistoryNews>? _remember;

    /// <param name="history">The store, and how much is kept in it.</param>
    /// <param name="store">The store's thread and clock; all factories share them.</param>
    public FollowedFactory(Sources sources, HistoryLocation history, IScheduler store)
    {
        Sources = sources;
        _tail = sources.Ahead == TimeSpan.Zero ? _thread : new ShiftedScheduler(_thread, sources.Ahead);
        _store = history.Path;
        _watch = history is { Path: { } watched, Recorder.IsThere: true }
            ? new HistoryWatch(watched, store, news => _remember?.Invoke(news), sources.Name)
            : null;
        _recorder =
            _watch is null && history.Path is { } path
                ? new HistoryRecorder(path, history.Retention, sources.Logs(), store, news => _remember?.Invoke(news), sources.Name)
                : null;
    }

    public Sources Sources { get; }

    /// <summary>
    /// The data side as one chain: files, observations, states, from the beginning until it is disposed of. What the system log holds
    /// already crosses as one state, so that nothing of the past is taken for news; a glimpse of its end is shown meanwhile.
    /// </summary>
    /// <param name="show">Gets each state, on the factory's thread.</param>
    /// <param name="fail">Gets a bug.</param>
    public IDisposable Follow(Action<MonitorState> show, Action<Exception> fail) => Observable
        .Defer(() => Sources.Glimpse().ToObservable(Scheduler.CurrentThread))
        .Concat(Observable.Using(() => Sources.OpenRecent(), States))
        .FirstAtOnceThenPaced(ShortestPace, LongestPace, _tail)
        .SubscribeOn(_tail)
        .Subscribe(show, fail);

    /// <summary>Reads the store, and reports whenever it changes. A new start reads it again.</summary>
    /// <param name="remember">Called on the store's thread.</param>
    public IDisposable Remember(Action<HistoryNews> remember)
    {
        _remember = remember;
        _recorder?.Begin();
        _watch?.Begin();
        return Disposable.Create(() => Interlocked.CompareExchange(ref _remember, null, remember));
    }

    /// <summary>
    /// From which byte on a log arrived when, as far as it was watched, now or by an earlier run; from any thread. The file is read.
    /// </summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> ArrivalsOf(LogRef log)
    {
        if (Sources.Shipped is { } shipped)
            return shipped.ArrivalsOf(log.Build, log.File);
        var times =
            _seen.Of(log.File) is { AnyKnown: true } seen ? seen
            : log.HasTimes && _store is { } store ? KeptFile.TimesOf(store, log.Build)
            : null;
        try
        {
            return times?.ByByte(LogFile.Bytes(Sources.PlaceOf(log.Build, log.File))) ?? [];
        }
        catch (IOException)
        {
            // Whoever shows the log says that it cannot be read.
            return [];
        }
    }

    public void Dispose()
    {
        _recorder?.Dispose();
        _watch?.Dispose();
        _thread.Dispose();
    }

    private IObservable<MonitorState> States(MonitorFeed feed) => feed.CatchUp()
        .ToObservable(Scheduler.CurrentThread)
        .Aggregate(Sources.Start(), Fold)
        .SelectMany(known => feed.Follow(_tail).Scan(known, Fold).StartWith(known));

    private MonitorState Fold(MonitorState state, IReadOnlyList<Observation> batch)
    {
        var next = state.Apply(batch);
        _seen = _seen.And(batch);
        _recorder?.See(_seen, next);
        return next;
    }
}
