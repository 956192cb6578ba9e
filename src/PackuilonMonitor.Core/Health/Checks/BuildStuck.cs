using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>A build takes too long, by its past, by its silent log, or by a fixed limit if nothing is known of its past.</summary>
internal static class BuildStuck
{
    private const int KnownPast = 3;
    private const int Times = 3;
    private static readonly TimeSpan LogSilent = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Allowance = TimeSpan.FromMinutes(30);

    public static Check? Of(CheckInput at)
    {
        var items = at
            .Builds.Where(build =>
                build is { State: BuildState.Building, Build: not null, StartedAt: not null } && !BuildLost.IsLostByItsLog(at, build)
            )
            .Select(build => (Build: build, Why: Why(at, build)))
            .Where(build => build.Why is not null)
            .OrderByDescending(build => build.Build.StartedAt)
            .Select(build => new HealthItem(build.Build.Id, $"{CheckText.Pair(build.Build.Pair())}, {build.Why}", build.Build.StartedAt)
            {
                Build = build.Build.Id,
                Thread = build.Build.Worker,
                Do = $"packuilon-monitor log {CheckText.Pair(build.Build.Pair())} --follow",
            })
            .ToImmutableArray();
        return items.IsEmpty
            ? null
            : new Check(
                CheckCode.BuildStuck,
                Severity.Warn,
                items,
                new CheckSummary($"{CheckText.Count(items.Length, "build", "builds")} stuck: ", [.. items.Select(item => item.Text)], ""),
                items[0].Do!
            );
    }

    private static string? Why(CheckInput at, BuildView build)
    {
        if (at.Around.StuckInStep(build.Id) is { } step)
            return step;
        var (good, worst) = at.Subject.Ended.Get(GoodBuilds.Of).ByPair.GetValueOrDefault(PairKey.Of(build));
        var ran = at.Elapsed(build.StartedAt!.Value);
        if (good > 0)
        {
            if (ran > worst * Times + Allowance)
                return $"runs {Words.Span(ran)} (worst {Words.Span(worst)})";
        }
        else if (ran >= at.Limits.BuildLimit)
        {
            return $"runs {Words.Span(ran)}, nothing is known of its past";
        }

        // The silence of a log that nobody saw grow proves nothing.
        return good < KnownPast && !build.LogShared && build.Log?.LastLineAt is { } last && at.Elapsed(last) >= LogSilent
            ? $"no line in its log for {Words.Span(at.Elapsed(last))}"
            : null;
    }

    /// <summary>How many builds of each image and template succeeded, and how long the slowest of them took.</summary>
    private sealed record GoodBuilds(IReadOnlyDictionary<PairKey, (int Count, TimeSpan Worst)> ByPair)
    {
        public static GoodBuilds Of(Derived<IReadOnlyList<BuildView>> builds) => new(
            builds.Input
                .Where(build => build.State is BuildState.Succeeded && build.Took is not null)
                .GroupBy(PairKey.Of)
                .ToDictionary(pair => pair.Key, pair => (pair.Count(), pair.Max(build => build.Took!.Value)))
        );
    }
}
