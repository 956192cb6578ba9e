using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;

namespace PackuilonMonitor.Reports;

/// <summary>
/// The health in words, as a plugin of Nagios or Icinga prints it: one line that says everything, then a block for each check.
/// </summary>
public static class HealthText
{
    private const int MostItems = 10;
    private const int LongestFirstLine = 200;

    /// <param name="withFigures">Performance data follow the first line.</param>
    public static IEnumerable<string> Of(HealthReport report, bool withFigures)
    {
        var first = FirstLine(report);
        yield return withFigures ? $"{first} | {Figures(report)}" : first;
        foreach (var line in report.Checks.Where(one => !one.Check.IsMuted).SelectMany(Lines))
            yield return line;
        if (report.MutesPath is { } path && report.Mutes.Any())
            yield return Plain($"mutes: {(report.MutesAreHosts ? "the host's" : "the user's")}, {path}");
        foreach (var muted in report.Checks.Where(one => one.Check.IsMuted))
            yield return Muted(muted, report.Now);
    }

    /// <summary>Only raised checks, or one line that nothing is.</summary>
    public static IEnumerable<string> OnlyTrouble(HealthReport report) =>
        report.Overall is Overall.Ok ? [Healthy(report)] : report.Checks.Where(one => !one.Check.IsMuted).SelectMany(Lines);

    /// <summary>The exit code of a plugin.</summary>
    public static int ExitCode(Overall overall) => overall switch
    {
        Overall.Ok => 0,
        Overall.Warn => 1,
        Overall.Error => 2,
        Overall.Unknown => 3,
    };

    private static string FirstLine(HealthReport report)
    {
        var start = $"PACKUILON {report.Overall.Name()}: ";
        var raised = report
            .Checks.Where(one => !one.Check.IsMuted)
            .Select(one => $"{one.Check.Code.Name()} {Whose(one.Factory)}{one.Check.Summary}")
            .ToList();
        // An UNKNOWN check counts even if it is muted, so there may be nothing else to say.
        if (raised.Count == 0)
            return Plain(start + (report.Overall is Overall.Ok ? Healthy(report) : "muted, and blind"));
        var text = start;
        for (var at = 0; at < raised.Count; at++)
        {
            var part = at == 0 ? raised[at] : $"; {raised[at]}";
            var rest = at + 1 < raised.Count ? string.Create(CultureInfo.InvariantCulture, $"; +{raised.Count - at - 1}").Length : 0;
            if (text.Length + part.Length + rest > LongestFirstLine && at > 0)
                return Plain(string.Create(CultureInfo.InvariantCulture, $"{text}; +{raised.Count - at}"));
            text += part;
        }

        return Plain(text.Length <= LongestFirstLine ? text : text[..LongestFirstLine]);
    }

    private static string Healthy(HealthReport report)
    {
        var names = report.Factories.Select(factory => factory.Factory ?? factory.Name).OfType<string>().ToList();
        return names.Count switch
        {
            0 => "the factory is healthy",
            1 => $"factory {names[0]} is healthy",
            _ => $"factories {string.Join(", ", names)} are healthy",
        };
    }

    private static IEnumerable<string> Lines((string? Factory, Check Check) one)
    {
        var (factory, check) = one;
        yield return Plain(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[{check.Severity.Name()}] {check.Code.Name()} {check.Count}: {Whose(factory)}{check.Summary}"
            )
        );
        foreach (var item in check.Items.Take(MostItems))
        {
            yield return $"    {Plain(item.Id)}  {Plain(item.Text)}{(item.Muted ? " (muted)" : "")}";
            foreach (var line in item.Lines)
                yield return $"    > {Plain(line.Text)}";
        }

        if (check.Items.Length > MostItems)
            yield return string.Create(CultureInfo.InvariantCulture, $"    and {check.Items.Length - MostItems} more");
        yield return $"    do: {Plain(check.Do)}";
    }

    private static string Muted((string? Factory, Check Check) one, DateTimeOffset now) =>
        Plain($"(muted: {Whose(one.Factory)}{one.Check.Code.Name()} {one.Check.Mute!.LeftAt(now)})");

    private static string Figures(HealthReport report)
    {
        int Count(Severity severity) => report.Checks.Count(one => !one.Check.IsMuted && one.Check.Severity == severity);
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"error={Count(Severity.Error)};;0;0 warn={Count(Severity.Warn)};0;;0 "
            + $"unknown={Count(Severity.Unknown)};0;;0 muted={report.Checks.Count(one => one.Check.IsMuted)};;;0"
        );
        return string.Join(' ', report.Factories.Zip(report.Figures).Select(one => Figures(one.First.Factory, one.Second)).Prepend(counts));
    }

    private static string Figures(string? factory, HealthFigures figures)
    {
        var before = factory is null ? "" : $"{factory}_";
        var workers = figures.Threads is { } all
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{before}workers={figures.Workers};{all}:;1:;0;{all} {before}building={figures.Building};;;0;{all}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{before}workers={figures.Workers};;;0 {before}building={figures.Building};;;0");
        var silent = figures.Silent is { } time
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" {before}silent={(long)time.TotalSeconds}s;{(long)figures.SilenceLimit.TotalSeconds};;0"
            )
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{workers} {before}queue={figures.Queue};;;0{silent}");
    }

    private static string Whose(string? factory) => factory is null ? "" : $"{factory}: ";

    /// <summary>A bar would begin the performance data.</summary>
    private static string Plain(string text) => SafeText.Plain(text).Replace('|', '/');
}
