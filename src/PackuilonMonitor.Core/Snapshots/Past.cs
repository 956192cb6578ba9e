using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>The ended builds of one image and template, and what is usual among them.</summary>
/// <param name="Ended">Oldest first, whatever their result.</param>
/// <param name="Whole">How long the last ten good ones took; null where none is known.</param>
/// <param name="Plan">The usual steps of good ones.</param>
public sealed record Past(ImmutableArray<BuildView> Ended, Spread? Whole, StepPlan Plan)
{
    /// <summary>Two builds are no past to judge by.</summary>
    public const int FewestBuilds = 3;

    private const int MostBuilds = 10;

    public static readonly Past None = new([], null, StepPlan.Unknown);

    /// <param name="ended">Oldest first.</param>
    public static Past Of(IEnumerable<BuildView> ended)
    {
        ImmutableArray<BuildView> builds = [.. ended];
        var good = builds.Where(build => build.State is BuildState.Succeeded).TakeLast(MostBuilds).ToArray();
        return new Past(
            builds,
            Spread.Of(good.Select(build => build.Took).OfType<TimeSpan>()),
            StepPlan.Learn(good.Where(build => !build.LogShared).Select(build => build.Log).OfType<BuildLog>()));
    }

    /// <summary>How long a good build usually takes, or null where fewer than three say so.</summary>
    public TimeSpan? Usual => Whole is { Count: >= FewestBuilds } whole ? whole.Median : Plan.Whole;

    /// <summary>The builds up to this one, at most ten, oldest first.</summary>
    public IReadOnlyList<BuildView> LastTenUpTo(BuildView build)
    {
        var end = Ended.Length - 1;
        while (end >= 0 && Ended[end].Id != build.Id)
            end--;
        return end < 0 ? [] : Ended[Math.Max(0, end - MostBuilds + 1)..(end + 1)];
    }
}
