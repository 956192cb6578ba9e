using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// Messages wait although a worker is idle: it polls every two seconds, so it may have ended silently. While all workers build, waiting is
/// normal.
/// </summary>
internal static class QueueWaiting
{
    public static Check? Of(CheckInput at)
    {
        var idle = at.State.Workers.Values.Where(worker => worker.Activity is Idle or BetweenTemplates or Reconnecting).ToList();
        if (idle.Count == 0)
            return null;
        var free = Later(idle.Min(worker => worker.Since), at.Vitals.TakenAt);
        var (waiting, taken) = at.Subject.Messages.Get(Queue.Of);
        if (at.State.Measured is { } measured)
            return measured == 0 || waiting.Count == 0 ? null : Raised(at, idle.Count, waiting, free);
        // If a younger one was taken, the older ones are not in the queue any more.
        return Raised(at, idle.Count, [.. waiting.Where(trigger => taken is null || trigger.QueuedAt >= taken)], free);
    }

    private static Check? Raised(CheckInput at, int idle, IReadOnlyList<Trigger> waiting, DateTimeOffset free)
    {
        var old = waiting.Where(trigger => at.Elapsed(Later(trigger.QueuedAt!.Value, free)) >= at.Limits.QueueWait).ToList();
        if (old.Count == 0)
            return null;
        var waited = at.Elapsed(Later(old.Min(trigger => trigger.QueuedAt!.Value), free));
        var severity = waited >= at.Limits.QueueError ? Severity.Error : Severity.Warn;
        var items = old.GroupBy(trigger => trigger.Profile, StringComparer.Ordinal)
            .Select(profile => profile.MinBy(trigger => trigger.QueuedAt)!)
            .OrderByDescending(trigger => trigger.QueuedAt)
            .Select(trigger => new HealthItem(
                trigger.Profile,
                $"waits {Words.Span(at.Elapsed(trigger.QueuedAt!.Value))}; the daemon may be dead without a word",
                trigger.QueuedAt
            )
            {
                Profile = trigger.Profile,
            })
            .ToImmutableArray();
        var summary =
            $"{CheckText.Count(items.Length, "message waits", "messages wait")} {Words.Span(waited)} "
            + $"while {CheckText.Count(idle, "worker is idle", "workers are idle")}";
        return new Check(CheckCode.QueueWaiting, severity, items, CheckSummary.Of(summary), "systemctl status rabbit2packer");
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    /// <param name="Waiting">The changes whose messages nobody has taken or refused.</param>
    /// <param name="Taken">When the youngest message that was taken came to the queue.</param>
    private sealed record Queue(IReadOnlyList<Trigger> Waiting, DateTimeOffset? Taken)
    {
        public static Queue Of(Derived<Messages> messages)
        {
            var refusals = messages.Get(Refusals.Of);
            var triggers = messages.Input.Changes.Triggers;
            return new Queue(
                [
                    .. triggers.Where(trigger =>
                        trigger.Waiting && trigger.QueuedAt is not null && refusals.Of(trigger) is null && !refusals.IsTaken(trigger)
                    ),
                ],
                triggers.Where(trigger => trigger.TakenAt is not null).Max(trigger => trigger.QueuedAt)
            );
        }
    }
}
