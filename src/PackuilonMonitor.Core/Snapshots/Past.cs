using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>The ended builds of one image and template, and what is usual among them. For one thread.</summary>
public sealed class Past
{
    /// <summary>Two builds are no past to judge by.</summary>
    public const int FewestBuilds = 3;

    private const int MostBuilds = 10;

    public static readonly Past None = new([]);

    private StepPlan? _plan;

    private Past(ImmutableArray<BuildView> ended)
    {
        Ended = ended;
        Whole = Spread.Of(Good.Select(build => build.Took).OfType<TimeSpan>());
    }

    /// <summary>Oldest first, whatever their result.</summary>
    public ImmutableArray<BuildView> Ended { get; }

    /// <summary>How long the last ten good ones took; null where none is known.</summary>
    public Spread? Whole { get; }

    /// <summary>The usual steps of good ones; learned when it is first asked for.</summary>
    public StepPlan Plan => _plan ??= StepPlan.Learn(Good.Where(build => !build.LogShared).Select(build => build.Log).OfType<BuildLog>());

    private IEnumerable<BuildView> Good => Ended.Where(build => build.State is BuildState.Succeeded).TakeLast(MostBuilds);

    /// <param name="ended">Oldest first.</param>
    public static Past Of(IEnumerable<BuildView> ended) => new([.. ended]);

    /// <summary>What was known when a build ended: what is said of it is not changed by builds that ended later.</summary>
    public Past Before(BuildView build) => Of(Ended.Where(other => other.Id != build.Id && other.EndedAt <= build.EndedAt));

    /// <summary>The same without a build: none is its own measure.</summary>
    public Past Without(BuildView build) => Of(Ended.Where(other => other.Id != build.Id));

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
