using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Serving;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>
/// The samples of a drawn day that is there at the start up to some line and is then followed: those that each line, and the time after
/// it, change. ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class ServedTableTests
{
    private const int Days = 6;

    private const int AtStart = 12;

    [Test]
    public void Samples_LineByLine_ChangeAsListed([Values] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            var metrics = new FactoryMetrics(null);
            var seen = new DrawnDay(kind, 500 + number, length: 34).Seen;
            var (before, began) = (new Dictionary<string, string>(), seen[0].Seen.At);
            text.Append($"day {number}\n");
            metrics.Apply([.. seen.Take(AtStart).Select(one => one.Seen)], seen[AtStart - 1].Seen.At - began, live: false);
            Add("at the start");
            metrics.Apply([], seen[AtStart - 1].Seen.At - began, live: true);
            Add("all is read");
            foreach (var (says, one) in seen.Skip(AtStart))
            {
                metrics.Apply([one], one.At - began, live: true);
                Add(says);
            }

            foreach (var later in (TimeSpan[])[TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)])
            {
                metrics.Apply([], seen[^1].Seen.At - began + later, live: true);
                Add($"{later.TotalSeconds} seconds later");
            }

            void Add(string says)
            {
                text.Append($"{says}\n");
                var now = Exposition
                    .Of(metrics)
                    .Text.Split('\n')
                    .Where(IsListed)
                    .ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..]);
                foreach (var name in now.Keys.Union(before.Keys))
                {
                    var value = now.GetValueOrDefault(name);
                    if (value != before.GetValueOrDefault(name))
                        text.Append($"    {name.Replace("packuilon_", "", StringComparison.Ordinal)} {value ?? "0"}\n");
                }

                before = now;
            }
        }

        Golden.Matches($"Days.Served.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    /// <summary>A sample that is not zero. The version is of no interest here, nor is each bucket of a duration.</summary>
    private static bool IsListed(string line) =>
        line.Length > 0
        && line[0] != '#'
        && !line.EndsWith(" 0", StringComparison.Ordinal)
        && !line.Contains("build_info", StringComparison.Ordinal)
        && !line.Contains("_bucket{", StringComparison.Ordinal);
}
