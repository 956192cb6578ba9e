using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Store;

namespace PackuilonMonitor;

/// <summary>One factory as the dashboard follows it: its feed, its fold and what of it is remembered, on a thread of its own.</summary>
public sealed class FollowedFactory : IDisposable
{
    /// <summary>While data keep coming the state crosses so often; the terminal draws it at its own pace.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(60);

    private readonly EventLoopScheduler _thread = new(start => new Thread(start) { Name = "tail", IsBackground = true });
    private readonly HistoryRecorder? _recorder;
    private readonly string? _store;
    private volatile SeenLogs _seen = SeenLogs.None;
    private IDisposable _states = Disposable.Empty;

    /// <param name="store">The store's thread and clock; all factories share them.</param>
    /// <param name="remember">Told on that thread how it stands with the store.</param>
    public FollowedFactory(Sources sources, HistoryPlace place, IScheduler store, Action<HistoryNews> remember)
    {
        Sources = sources;
        Tail = sources.Ahead == TimeSpan.Zero ? _thread : new ShiftedScheduler(_thread, sources.Ahead);
        Logs = sources.Logs();
        _store = place.Path;
        _recorder = place.Path is { } path ? new HistoryRecorder(path, place.Keeping, sources.Logs(), store, remember, sources.Name) : null;
    }

    public Sources Sources { get; }

    public LogDirectory Logs { get; }

    public IScheduler Tail { get; }

    /// <summary>
    /// The data side as one chain: files, observations, states, from the beginning. What the system log holds already crosses as
    /// one state, so that nothing of the past is taken for news; a glimpse of its end is shown meanwhile.
    /// </summary>
    public void Follow(Action<MonitorState> show, Action<Exception> fail)
    {
        _states.Dispose();
        _states = Observable
            .Defer(() => Sources.Glimpse().ToObservable(Scheduler.CurrentThread))
            .Concat(Observable.Using(() => Sources.OpenRecent(), States))
            .FirstAtOnceThenAtMost(Pace, Tail)
            .SubscribeOn(Tail)
            .Subscribe(show, fail);
    }

    /// <summary>Opens the store and tells what is in it.</summary>
    public void Remember() => _recorder?.Begin();

    /// <summary>From which byte on a build's log arrived when, as far as it was watched, now or by an earlier run; from any thread. The file is read.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> ArrivalsOf(BuildView build)
    {
        var file = build.Name.File;
        var times = _seen.Of(file) is { AnyKnown: true } seen ? seen : build.LogKept && _store is { } store ? KeptFile.TimesOf(store, build.Id) : null;
        try
        {
            return times?.ByByte(LogFile.Bytes(Logs.Place(file))) ?? [];
        }
        catch (IOException)
        {
            // Whoever shows the log says that it cannot be read.
            return [];
        }
    }

    public void Dispose()
    {
        _states.Dispose();
        _recorder?.Dispose();
        _thread.Dispose();
    }

    private IObservable<MonitorState> States(MonitorFeed feed) => feed.CatchUp()
        .ToObservable(Scheduler.CurrentThread)
        .Aggregate(Sources.Start(), Fold)
        .SelectMany(known => feed.Follow(Tail).Scan(known, Fold).StartWith(known));

    private MonitorState Fold(MonitorState state, IReadOnlyList<Observation> batch)
    {
        var next = state.Apply(batch);
        _seen = _seen.And(batch);
        _recorder?.See(_seen, next);
        return next;
    }
}
