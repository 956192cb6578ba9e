using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>In place of Packer's logs where this host has none of the factory's: all there are have been looked at.</summary>
/// <param name="after">When what is followed has come to the present, on the scheduler; null where that is at once.</param>
public sealed class AbsentLogs(Func<IScheduler, IObservable<Unit>>? after = null) : IObservationSource
{
    public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now) => [Looked(now.At)];

    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) =>
        (after?.Invoke(tail) ?? Observable.Return(Unit.Default, tail))
            .Select(_ => Looked(tail.Now))
            .Concat(Observable.Never<IReadOnlyList<Observation>>());

    public void Dispose()
    {
    }

    private static IReadOnlyList<Observation> Looked(DateTimeOffset now) =>
        [new(now, new SourceId(""), "", Speaker.Monitor, null, new LogDirectoryRead())];
}
