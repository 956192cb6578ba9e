using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PackuilonMonitor.Serving;

namespace PackuilonMonitor.Tests.Serving;

/// <summary>Prometheus' text format, read back.</summary>
internal sealed partial record Exposition(string Text)
{
    public static Exposition Of(FactoryMetrics metrics) => new(Encoding.UTF8.GetString(metrics.Exposed().GetAwaiter().GetResult().Span));

    /// <summary>The names of all families, those without a sample among them.</summary>
    public IReadOnlySet<string> Families => TypeLine().Matches(Text).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>The sum of all samples of a name whose labels hold the text.</summary>
    public double Sum(string name, string labels = "") => Samples(name, labels).Sum(sample => sample.Value);

    public int Count(string name, string labels = "") => Samples(name, labels).Count();

    private IEnumerable<(string Labels, double Value)> Samples(string name, string labels) =>
        from line in Text.Split('\n')
        where line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' '
        let value = line[(line.LastIndexOf(' ') + 1)..]
        let said = line[name.Length..line.LastIndexOf(' ')]
        where said.Contains(labels, StringComparison.Ordinal)
        select (said, double.Parse(value, CultureInfo.InvariantCulture));

    [GeneratedRegex("^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
