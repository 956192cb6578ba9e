using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Commands;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Serving;

/// <summary>A factory followed for those who ask over HTTP. Its figures are withheld until all that was there at the start is read.</summary>
/// <param name="threadCount">How many worker threads there are; null where that is not known.</param>
/// <param name="stuck">The ids of the builds whose step lasts too long.</param>
internal sealed class ServedFactory(int? threadCount, Func<MonitorState, IReadOnlySet<string>> stuck)
{
    /// <summary>Builds settle without any line being written.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private static readonly string Reading = "reading what is there; ask again\n";

    private readonly FactoryMetrics _metrics = new(threadCount);
    private volatile MonitorState? _state;

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

    /// <summary>What a path is answered with; from any thread.</summary>
    public HttpAnswer Answer(string path) => path switch
    {
        "/metrics" => _state is null
            ? HttpAnswer.Text(503, Reading)
            : new HttpAnswer(200, "text/plain; version=0.0.4; charset=utf-8", _metrics.Exposed().GetAwaiter().GetResult()),
        "/status.json" => _state is { } state
            ? new HttpAnswer(200, "application/json", System.Text.Encoding.UTF8.GetBytes(StatusJson.Of(state, stuck(state)) + "\n"))
            : HttpAnswer.Text(503, Reading),
        "/healthz" => Health(),
        "/" => HttpAnswer.Text(200, "packuilon-monitor: /metrics, /status.json, /healthz\n"),
        _ => HttpAnswer.Text(404, "there are /metrics, /status.json and /healthz\n"),
    };

    private HttpAnswer Health()
    {
        if (_state is not { } state)
            return HttpAnswer.Text(503, Reading);
        var unread = Complaints.Of(state);
        return unread.Count == 0 ? HttpAnswer.Text(200, "ok\n") : HttpAnswer.Text(503, string.Concat(unread.Select(line => line + "\n")));
    }

    private void Show(IReadOnlyList<Observation> batch, TimeSpan now)
    {
        _metrics.Apply(batch, now, live: true);
        _state = _metrics.State;
    }
}
