using System.Globalization;

namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// Counts of work that do not depend on the machine, in Expectations/Work.txt, one a line with its name. A count that is more than a tenth
/// above its figure fails. With ACCEPT=1 figures that are missing, or more than a tenth away, become what was counted, to be reviewed as a
/// diff; the others stay, so that a diff shows only what changed.
/// </summary>
internal static class Figures
{
    private static readonly Lock Writing = new();

    /// <summary>So little more is no news: a list that grows now and then, a name that is longer.</summary>
    private const long Slack = 64;

    /// <param name="unit">What is counted; a small slack is allowed for bytes only.</param>
    public static void Hold(IEnumerable<(string Name, long Count)> counted, string unit)
    {
        var path = Golden.PathOf("Work.txt");
        lock (Writing)
        {
            var figures = Read(path);
            if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
            {
                foreach (var (name, count) in counted)
                {
                    var known = figures.TryGetValue($"{unit}: {name}", out var figure);
                    if (!known || Math.Abs(count - figure) > Allowed(figure, unit))
                        figures[$"{unit}: {name}"] = count;
                }

                File.WriteAllLines(
                    path,
                    figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Value,8} {figure.Key}"))
                );
                return;
            }

            Assert.Multiple(() =>
            {
                foreach (var (name, count) in counted)
                {
                    if (!figures.TryGetValue($"{unit}: {name}", out var figure))
                        Assert.Fail($"{unit}: {name} has no figure in Work.txt; ACCEPT=1 writes it");
                    else
                        Assert.That(
                            count,
                            Is.LessThanOrEqualTo(figure + Allowed(figure, unit)),
                            $"{unit}: {name} is more than a tenth above its figure; ACCEPT=1 rewrites it"
                        );
                }
            });
        }
    }

    private static long Allowed(long figure, string unit) =>
        Math.Max(figure / 10, unit.Contains("bytes", StringComparison.Ordinal) ? Slack : 0);

    private static SortedDictionary<string, long> Read(string path)
    {
        var figures = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            var parts = line.TrimStart().Split(' ', 2);
            figures[parts[1]] = long.Parse(parts[0], CultureInfo.InvariantCulture);
        }

        return figures;
    }
}
