using System.Globalization;
using System.Text;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Health.Checks;

/// <summary>
/// What is wrong after a drawn day, at its end and at moments on both sides of each limit, with what changed since the moment before.
/// ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class DayTableTests
{
    private const int Days = 14;

    /// <summary>The limits of the checks, in seconds.</summary>
    private static readonly int[] Limits = [10, 60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 86_400, 14 * 86_400];

    /// <summary>The end, and each limit after each of the last lines, with the moments just before and after it.</summary>
    private static IEnumerable<DateTimeOffset> Moments(DrawnDay day) =>
        day.Seen.TakeLast(8)
            .Select(one => one.Seen.At)
            .Distinct()
            .SelectMany(at => Limits.SelectMany(limit => new[] { -1, 0, 1 }.Select(more => at.AddSeconds(limit).AddMilliseconds(more))))
            .Where(at => at > day.Now)
            .Prepend(day.Now)
            .Order();

    [Test]
    public void Health_AfterADay_IsAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            var day = new DrawnDay(kind, 100 + number);
            var (state, before) = (day.State, new Dictionary<string, Dictionary<string, string>>());
            text.Append('\n').AppendJoin('\n', day.Seen.Select(one => one.Says)).Append('\n');
            foreach (var moment in Moments(day))
            {
                var health = HealthChecks.Evaluate(state, null, moment, HealthLimits.Usual, Around(number));
                var now = Parts(health);
                var changes = now.Keys.Union(before.Keys)
                    .Select(name => (
                        Name: name,
                        IsNew: !before.ContainsKey(name),
                        Changes: Content.Changes(before.GetValueOrDefault(name) ?? [], now.GetValueOrDefault(name) ?? [])
                    ))
                    .Where(part => part.Changes.Length > 0)
                    .ToList();
                before = now;
                if (changes.Count == 0)
                    continue;
                text.Append(CultureInfo.InvariantCulture, $"  {moment:d MMM HH:mm:ss.FFF} {health.Overall}\n");
                foreach (var (name, isNew, change) in changes)
                {
                    text.Append($"    {name}: {(now.ContainsKey(name) ? change : "cleared")}\n");
                    if (isNew && health.Checks.FirstOrDefault(check => check.Code.Name() == name) is { } raised)
                        text.Append($"      {raised.Summary}\n      {string.Join("; ", raised.Items.Select(item => item.Text))}\n");
                }
            }
        }

        Golden.Matches($"Days.Health.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static Surroundings Around(int number) => (number % 4) switch
    {
        0 => GivenHealth.Around,
        1 => GivenHealth.Around with { IsLive = true, Threads = null },
        2 => GivenHealth.Around with { From = new ShippedFrom(Given.Messages.Path, "harwell") },
        _ => new Surroundings
        {
            SilenceIsUsual = true,
            Threads = 3,
            HasNoTemplates = image => image.Text == "web",
            StuckInStep = build => build.StartsWith("norm.a", StringComparison.Ordinal) ? "40 min in a step" : null,
        },
    };

    /// <summary>Words with a duration change each second, so they are listed only where a check is raised.</summary>
    private static Dictionary<string, Dictionary<string, string>> Parts(FactoryHealth health) =>
        health.Checks.ToDictionary(
            check => check.Code.Name(),
            check => Content.Of(new
            {
                check.Severity,
                Items = check.Items.Select(item => new
                {
                    item.Id,
                    item.Since,
                    item.Severity,
                    item.Count,
                    item.Build,
                    item.Thread,
                    item.Profile,
                    item.Path,
                    item.Do,
                    Lines = item.Lines.Select(line => line.Text).ToList(),
                }).ToList(),
                check.Do,
            })
        ).Append(new("stages", Content.Of(health.Stages.Select(stage => new { stage.State, stage.At, stage.IsTrouble }).ToList())))
            .ToDictionary();
}
