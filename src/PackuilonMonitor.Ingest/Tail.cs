using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace PackuilonMonitor.Ingest;

/// <summary>Runs readers on a scheduler.</summary>
public static class Tail
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(10);

    // A burst of hints becomes one poll; short enough to keep up with a writer that truncates its file.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The batches of a reader that polls every second, every 250 ms while its file grows, and at once when its directory hints at a
    /// change. Never completes. The caller still owns the reader, which continues where it was.
    /// </summary>
    public static IObservable<IReadOnlyList<TailEvent>> Follow(TailReader reader, IScheduler scheduler, DirectoryHints? hints = null) =>
        Observable.Create<IReadOnlyList<TailEvent>>(observer =>
        {
            var (turns, stopwatch) = (new SerialDisposable(), scheduler.StartStopwatch());
            var (woken, last) = (0, -Gather);

            void Turn()
            {
                Interlocked.Exchange(ref woken, 0);
                var now = Moment.Of(scheduler, stopwatch);
                last = now.Running;
                IReadOnlyList<TailEvent> events;
                try
                {
                    events = reader.Poll(now);
                }
                catch (Exception bug)
                {
                    observer.OnError(bug);
                    return;
                }

                if (events.Count > 0)
                    observer.OnNext(events);
                After(reader.HasMore ? TimeSpan.Zero : now.Running - reader.ChangedAt < BusyFor ? Busy : Idle);
            }

            void After(TimeSpan delay)
            {
                if (!turns.IsDisposed)
                    turns.Disposable = scheduler.Schedule(delay, Turn);
            }

            // Called on the watcher's thread: only the first hint after a poll does any work.
            void Wake()
            {
                if (!turns.IsDisposed && Interlocked.Exchange(ref woken, 1) == 0)
                    scheduler.Schedule(() => After(last + Gather - stopwatch.Elapsed is { Ticks: > 0 } wait ? wait : TimeSpan.Zero));
            }

            var watch = hints?.Watch(reader.Source.Path, _ => Wake()) ?? Disposable.Empty;
            After(TimeSpan.Zero);
            return new CompositeDisposable(watch, turns);
        });
}
