using System.Reactive.Concurrency;

namespace PackuilonMonitor.Ingest;

/// <summary>A source of system log lines. Read it first or not at all, then follow it: nothing is lost or doubled in between.</summary>
public interface ILineSource : IDisposable
{
    /// <summary>The present content, a batch at a time; may wait for it.</summary>
    IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock);

    /// <summary>New lines, on the scheduler. Completes only if no more can come.</summary>
    IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints);
}
