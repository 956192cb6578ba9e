using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The newest build of an image and template failed. A running retry does not clear it yet.</summary>
internal static class BuildFailed
{
    private const int Row = 5;
    private const int DifferentImages = 3;
    private static readonly TimeSpan RowWindow = TimeSpan.FromHours(24);

    public static Check? Of(CheckInput at)
    {
        var failed = PairVerdicts.Newest(at).Where(build => build.State is BuildState.Failed).ToList();
        if (failed.Count == 0)
            return null;
        var reasons = failed
            .GroupBy(build => build.Reason ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var newest = PairVerdicts.EndOf(at, failed[0]);
        var summary = new CheckSummary(
            $"{CheckText.Count(failed.Count, "image fails", "images fail")}: ",
            [.. failed.Select(build => CheckText.Pair(build.Pair()))],
            $" {(failed.Count == 1 ? "" : "newest ")}{CheckText.When(newest, at.Now)}"
        );
        return new Check(
            CheckCode.BuildFailed,
            IsGeneral(at) ? Severity.Error : Severity.Warn,
            [.. failed.Select(build => Item(at, build, reasons))],
            summary,
            $"packuilon-monitor log {CheckText.Pair(failed[0].Pair())}"
        );
    }

    /// <summary>No image is built successfully any more.</summary>
    private static bool IsGeneral(CheckInput at)
    {
        var last = at.Subject.Ended.Get(LastEnds.Of).Builds;
        return last.Count == Row
            && last.All(build => build.State is BuildState.Failed && build.EndedAt > at.Now - RowWindow)
            && last.DistinctBy(build => build.Image).Count() >= DifferentImages;
    }

    private static HealthItem Item(CheckInput at, BuildView build, Dictionary<string, int> reasons)
    {
        var end = PairVerdicts.EndOf(at, build);
        var same = reasons[build.Reason ?? ""] is > 1 and var many && build.Reason is not null ? $"{many}x " : "";
        var step = build.Step is { } known ? $" at \"{known}\"" : "";
        var text =
            $"{CheckText.When(end, at.Now)}{(build.Worker is { } worker ? $" {worker}" : "")}{step}: "
            + $"{same}{build.Reason ?? "its log does not say why"}{PairVerdicts.Again(at, build)}";
        return new HealthItem(build.Pair(), text, end)
        {
            Build = build.Id,
            Thread = build.Worker,
            Lines = LinesOf(at, build, end),
            Do = $"packuilon-monitor log {CheckText.Pair(build.Pair())}",
        };
    }

    internal static ImmutableArray<EvidenceLine> LinesOf(CheckInput at, BuildView build, DateTimeOffset end) =>
        build.Build?.Line is { } line && at.SystemLogs is [var source, ..]
            ? [new EvidenceLine(source.Source, build.Build.EndedAt ?? end, line)]
            : [];

    /// <summary>The newest builds with a verdict, newest first.</summary>
    private sealed record LastEnds(IReadOnlyList<BuildView> Builds)
    {
        public static LastEnds Of(Derived<IReadOnlyList<BuildView>> builds) => new([
            .. builds.Input
                .Where(build => build.State is BuildState.Succeeded or BuildState.Failed && build.EndedAt is not null)
                .OrderByDescending(build => build.EndedAt)
                .Take(Row),
        ]);
    }
}
