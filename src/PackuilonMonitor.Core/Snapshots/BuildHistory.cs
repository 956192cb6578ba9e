using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>The builds that the store remembers, beside those that are read now: each build is there once. For one thread.</summary>
public sealed class BuildHistory
{
    public static readonly BuildHistory None = new([], new HashSet<string>());

    private readonly Dictionary<string, BuildView> _remembered;
    private readonly Dictionary<string, (BuildView Seen, BuildView Filled)> _filled = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _kept;

    /// <param name="builds">As they are remembered.</param>
    /// <param name="kept">The builds whose logs were copied.</param>
    public BuildHistory(IEnumerable<BuildView> builds, IReadOnlySet<string> kept)
    {
        _kept = kept;
        _remembered = builds.ToDictionary(
            build => build.Id,
            build => build with { LogKept = kept.Contains(build.Id) },
            StringComparer.Ordinal
        );
    }

    /// <summary>What had ended by then.</summary>
    public BuildHistory Until(DateTimeOffset time) => new(_remembered.Values.Where(build => build.EndedAt <= time), _kept);

    /// <summary>
    /// What is seen, with what is remembered of the same builds, and the ended builds that are only remembered; by start, those without one
    /// first.
    /// </summary>
    /// <param name="changes">The changes that were seen.</param>
    public IReadOnlyList<BuildView> With(IReadOnlyList<BuildView> seen, ChangeLedger changes)
    {
        if (_remembered.Count == 0 && _kept.Count == 0)
            return seen;
        var known = seen.Select(build => build.Id).ToHashSet(StringComparer.Ordinal);
        var past = _remembered.Values.Where(build => !build.Running && !known.Contains(build.Id));
        return [.. past.Concat(seen.Select(build => Filled(build, changes))).OrderBy(build => build.StartedAt ?? DateTimeOffset.MinValue)];
    }

    /// <summary>A build that is seen, with what is remembered of it; the same for as long as the same is seen.</summary>
    public BuildView Filled(BuildView seen, ChangeLedger changes)
    {
        var kept = _kept.Contains(seen.Id);
        if (!_remembered.TryGetValue(seen.Id, out var remembered))
            return kept ? seen with { LogKept = true } : seen;
        if (_filled.TryGetValue(seen.Id, out var known) && IsSame(known.Seen, seen))
            return known.Filled;
        var filled = seen.Remembering(remembered, changes) with { LogKept = kept };
        _filled[seen.Id] = (seen, filled);
        return filled;
    }

    private static bool IsSame(BuildView one, BuildView other) =>
        ReferenceEquals(one.Build, other.Build)
        && ReferenceEquals(one.Log, other.Log)
        && one.LogGone == other.LogGone
        && one.State == other.State;
}
