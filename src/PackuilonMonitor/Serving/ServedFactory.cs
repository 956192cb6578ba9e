using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Reports;
using Prometheus;

namespace PackuilonMonitor.Serving;

/// <summary>A factory followed for HTTP clients. Its state is withheld until everything at the start is read.</summary>
internal sealed class ServedFactory
{
    /// <summary>Builds become final without a new line.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly FactoryMetrics _metrics;
    private readonly Func<MonitorState, Estimates> _estimates;
    private readonly Func<MonitorState, DateTimeOffset, FactoryHealth> _health;
    private volatile MonitorState? _state;

    /// <param name="threadCount">The number of worker threads; null if unknown.</param>
    /// <param name="start">The state before anything is known.</param>
    /// <param name="registry">The registry of its metrics.</param>
    /// <param name="estimates">What the past says of what is unfinished.</param>
    /// <param name="health">Evaluates the factory at an instant; called once a second.</param>
    public ServedFactory(
        int? threadCount,
        MonitorState start,
        CollectorRegistry registry,
        Func<MonitorState, Estimates> estimates,
        Func<MonitorState, DateTimeOffset, FactoryHealth> health
    ) => (_metrics, _estimates, _health) = (new FactoryMetrics(threadCount, start, registry), estimates, health);

    /// <summary>The state; null until everything at the start is read.</summary>
    public MonitorState? State => _state;

    /// <summary>What the past says of what is unfinished.</summary>
    public Estimates EstimatesOf(MonitorState state) => _estimates(state);

    /// <summary>Reads and then follows the feed on the scheduler; an element per step, never completes.</summary>
    /// <param name="ready">Called once, with the state at the end of the present content.</param>
    public IObservable<MonitorState> Follow(Func<MonitorFeed> open, IScheduler tail, Action<MonitorState> ready) =>
        Observable.Using(open, feed =>
        {
            var stopwatch = tail.StartStopwatch();
            var live = feed.Follow(tail).Merge(Observable.Interval(Beat, tail).Select(_ => (IReadOnlyList<Observation>)[]));
            return feed.ReadAll()
                .ToObservable(tail)
                .Do(batch => _metrics.Apply(batch, stopwatch.Elapsed, live: false))
                .Concat(
                    Observable.Defer(() =>
                    {
                        Show([], stopwatch.Elapsed, tail.Now);
                        ready(_metrics.State);
                        return live.Do(batch => Show(batch, stopwatch.Elapsed, tail.Now));
                    })
                )
                .Select(_ => _metrics.State);
        });

    private void Show(IReadOnlyList<Observation> batch, TimeSpan running, DateTimeOffset now)
    {
        _metrics.Apply(batch, running, live: true);
        // The empty batch is the heartbeat: health depends on seconds, not on lines.
        if (batch.Count == 0)
            _metrics.Show(_health(_metrics.State, now));
        _state = _metrics.State;
    }
}
