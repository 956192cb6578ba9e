using System.Text.Json;
using System.Text.RegularExpressions;
using PackuilonMonitor.Serving;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>The dashboard and the alert rules of docs/monitoring, against the metrics there are.</summary>
public sealed partial class MonitoringFilesTests
{
    private static readonly string[] Files = ["alerts.yml", "alerts.test.yml", "grafana-dashboard.json"];

    [TestCaseSource(nameof(Files))]
    public void File_NamesOnlyMetricsThatThereAre(string file)
    {
        var named = Metric().Matches(File.ReadAllText(Path.Combine(Folder(), file)))
            .Select(match => HistogramPart().Replace(match.Value, ""))
            .ToHashSet();

        Assert.That(named, Is.Not.Empty.And.SubsetOf(Exposition.Of(new FactoryMetrics(4)).Families));
    }

    [Test]
    public void Page_ListsEveryMetric() =>
        Assert.That(
            Metric().Matches(File.ReadAllText(Path.Combine(Folder(), "..", "serve.md"))).Select(match => match.Value).Distinct(),
            Is.SupersetOf(Exposition.Of(new FactoryMetrics(4)).Families)
        );

    [Test]
    public void Dashboard_IsJsonWithPanels() =>
        Assert.That(
            JsonDocument
                .Parse(File.ReadAllText(Path.Combine(Folder(), "grafana-dashboard.json")))
                .RootElement.GetProperty("panels")
                .GetArrayLength(),
            Is.GreaterThan(8)
        );

    [Test]
    public void Rules_HeldAgainstTheirTests_Pass()
    {
        var (code, printed) = Shell.Tell("", "promtool", "test", "rules", Path.Combine(Folder(), "alerts.test.yml"));

        Assert.That(code, Is.Zero, printed);
    }

    [Test]
    public void Rules_AreAllTested()
    {
        var rules = Alert().Matches(File.ReadAllText(Path.Combine(Folder(), "alerts.yml"))).Select(match => match.Groups[1].Value);
        var tests = File.ReadAllText(Path.Combine(Folder(), "alerts.test.yml"));

        Assert.That(rules.Where(rule => !tests.Contains($"alertname: {rule}\n", StringComparison.Ordinal)), Is.Empty);
    }

    private static string Folder() => Repository.Place("docs/monitoring");

    [GeneratedRegex("packuilon_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex("- alert: (\\w+)")]
    private static partial Regex Alert();
}
