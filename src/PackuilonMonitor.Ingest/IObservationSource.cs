using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Ingest;

/// <summary>Something beside the system log that observations come from. Read first or not at all, then follow.</summary>
public interface IObservationSource : IDisposable
{
    /// <summary>What is there now, in batches.</summary>
    IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now);

    /// <summary>What comes from now on, on the scheduler. Never ends by itself.</summary>
    IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints);
}
