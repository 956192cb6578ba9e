using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace PackuilonMonitor.Dashboard;

/// <summary>How often a fast stream is shown.</summary>
public static class Pacing
{
    /// <summary>
    /// The first value after a quiet time at once, then the newest one at growing intervals while values keep coming; the last value is
    /// never lost. No timer runs while nothing comes. Values must come from the scheduler's own thread.
    /// </summary>
    /// <param name="shortest">The interval after the first value; each is twice the one before.</param>
    /// <param name="longest">No interval is longer.</param>
    public static IObservable<T> FirstAtOnceThenPaced<T>(
        this IObservable<T> values,
        TimeSpan shortest,
        TimeSpan longest,
        IScheduler scheduler
    ) =>
        Observable.Create<T>(observer =>
        {
            var waiting = new SerialDisposable();
            var (resting, pending, newest) = (false, false, default(T)!);
            var interval = shortest;

            void Rest()
            {
                resting = true;
                waiting.Disposable = scheduler.Schedule(interval, Wake);
            }

            void Wake()
            {
                resting = false;
                if (!pending)
                    return;
                pending = false;
                observer.OnNext(newest);
                interval = TimeSpan.FromTicks(Math.Min(longest.Ticks, 2 * interval.Ticks));
                Rest();
            }

            var source = values.Subscribe(
                value =>
                {
                    if (resting)
                    {
                        (pending, newest) = (true, value);
                        return;
                    }

                    observer.OnNext(value);
                    interval = shortest;
                    Rest();
                },
                observer.OnError,
                () =>
                {
                    if (pending)
                        observer.OnNext(newest);
                    observer.OnCompleted();
                });
            return new CompositeDisposable(source, waiting);
        });
}
