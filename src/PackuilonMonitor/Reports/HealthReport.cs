using PackuilonMonitor.Core.Health;

namespace PackuilonMonitor.Reports;

/// <summary>The health of all factories together: as bad as the worst of them.</summary>
/// <param name="Factories">Sorted by name; one without a name if there is only one.</param>
/// <param name="Figures">Figures of each, for performance data.</param>
public sealed record HealthReport(IReadOnlyList<FactoryHealth> Factories, IReadOnlyList<HealthFigures> Figures)
{
    /// <summary>The file of the mutes that count; null where there is none.</summary>
    public string? MutesPath { get; init; }

    /// <summary>They are those of all users of the host.</summary>
    public bool MutesAreHosts { get; init; }

    public Overall Overall => FactoryHealth.WorstOf(Factories.SelectMany(factory => factory.Checks));

    public bool IsBlind => Factories.Any(factory => factory.IsBlind);

    public DateTimeOffset Now => Factories[0].Now;

    public DateTimeOffset? AsOf => Factories.Max(factory => factory.AsOf);

    /// <summary>Since when the overall state is what it is: that of the oldest check behind it; null if all is well.</summary>
    public DateTimeOffset? Since => Factories
        .SelectMany(factory => factory.Checks)
        .Where(check => !check.IsMuted && check.Severity.Name() == Overall.Name())
        .Min(check => check.Since);

    /// <summary>The checks of all, in the order of the screen.</summary>
    public IEnumerable<(string? Factory, Check Check)> Checks => Factories
        .SelectMany(factory => factory.Checks.Select(check => (factory.Factory, Check: check)))
        .OrderBy(one => one.Check.IsMuted)
        .ThenBy(one => FactoryHealth.Rank(one.Check.Severity))
        .ThenBy(one => one.Check.Code);

    public IEnumerable<(string? Factory, Mute Mute)> Mutes =>
        Factories.SelectMany(factory => factory.Mutes.Holding.Select(mute => (factory.Factory, mute)));

    public IEnumerable<(string? Factory, NotJudged NotJudged)> NotJudged =>
        Factories.SelectMany(factory => factory.NotJudged.Select(one => (factory.Factory, one)));

    public IEnumerable<(string? Factory, Stage Stage)> Stages =>
        Factories.SelectMany(factory => factory.Stages.Select(stage => (factory.Factory, stage)));

    /// <summary>Only these checks, and those that are UNKNOWN.</summary>
    public HealthReport Only(IReadOnlyCollection<CheckCode> codes) => codes.Count == 0 ? this : this with
    {
        Factories = [.. Factories.Select(factory => factory.Only(codes))],
    };
}

/// <summary>The figures for graphs of a factory.</summary>
/// <param name="Workers">The number of living threads.</param>
/// <param name="Threads">The configured number of threads; null if unknown.</param>
/// <param name="Silent">How long no line of any program came; null if none was read.</param>
/// <param name="SilenceLimit">How long that may be.</param>
public sealed record HealthFigures(int Workers, int? Threads, int Building, long Queue, TimeSpan? Silent, TimeSpan SilenceLimit);
