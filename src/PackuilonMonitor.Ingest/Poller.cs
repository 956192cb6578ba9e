using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace PackuilonMonitor.Ingest;

/// <summary>The outcome of one poll.</summary>
/// <param name="News">Null for none.</param>
/// <param name="Next">How long to wait for the next poll; null waits for a wake-up.</param>
public readonly record struct PollResult<T>(T? News, TimeSpan? Next) where T : class
{
    /// <summary>The source has ended: nothing follows.</summary>
    public bool IsLast { get; init; }
}

/// <summary>
/// Polls a source on a scheduler, the first time at once. The poll says when the next one is due; a wake-up only brings that forward. An
/// exception of the poll is a bug: it ends the polls, and the observer gets it.
/// </summary>
public sealed class Poller : IDisposable
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(10);

    private readonly IScheduler _scheduler;
    private readonly TimeSpan _gather;
    private readonly Func<Poller, TimeSpan?> _poll;
    private readonly IStopwatch _stopwatch;
    private readonly SerialDisposable _next = new();
    private TimeSpan? _due;
    private TimeSpan _last;
    private int _hinted;
    private int _woken;

    private Poller(IScheduler scheduler, TimeSpan gather, Func<Poller, TimeSpan?> poll)
    {
        (_scheduler, _gather, _last, _poll) = (scheduler, gather, -gather, poll);
        _stopwatch = scheduler.StartStopwatch();
    }

    /// <summary>The news of all polls, on the scheduler.</summary>
    /// <param name="gather">A hint is followed by a poll at least this long after the last one.</param>
    /// <param name="poll">One poll.</param>
    /// <param name="listen">Starts what wakes the poller; the result is disposed of with the subscription.</param>
    public static IObservable<T> Observe<T>(
        IScheduler scheduler, TimeSpan gather, Func<Poller, PollResult<T>> poll, Func<Poller, IDisposable> listen) where T : class =>
        Observable.Create<T>(observer =>
        {
            var poller = new Poller(scheduler, gather, own => Report(observer, poll, own));
            var listening = listen(poller);
            poller.Wait(TimeSpan.Zero);
            return new CompositeDisposable(listening, poller);
        });

    /// <summary>The present, with the time since the subscription.</summary>
    public Moment Now => Moment.Of(_scheduler, _stopwatch);

    /// <summary>How long to wait for the next poll of a source: a short while if it grew in the last seconds.</summary>
    public static TimeSpan Pause(TimeSpan? sinceGrowth, TimeSpan idle) => sinceGrowth < BusyFor ? Busy : idle;

    /// <summary>Something may have changed: hints that come together are answered by one poll. From any thread.</summary>
    public void Hint() => Wake(ref _hinted, _gather);

    /// <summary>Polls at once. From any thread.</summary>
    public void Wake() => Wake(ref _woken, TimeSpan.Zero);

    public void Dispose() => _next.Dispose();

    private static TimeSpan? Report<T>(IObserver<T> observer, Func<Poller, PollResult<T>> poll, Poller own) where T : class
    {
        PollResult<T> result;
        try
        {
            result = poll(own);
        }
        catch (Exception bug)
        {
            observer.OnError(bug);
            return null;
        }

        if (result.News is { } news)
            observer.OnNext(news);
        if (result.IsLast)
            observer.OnCompleted();
        return result.Next;
    }

    /// <summary>Of several calls before the next poll only the first does any work.</summary>
    private void Wake(ref int flag, TimeSpan gather)
    {
        if (_next.IsDisposed || Interlocked.Exchange(ref flag, 1) == 1)
            return;
        _scheduler.Schedule(() =>
        {
            var now = _stopwatch.Elapsed;
            var due = _last + gather > now ? _last + gather : now;
            if (_due is null || due < _due)
                Wait(due - now);
        });
    }

    private void Wait(TimeSpan pause)
    {
        if (_next.IsDisposed)
            return;
        _due = _stopwatch.Elapsed + pause;
        // The poll may run before Schedule returns, and then schedules the next one, which must stay.
        var turn = new SingleAssignmentDisposable();
        _next.Disposable = turn;
        turn.Disposable = _scheduler.Schedule(pause, Turn);
    }

    private void Turn()
    {
        Interlocked.Exchange(ref _hinted, 0);
        Interlocked.Exchange(ref _woken, 0);
        (_last, _due) = (_stopwatch.Elapsed, null);
        if (_poll(this) is { } pause)
            Wait(pause);
    }
}
