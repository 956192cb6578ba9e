using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// Which refused message belongs to which change. A refusal without a name took the oldest message of the queue; one of a known job belongs
/// to its thread. The others were queued by hand.
/// </summary>
internal sealed class Refusals
{
    /// <summary>A message is refused as soon as its profile is read.</summary>
    private static readonly TimeSpan Said = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Rejection> _byTrigger = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<Rejection> _assigned = new(ReferenceEqualityComparer.Instance);

    /// <summary>The refusal of a change's message; null if it was not refused.</summary>
    public Rejection? Of(Trigger trigger) => _byTrigger.GetValueOrDefault(trigger.Id);

    /// <summary>A job was given to an older change whose message had been refused by then: it was this one's.</summary>
    public bool IsTaken(Trigger trigger) => _taken.Contains(trigger.Id);

    public bool IsOfAChange(Rejection rejection) => _assigned.Contains(rejection);

    public static Refusals Of(Derived<Messages> messages)
    {
        var (changes, rejections) = messages.Input;
        var refusals = new Refusals();
        var queued = changes
            .Triggers.Where(trigger => trigger is { Result: TriggerResult.Queued, QueuedAt: not null })
            .OrderBy(trigger => trigger.QueuedAt)
            .ToList();
        foreach (var rejection in rejections)
        {
            // The lines of a refused message were already matched to its change.
            var known = changes.Triggers.LastOrDefault(one => IsOf(rejection, one) && !refusals._byTrigger.ContainsKey(one.Id));
            var trigger = known
                ?? (
                    rejection.Image is null
                        ? queued.Find(trigger =>
                            trigger.QueuedAt <= rejection.At
                            && (trigger.TakenAt is null || trigger.TakenAt > rejection.At)
                            && !refusals._byTrigger.ContainsKey(trigger.Id)
                        )
                        : queued.FindLast(trigger =>
                            trigger.TakenBy == rejection.Worker
                            && trigger.TakenAt <= rejection.At
                            && trigger.Builds is null or { IsEmpty: true }
                        )
                );
            if (trigger is null || !refusals._byTrigger.TryAdd(trigger.Id, rejection))
                continue;
            refusals._assigned.Add(rejection);
            // Its turn is over: the next refusal took a younger one.
            queued.Remove(trigger);
            // A job that it was given later belonged to a message that seems to wait.
            if (trigger.TakenAt > rejection.At && queued.Find(next => IsLeft(next, trigger)) is { } left)
                refusals._taken.Add(left.Id);
        }

        return refusals;

        // The lines about a message come a moment before its refusal.
        static bool IsOf(Rejection rejection, Trigger one) =>
            one.Refused == rejection.Why
            && one.TakenBy == rejection.Worker
            && one.TakenAt <= rejection.At
            && rejection.At - one.TakenAt < Said;

        bool IsLeft(Trigger next, Trigger refused) =>
            next.TakenAt is null
            && next.QueuedAt <= refused.TakenAt
            && !refusals._taken.Contains(next.Id)
            && (!refused.ByName || next.Profile == refused.Profile);
    }
}
