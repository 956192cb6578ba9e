using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>A file of the system log with its rotated siblings.</summary>
internal sealed class FileSource(TailReader reader) : ILineSource
{
    public TailReader Reader => reader;

    /// <summary>The present content; a file that does not exist yet may still appear.</summary>
    public IEnumerable<IReadOnlyList<TailEvent>> CatchUp(Func<Moment> clock)
    {
        do
            yield return reader.Poll(clock());
        while (reader.HasMore);
    }

    public IEnumerable<IReadOnlyList<TailEvent>> ReadAll(Func<Moment> clock)
    {
        foreach (var events in CatchUp(clock))
            yield return events;
        if (reader.Health.State == SourceState.Waiting)
            yield return [new SourceChanged(reader.Health with { State = SourceState.Missing, Why = "missing" })];
    }

    public IObservable<IReadOnlyList<TailEvent>> Follow(IScheduler tail, DirectoryHints hints) => Tail.Follow(reader, tail, hints);

    public void Dispose() => reader.Dispose();
}
