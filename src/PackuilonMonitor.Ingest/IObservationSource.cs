using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Ingest;

/// <summary>A source of observations other than the system log. Read it first or not at all, then follow it.</summary>
public interface IObservationSource : IDisposable
{
    /// <summary>The present content, in batches.</summary>
    IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now);

    /// <summary>New observations, on the scheduler. Never completes.</summary>
    IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints);
}
