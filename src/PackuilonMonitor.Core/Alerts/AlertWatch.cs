using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>
/// The alerts between two states: never what was so before, so the past is not announced. The end of a build, a stuck build and the
/// loss of a thread are announced once each, whatever later lines show.
/// </summary>
public sealed class AlertWatch
{
    public static readonly AlertWatch Start = new([]);

    private readonly ImmutableHashSet<string> _reported;

    private AlertWatch(ImmutableHashSet<string> reported) => _reported = reported;

    /// <summary>A watch that gave these alerts already, by their keys.</summary>
    public static AlertWatch Having(IEnumerable<string> given) => new([.. given]);

    /// <summary>The key of an alert.</summary>
    public static string KeyOf(Alert alert) => alert.Kind switch
    {
        AlertKind.WorkerLost => FactoryName.Own(alert.Factory, $"{alert.Worker} {alert.At.Ticks}"),
        AlertKind.Stuck => $"stuck {alert.Build}",
        // Its own watch announces it once.
        AlertKind.Health => FactoryName.Own(alert.Factory, $"health {alert.At.Ticks}"),
        AlertKind.Failed or AlertKind.Lost or AlertKind.Cancelled or AlertKind.Succeeded => $"end {alert.Build}",
    };

    /// <param name="before">What was known; not the empty state before everything was read.</param>
    /// <param name="then">When that was.</param>
    /// <param name="after">What is known now.</param>
    /// <param name="now">When that is.</param>
    public (AlertWatch Next, ImmutableArray<Alert> Alerts) Between(Snapshot before, DateTimeOffset then, Snapshot after, DateTimeOffset now)
    {
        var reported = _reported;
        var alerts = ImmutableArray.CreateBuilder<Alert>();
        foreach (var alert in Seen(before, then, after, now))
        {
            var key = KeyOf(alert);
            if (reported.Contains(key))
                continue;
            reported = reported.Add(key);
            alerts.Add(alert);
        }

        return (alerts.Count == 0 ? this : new AlertWatch(Remembered(reported, after)), alerts.ToImmutable());
    }

    private static IEnumerable<Alert> Seen(Snapshot before, DateTimeOffset then, Snapshot after, DateTimeOffset now) =>
        after.Factories.SelectMany(factory => Seen(before.Of(factory.Name), then, factory, now));

    private static IEnumerable<Alert> Seen(FactorySnapshot before, DateTimeOffset then, FactorySnapshot after, DateTimeOffset now)
    {
        // Until a factory was read to its end, everything is its past: at the start, and whenever everything is read again.
        if (!before.State.Logs.Complete || !after.State.Logs.Complete)
            yield break;
        foreach (var build in before.Running)
        {
            if (after.Find(build.Id) is not { } later)
                continue;
            // A log that no line of the system log names, and that never ended, may lie there since long ago.
            if (!later.Running)
                yield return Ended(later, now);
            else if (
                later.Build is not null
                && before.OutlookOf(build, then).Stuck is null
                && after.OutlookOf(later, now).Stuck is not null
            )
                yield return new Alert(AlertKind.Stuck, now, later.Id, later.Worker, later.Factory);
        }

        // Time alone makes a build stuck, and nothing else.
        if (ReferenceEquals(before, after))
            yield break;
        // A build may begin and end between two states. A build that is known only by its log was not seen to end.
        var news = ReferenceEquals(before.Builds, after.Builds) ? [] : after.Builds;
        foreach (var build in news.Where(build => build.Build is not null && !build.Running && before.Find(build.Id) is null))
            yield return Ended(build, now);
        foreach (var worker in after.State.Workers.Values.Where(worker => IsNewlyLost(before.State, worker)))
            yield return new Alert(AlertKind.WorkerLost, worker.Since, null, worker.Id, after.Name);
    }

    private static Alert Ended(BuildView build, DateTimeOffset now) =>
        new(KindOf(build.State), build.EndedAt ?? now, build.Id, build.Worker, build.Factory);

    /// <summary>The alert for an ended build.</summary>
    public static AlertKind KindOf(BuildState state) => state switch
    {
        BuildState.Succeeded => AlertKind.Succeeded,
        BuildState.Failed => AlertKind.Failed,
        BuildState.Cancelled => AlertKind.Cancelled,
        BuildState.Lost or BuildState.Building or BuildState.Unknown => AlertKind.Lost,
    };

    private static bool IsNewlyLost(MonitorState before, Worker worker) =>
        worker.Activity is Lost && before.Workers.GetValueOrDefault(worker.Id.Number) is not { Activity: Lost };

    /// <summary>Builds that are forgotten need not be remembered here either.</summary>
    private static ImmutableHashSet<string> Remembered(ImmutableHashSet<string> reported, Snapshot after) => reported.Count <= Most
        ? reported
        : [.. reported.Where(key => key.Split(' ', 2) is ["end" or "stuck", var id] && after.Find(id) is not null)];

    private const int Most = 2 * BuildTable.Most;
}
