using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>All checks of a factory.</summary>
public static class HealthChecks
{
    /// <summary>Evaluates a factory. Pure: the same arguments give the same health.</summary>
    /// <param name="builds">All builds, including stored ones, by start; null for those of the state.</param>
    /// <param name="now">The clock, or the given instant; not the last line.</param>
    public static FactoryHealth Evaluate(
        MonitorState state,
        IReadOnlyList<BuildView>? builds,
        DateTimeOffset now,
        HealthLimits limits,
        Surroundings around,
        IEnumerable<Mute>? mutes = null
    ) => Evaluate(HealthSubject.Of(state, builds ?? BuildView.All(state)), now, limits, around, mutes ?? []);

    /// <summary>The same of a subject that is evaluated more than once.</summary>
    internal static FactoryHealth Evaluate(
        HealthSubject subject,
        DateTimeOffset now,
        HealthLimits limits,
        Surroundings around,
        IEnumerable<Mute> mutes
    )
    {
        var at = new CheckInput(subject, now, limits, around);
        var raised = Raised(at).OfType<Check>().Where(check => !limits.Off.Contains(check.Code)).ToList();
        var settled = Mutes.Of(mutes, raised, now);
        var checks = settled
            .On(raised)
            .OrderBy(check => check.IsMuted)
            .ThenBy(check => FactoryHealth.Rank(check.Severity))
            .ThenBy(check => check.Code)
            .ToImmutableArray();
        return new FactoryHealth(subject.State.Factory, FactoryHealth.WorstOf(checks), checks, [.. NotSeen(at)], now)
        {
            AsOf = at.LastLineAt,
            Stages = Stages.Of(at),
            Mutes = settled,
            Name = around.Name,
            SilenceLimit = at.SystemLogs.Select(at.LimitOf).DefaultIfEmpty().Max(),
            Threads = at.Workers,
        };
    }

    private static IEnumerable<Check?> Raised(CheckInput at)
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

    private static IEnumerable<NotJudged> NotSeen(CheckInput at)
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
