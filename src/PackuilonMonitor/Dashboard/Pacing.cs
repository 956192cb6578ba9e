using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace PackuilonMonitor.Dashboard;

/// <summary>How often a fast stream is shown.</summary>
public static class Pacing
{
    /// <summary>
    /// The first value after a quiet time at once, then the newest one at most once in an interval; the last value is
    /// never lost. No timer runs while nothing comes. Values must come from the scheduler's own thread.
    /// </summary>
    public static IObservable<T> FirstAtOnceThenAtMost<T>(this IObservable<T> values, TimeSpan interval, IScheduler scheduler) =>
        Observable.Create<T>(observer =>
        {
            var waiting = new SerialDisposable();
            var (resting, pending, newest) = (false, false, default(T)!);

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
