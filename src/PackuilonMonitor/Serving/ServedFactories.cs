using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Reports;
using Prometheus;

namespace PackuilonMonitor.Serving;

/// <summary>The HTTP answers about one factory or several, once all of them have been read.</summary>
internal sealed class ServedFactories(IReadOnlyList<ServedFactory> factories, CollectorRegistry registry)
{
    private const string Reading = "still reading the logs; try again later\n";

    /// <summary>The answer to a path; from any thread.</summary>
    public HttpAnswer Answer(string path) =>
        path switch
        {
            "/metrics" => States() is null
                ? HttpAnswer.Text(503, Reading)
                : new HttpAnswer(
                    200,
                    "text/plain; version=0.0.4; charset=utf-8",
                    MetricFamilies.Exposed(registry).GetAwaiter().GetResult()
                ),
            "/status.json" => States() is { } states
                ? new HttpAnswer(200, "application/json", Encoding.UTF8.GetBytes(Status(states) + "\n"))
                : HttpAnswer.Text(503, Reading),
            "/healthz" => Health(),
            "/" => HttpAnswer.Text(200, "packuilon-monitor: /metrics, /status.json, /healthz\n"),
            _ => HttpAnswer.Text(404, "there are /metrics, /status.json and /healthz\n"),
        };

    private string Status(IReadOnlyList<MonitorState> states)
    {
        var estimates = Estimates.Of([.. factories.Zip(states, (factory, state) => factory.EstimatesOf(state))]);
        return StatusJson.Of(states, estimates.Stuck, estimates.Ends);
    }

    private HttpAnswer Health()
    {
        if (States() is not { } states)
            return HttpAnswer.Text(503, Reading);
        var unread = states.SelectMany(SourceComplaints.Of).ToList();
        return unread.Count == 0 ? HttpAnswer.Text(200, "ok\n") : HttpAnswer.Text(503, string.Concat(unread.Select(line => line + "\n")));
    }

    private List<MonitorState>? States()
    {
        var known = factories.Select(factory => factory.State).OfType<MonitorState>().ToList();
        return known.Count == factories.Count ? known : null;
    }
}
