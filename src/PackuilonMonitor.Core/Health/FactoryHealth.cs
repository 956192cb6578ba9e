using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health.Checks;

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

    /// <summary>Evaluates a factory. Pure: the same arguments give the same health.</summary>
    /// <param name="builds">All builds, including stored ones, by start; null for those of the state.</param>
    /// <param name="now">The clock, or the given instant; not the last line.</param>
    public static FactoryHealth Of(
        MonitorState state,
        IReadOnlyList<BuildView>? builds,
        DateTimeOffset now,
        HealthLimits limits,
        Surroundings around,
        IEnumerable<Mute>? mutes = null
    )
    {
        var at = new Judging(state, builds ?? BuildView.All(state), now, limits, around);
        var raised = Raised(at).OfType<Check>().Where(check => !limits.Off.Contains(check.Code)).ToList();
        var settled = Mutes.Of(mutes ?? [], raised, now);
        var checks = settled
            .On(raised)
            .OrderBy(check => check.IsMuted)
            .ThenBy(check => Rank(check.Severity))
            .ThenBy(check => check.Code)
            .ToImmutableArray();
        return new FactoryHealth(state.Factory, Of(checks), checks, [.. NotSeen(at)], now)
        {
            AsOf = at.LastLineAt,
            Stages = Stage.Of(at),
            Mutes = settled,
            Name = around.Name,
            SilenceLimit = at.SystemLogs.Select(at.LimitOf).DefaultIfEmpty().Max(),
            Threads = at.Workers,
        };
    }

    /// <summary>The worst of them; a muted one counts only if it is UNKNOWN.</summary>
    public static Overall Of(IEnumerable<Check> checks)
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
        return this with { Checks = checks, Overall = Of(checks), NotJudged = NotJudged.RemoveAll(one => !codes.Contains(one.Code)) };
    }

    /// <summary>The display order of a severity: UNKNOWN comes before WARN.</summary>
    public static int Rank(Severity severity) => severity switch { Severity.Error => 0, Severity.Unknown => 1, Severity.Warn => 2 };

    private static IEnumerable<Check?> Raised(Judging at)
    {
        var down = DaemonDown.Of(at);
        yield return down;
        yield return BrokerDown.Of(at);
        // Nobody takes messages while the daemon is down: that says more than each of its threads.
        if (down?.Items.Any(item => item.Id == DaemonDown.Daemon) != true)
        {
            yield return WorkerLost.Of(at);
            yield return WorkerSilent.Of(at);
            yield return QueueWaiting.Of(at);
        }

        yield return BuildFailed.Of(at);
        yield return BuildLost.Of(at);
        yield return BuildStuck.Of(at);
        yield return ChangeNotBuilt.Of(at);
        yield return TriggerFailing.Of(at);
        yield return SourceUnreadable.Of(at);
        yield return SourceSilent.Of(at);
        yield return MessagesDropped.Of(at);
        yield return TimesUnreadable.Of(at);
        yield return TwoHosts.Of(at);
        yield return LinesUnrecognised.Of(at);
        yield return ImageFlaky.Of(at);
        yield return LeftBehindCheck.Of(at);
        yield return OwnWork.Of(at, CheckCode.HistoryOff);
        yield return OwnWork.Of(at, CheckCode.NotifyFailing);
        yield return ShipBehind.Of(at);
    }

    private static IEnumerable<NotJudged> NotSeen(Judging at)
    {
        foreach (var code in at.Around.NotJudged)
            yield return code;
        if (at.Around.LogDirectory is null)
            yield return new NotJudged(CheckCode.LeftBehind, "no build logs are read here");
        if (at.Around.SilenceIsUsual || (at.Around.From is not null && !at.SystemLogs.Any(at.MayNotBeSilent)))
            yield return new NotJudged(
                CheckCode.SourceSilent,
                "lines of other programs are not read, so a quiet source and a dead one look alike"
            );
    }
}
