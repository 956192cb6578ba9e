using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>Replaces Packer's logs if this host has no log directory of the factory: it reports at once that all logs were read.</summary>
/// <param name="after">Fires on the scheduler when the followed source reaches the present; null means at once.</param>
public sealed class AbsentLogs(Func<IScheduler, IObservable<Unit>>? after = null) : IObservationSource
{
    public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now) => [AllRead(now.At)];

    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) =>
        (after?.Invoke(tail) ?? Observable.Return(Unit.Default, tail))
            .Select(_ => AllRead(tail.Now))
            .Concat(Observable.Never<IReadOnlyList<Observation>>());

    public void Dispose()
    {
    }

    private static IReadOnlyList<Observation> AllRead(DateTimeOffset now) =>
        [new(now, new SourceId(""), "", Speaker.Monitor, null, new LogDirectoryRead())];
}
