using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Core.Health;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Reports;

/// <summary>
/// What is printed of a drawn day: its status, its builds, and its health, of one factory and of two, with mutes and without. ACCEPT=1
/// rewrites the tables.
/// </summary>
public sealed class ReportTableTests
{
    private const int Days = 6;

    [Test]
    public void Reports_OfADay_AreAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            var day = new DrawnDay(kind, 600 + number, length: 40);
            var state = day.State;
            var report = Report(kind, number);
            text.Append(CultureInfo.InvariantCulture, $"day {number}\n{StatusText.Of(state)}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{HistoryText.Of(BuildView.All(state))}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{report.Overall} since {report.Since:HH:mm:ss}, as of {report.AsOf:HH:mm:ss}\n");
            text.AppendJoin('\n', HealthText.Of(report, withFigures: number % 2 == 0)).Append("\n\n");
            text.AppendJoin('\n', HealthText.OnlyTrouble(report)).Append("\n\n");
            text.AppendJoin('\n', HealthText.Of(report.Only([CheckCode.WorkerLost, CheckCode.SourceSilent]), withFigures: false));
            text.Append("\n\n");
        }

        Golden.Matches($"Days.Reports.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    /// <summary>The same for other programs.</summary>
    [Test]
    public void Objects_OfADay_AreAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days / 2; number++)
        {
            var builds = BuildView.All(new DrawnDay(kind, 600 + number, length: 40).State);
            var kept = builds.Where((_, place) => place % 2 == 0).ToDictionary(build => build.Id, build => (7L, 300L));
            text.Append(CultureInfo.InvariantCulture, $"day {number}\n{HealthJson.Of(Report(kind, number))}\n");
            text.Append(CultureInfo.InvariantCulture, $"{HistoryJson.Of(builds, kept)}\n\n");
        }

        // One line for each object in an object.
        text.Replace(",{", ",\n{").Replace("[{", "[\n{");
        Golden.Matches($"Days.Objects.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static HealthReport Report(DayKind kind, int number)
    {
        string?[] names = number % 2 == 0 ? ["harwell", "oxford"] : [null];
        var factories = names.Select((name, place) => Health(name, new DrawnDay(kind, 600 + number + place, length: 40))).ToList();
        var figures = new HealthFigures(
            3,
            number % 3 == 0 ? null : 4,
            1,
            number,
            number % 2 == 0 ? null : TimeSpan.FromSeconds(90.5),
            TimeSpan.FromMinutes(10)
        );
        return new HealthReport(factories, [.. factories.Select((_, place) => figures with { Building = place })])
        {
            MutesPath = number < 4 ? "/home/ada/mutes.json" : null,
            MutesAreHosts = number == 3,
        };
    }

    /// <summary>On some days the worst check is muted, or one of its items.</summary>
    private static FactoryHealth Health(string? name, DrawnDay day)
    {
        var state = day.Seen.Aggregate(MonitorState.Of(name), (before, one) => before.Apply(one.Seen));
        var now = day.Now.AddMinutes(7);
        var health = HealthChecks.Evaluate(state, null, now, HealthLimits.Usual, GivenHealth.Around);
        if (health.Checks is not [var worst, ..] || day.Seen.Count % 3 == 0)
            return health;
        var item = day.Seen.Count % 3 == 1 ? worst.Items[0].Id : null;
        var items = worst.Items.Select(one => one.Id).ToImmutableSortedSet(StringComparer.Ordinal);
        var mute = new Mute(worst.Code, item, now.AddMinutes(-5), now.AddHours(2), false, "ada", items, worst.Severity);
        return HealthChecks.Evaluate(state, null, now, HealthLimits.Usual, GivenHealth.Around, [mute]);
    }
}
