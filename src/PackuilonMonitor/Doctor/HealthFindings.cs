using System.Globalization;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Doctor;

/// <summary>The raised checks as findings: what is wrong with a readable factory.</summary>
internal static class HealthFindings
{
    /// <summary>Sources that cannot be read again, such as a stream or the events of another host, are not evaluated here.</summary>
    public static IEnumerable<Finding> Of(IEnumerable<Sources> factories, Func<Sources, HealthReport> health) =>
        factories
            .Where(sources => sources is { TakeStandardInput: false, From: null })
            .SelectMany(sources => Of(health(sources), sources.Name));

    private static IEnumerable<Finding> Of(HealthReport report, string? factory)
    {
        var subject = factory is null ? "health" : $"health of {factory}";
        var raised = report.Checks.Select(one => one.Check).ToList();
        if (raised.Count == 0)
            yield return Finding.Fine(subject, "no check is raised");
        foreach (var check in raised)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{check.Severity.Name()} {check.Code.Name()} {check.Count}: {check.Summary}{(check.IsMuted ? " (muted)" : "")}"
            );
            yield return Finding.Note(subject, text, check.Do);
        }
    }
}
