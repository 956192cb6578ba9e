using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Serving;
using PackuilonMonitor.Tests.Core.Health;
using static PackuilonMonitor.Tests.Core.Health.GivenHealth;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>The health as metrics: one series for each check, whatever is raised.</summary>
public sealed class HealthMetricsTests
{
    private static readonly string[] Failed =
    [
        .. Began, "12:01:00 r Thread-1 processing norm", "12:01:01 r packer build starting, see: /logs/norm.a.json.log for details",
        "12:01:02 r Thread-1: packer exited with non zero exit code, norm.a.json build failed",
    ];

    [Test]
    public void EveryCheck_HasOneSeriesFromTheStart_AndStillWhenItsLabelsChange()
    {
        var metrics = new FactoryMetrics(2);
        var before = Series(metrics);
        metrics.Show(After(Failed).At("12:02:00"));
        var raised = Series(metrics);
        metrics.Show(
            After(Failed)
                .At(
                    "12:02:00",
                    mutes: [new Mute(CheckCode.BuildFailed, null, Time("12:01:30"), null, false, "me", ["norm.a.json"], Severity.Warn)]
                )
        );
        var muted = Series(metrics);

        Assert.Multiple(() =>
        {
            Assert.That((before.Count, raised.Count, muted.Count), Is.EqualTo((21, 21, 21)));
            Assert.That(before, Does.Contain("packuilon_health_check{check=\"BUILD_FAILED\",severity=\"WARN\",muted=\"no\"} 0"));
            Assert.That(raised, Does.Contain("packuilon_health_check{check=\"BUILD_FAILED\",severity=\"WARN\",muted=\"no\"} 1"));
            Assert.That(muted, Does.Contain("packuilon_health_check{check=\"BUILD_FAILED\",severity=\"WARN\",muted=\"yes\"} 1"));
        });
    }

    [Test]
    public void Status_IsTheExitCode()
    {
        var metrics = new FactoryMetrics(2);
        metrics.Show(After(Failed).At("12:02:00"));

        Assert.That(Lines(metrics), Does.Contain("packuilon_health_status 1"));
    }

    private static List<string> Series(FactoryMetrics metrics) =>
        [.. Lines(metrics).Where(line => line.StartsWith("packuilon_health_check{", StringComparison.Ordinal))];

    private static string[] Lines(FactoryMetrics metrics) =>
        System.Text.Encoding.UTF8.GetString(metrics.Exposed().GetAwaiter().GetResult().Span).Split('\n');
}
