using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Health;

/// <summary>What is wrong with one factory now, and what the monitor cannot see.</summary>
/// <param name="Checks">The raised checks in display order: ERROR, UNKNOWN, WARN; muted ones last.</param>
/// <param name="NotJudged">Checks that could not be evaluated, with the reasons.</param>
public sealed record FactoryHealth(
    string? Factory,
    Overall Overall,
    ImmutableArray<Check> Checks,
    ImmutableArray<NotJudged> NotJudged,
    DateTimeOffset Now
)
{
    /// <summary>An UNKNOWN check is raised.</summary>
    public bool IsBlind => Checks.Any(check => check.Severity is Severity.Unknown);

    /// <summary>The stamp of the last line of any program; null if none was read.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The stages of a change: the last event of each.</summary>
    public ImmutableArray<Stage> Stages { get; init; } = [];

    /// <summary>Active mutes, and those that ended.</summary>
    public Mutes Mutes { get; init; } = Mutes.None;

    /// <summary>How long each of its system logs may be silent; the longest of several.</summary>
    public TimeSpan SilenceLimit { get; init; }

    /// <summary>The configured number of threads; null if unknown.</summary>
    public int? Threads { get; init; }

    /// <summary>The name for messages about the factory.</summary>
    public string? Name { get; init; }

    /// <summary>The worst of them; a muted one counts only if it is UNKNOWN.</summary>
    public static Overall WorstOf(IEnumerable<Check> checks)
    {
        var counted = checks.Where(check => !check.IsMuted || check.Severity is Severity.Unknown).Select(check => check.Severity).ToList();
        if (counted.Count == 0)
            return Overall.Ok;
        return counted.Max() switch { Severity.Error => Overall.Error, Severity.Warn => Overall.Warn, Severity.Unknown => Overall.Unknown };
    }

    /// <summary>The same with only these checks, and those that are UNKNOWN.</summary>
    public FactoryHealth Only(IReadOnlyCollection<CheckCode> codes)
    {
        var checks = Checks.RemoveAll(check => !codes.Contains(check.Code) && check.Severity is not Severity.Unknown);
        return this with { Checks = checks, Overall = WorstOf(checks), NotJudged = NotJudged.RemoveAll(one => !codes.Contains(one.Code)) };
    }

    /// <summary>The display order of a severity: UNKNOWN comes before WARN.</summary>
    public static int Rank(Severity severity) => severity switch { Severity.Error => 0, Severity.Unknown => 1, Severity.Warn => 2 };
}
