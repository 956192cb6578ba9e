using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Reports;
using Prometheus;

namespace PackuilonMonitor.Serving;

/// <summary>
/// The health as metrics: one series for each check at all times, 0 with its usual severity if it is not raised, so that no alert rests on
/// a missing series. No item, image or path is a label.
/// </summary>
internal sealed class HealthMetrics
{
    private readonly Gauge _status;
    private readonly Gauge _check;
    private readonly Gauge _since;
    private readonly Gauge _evaluated;
    private readonly Dictionary<CheckCode, string[]> _labels = [];

    /// <param name="registry">Their registry.</param>
    /// <param name="factory">The label of all, if factories have names.</param>
    public HealthMetrics(CollectorRegistry registry, string? factory)
    {
        IMetricFactory metrics = Metrics.WithCustomRegistry(registry);
        if (factory is not null)
            metrics = metrics.WithLabels(new Dictionary<string, string> { ["factory"] = factory });
        _status = metrics.CreateGauge(
            "packuilon_health_status",
            "The overall state as the exit code of health: 0 OK, 1 WARN, 2 ERROR, 3 UNKNOWN."
        );
        _check = metrics.CreateGauge(
            "packuilon_health_check",
            "How many items a check has; 0 if it is not raised.",
            ["check", "severity", "muted"]
        );
        _since = metrics.CreateGauge(
            "packuilon_health_check_since_timestamp_seconds",
            "Since when a check is raised; 0 if it is not, or if that is unknown.",
            ["check"]
        );
        _evaluated = metrics.CreateGauge("packuilon_health_evaluated_timestamp_seconds", "When the checks were last evaluated.");
        Show([]);
    }

    /// <summary>Shows the health as it is now.</summary>
    public void Show(FactoryHealth health)
    {
        _status.Set(HealthText.ExitCode(health.Overall));
        Show(health.Checks);
        _evaluated.Set(health.Now.ToUnixTimeMilliseconds() / 1000.0);
    }

    private void Show(IReadOnlyCollection<Check> checks)
    {
        foreach (var code in CheckCodes.All)
        {
            var check = checks.FirstOrDefault(check => check.Code == code);
            string[] labels = [code.Name(), (check?.Severity ?? code.Usual()).Name(), check?.IsMuted == true ? "yes" : "no"];
            if (_labels.TryGetValue(code, out var before) && !before.SequenceEqual(labels))
                _check.RemoveLabelled(before);
            _labels[code] = labels;
            _check.WithLabels(labels).Set(check?.Count ?? 0);
            _since.WithLabels(code.Name()).Set((check?.Since?.ToUnixTimeMilliseconds() ?? 0) / 1000.0);
        }
    }
}
