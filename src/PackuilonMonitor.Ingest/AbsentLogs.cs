using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>In place of Packer's logs where this host has none of the factory's: all there are have been looked at.</summary>
public sealed class AbsentLogs : IObservationSource
{
    public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now) => [Looked(now.At)];

    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) =>
        Observable.Defer(() => Observable.Return(Looked(tail.Now), tail)).Concat(Observable.Never<IReadOnlyList<Observation>>());

    public void Dispose()
    {
    }

    private static IReadOnlyList<Observation> Looked(DateTimeOffset now) => [new(now, new SourceId(""), "", Speaker.Monitor, null, new LogDirectoryRead())];
}
