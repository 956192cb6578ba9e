using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace PackuilonMonitor.Ingest;

/// <summary>Runs readers on a scheduler.</summary>
public static class Tail
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    // Short enough to keep up with a writer that truncates its file.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The batches of a reader that polls every second, every 250 ms while its file grows, and at once when its directory hints at a
    /// change. Never completes. The caller still owns the reader, which continues where it was.
    /// </summary>
    public static IObservable<IReadOnlyList<TailEvent>> Follow(TailReader reader, IScheduler scheduler, DirectoryHints? hints = null) =>
        Poller.Observe<IReadOnlyList<TailEvent>>(
            scheduler,
            Gather,
            poller =>
            {
                var now = poller.Now;
                var events = reader.Poll(now);
                return new(
                    events.Count > 0 ? events : null,
                    reader.HasMore ? TimeSpan.Zero : Poller.Pause(now.Running - reader.ChangedAt, Idle)
                );
            },
            poller => hints?.Watch(reader.Source.Path, _ => poller.Hint()) ?? Disposable.Empty
        );
}
