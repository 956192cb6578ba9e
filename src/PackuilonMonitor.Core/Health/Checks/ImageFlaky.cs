using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Builds of one image and template succeed and fail in turn without a change of their profile in between.</summary>
internal static class ImageFlaky
{
    private const int Last = 6;
    private const int Turns = 2;
    private const int Calm = 4;
    private static readonly TimeSpan Window = TimeSpan.FromDays(14);

    public static Check? Of(CheckInput at)
    {
        var items = at.Subject.Ended.Get(Mixed.Of).Pairs
            .Select(pair => Item(pair.Pair, [.. pair.Last.Where(build => build.EndedAt > at.Now - Window)]))
            .OfType<HealthItem>()
            .OrderByDescending(item => item.Since)
            .ToImmutableArray();
        return items.IsEmpty
            ? null
            : new Check(
                CheckCode.ImageFlaky,
                Severity.Warn,
                items,
                new CheckSummary(
                    $"{CheckText.Count(items.Length, "image succeeds and fails", "images succeed and fail")} in turn: ",
                    [.. items.Select(item => CheckText.Pair(item.Id))],
                    ""
                ),
                $"packuilon-monitor history {items[0].Id}"
            );
    }

    private static bool Counts(BuildView build) =>
        build is { State: BuildState.Succeeded or BuildState.Failed, EndedAt: not null, LogShared: false }
        && build.Log is not { Evidence: { Refused: true, PackerRan: false } };

    private static HealthItem? Item(string pair, IReadOnlyList<BuildView> last)
    {
        var turns = last.Zip(last.Skip(1)).Count(pair => pair.First.State != pair.Second.State && IsSameProfile(pair.First, pair.Second));
        var calm = last.Count >= Calm && last.TakeLast(Calm).DistinctBy(build => build.State).Count() == 1;
        if (turns < Turns || calm)
            return null;
        var verdicts = string.Join(' ', last.Select(build => build.State is BuildState.Succeeded ? "ok" : "failed"));
        return new HealthItem(
            pair,
            string.Create(CultureInfo.InvariantCulture, $"of the last {last.Count} builds, oldest first: {verdicts}"),
            last[^1].EndedAt
        )
        {
            Build = last[^1].Id,
        };
    }

    /// <summary>
    /// A build for another change has another profile; one without a known change was started by hand, with the same profile.
    /// </summary>
    private static bool IsSameProfile(BuildView before, BuildView after) =>
        after.Build?.Trigger is null || after.Build.Trigger == before.Build?.Trigger;

    /// <summary>The last builds of each image and template, oldest first, where some succeeded and some failed.</summary>
    private sealed record Mixed(IReadOnlyList<(string Pair, IReadOnlyList<BuildView> Last)> Pairs)
    {
        public static Mixed Of(Derived<IReadOnlyList<BuildView>> builds) => new([
            .. builds.Input
                .Where(Counts)
                .GroupBy(PairKey.Of)
                .Where(AreMixed)
                .Select(pair => (pair.First().Pair(), LastOf(pair)))
                .Where(pair => AreMixed(pair.Item2)),
        ]);

        private static bool AreMixed(IEnumerable<BuildView> builds) =>
            builds.Any(static build => build.State is BuildState.Succeeded)
            && builds.Any(static build => build.State is not BuildState.Succeeded);

        private static IReadOnlyList<BuildView> LastOf(IEnumerable<BuildView> builds) =>
            [.. builds.OrderBy(build => build.EndedAt).TakeLast(ImageFlaky.Last)];
    }
}
