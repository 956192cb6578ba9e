using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using Prometheus;

namespace PackuilonMonitor.Serving;

/// <summary>A factory followed for those who ask over HTTP. What is known of it is withheld until all that was there at the start is read.</summary>
internal sealed class ServedFactory
{
    /// <summary>Builds settle without any line being written.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly FactoryMetrics _metrics;
    private readonly Func<MonitorState, IReadOnlySet<string>> _stuck;
    private volatile MonitorState? _state;

    /// <param name="threadCount">How many worker threads there are; null where that is not known.</param>
    /// <param name="start">What nothing is known of yet.</param>
    /// <param name="registry">What its metrics are exposed by.</param>
    /// <param name="stuck">The ids of the builds whose step lasts too long.</param>
    public ServedFactory(int? threadCount, MonitorState start, CollectorRegistry registry, Func<MonitorState, IReadOnlySet<string>> stuck) =>
        (_metrics, _stuck) = (new FactoryMetrics(threadCount, start, registry), stuck);

    /// <summary>What is known; null until all that was there is read.</summary>
    public MonitorState? State => _state;

    /// <summary>The ids of the builds whose step lasts too long.</summary>
    public IReadOnlySet<string> StuckIn(MonitorState state) => _stuck(state);

    /// <summary>Reads and then follows the feed on the scheduler; an element a step, never ends by itself.</summary>
    /// <param name="ready">Called once, with the state at the end of what was there.</param>
    public IObservable<MonitorState> Follow(Func<MonitorFeed> open, IScheduler tail, Action<MonitorState> ready) => Observable.Using(open, feed =>
    {
        var stopwatch = tail.StartStopwatch();
        var live = feed.Follow(tail).Merge(Observable.Interval(Beat, tail).Select(_ => (IReadOnlyList<Observation>)[]));
        return feed.ReadAll().ToObservable(tail)
            .Do(batch => _metrics.Apply(batch, stopwatch.Elapsed, live: false))
            .Concat(Observable.Defer(() =>
            {
                Show([], stopwatch.Elapsed);
                ready(_metrics.State);
                return live.Do(batch => Show(batch, stopwatch.Elapsed));
            }))
            .Select(_ => _metrics.State);
    });

    private void Show(IReadOnlyList<Observation> batch, TimeSpan now)
    {
        _metrics.Apply(batch, now, live: true);
        _state = _metrics.State;
    }
}
