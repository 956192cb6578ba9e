using System.Reactive.Concurrency;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Something that lines of the system log come from. Read first or not at all, then follow: nothing is lost or doubled between.
/// </summary>
public interface ILineSource : IDisposable
{
    /// <summary>What is there now, a batch at a time; may wait for it.</summary>
    IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock);

    /// <summary>What comes from now on, on the scheduler. Completes only if nothing more can come.</summary>
    IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints);
}
