using System.Collections.Immutable;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Dashboard;

/// <summary>The subscriptions at work.</summary>
internal static class RunningSubscriptions
{
    public static readonly ImmutableDictionary<SubscriptionId, RunningSubscription> None =
        ImmutableDictionary<SubscriptionId, RunningSubscription>.Empty;

    /// <summary>Starts what is new, changes what asks for something else, and stops what is not wanted any more.</summary>
    public static ImmutableDictionary<SubscriptionId, RunningSubscription> Kept(
        this ImmutableDictionary<SubscriptionId, RunningSubscription> running,
        IReadOnlyList<Subscription> wanted,
        Func<Subscription, RunningSubscription> start
    )
    {
        foreach (var (id, one) in running.Where(known => wanted.All(one => one.Id != known.Key)))
        {
            one.Dispose();
            running = running.Remove(id);
        }

        foreach (var one in wanted)
        {
            if (running.TryGetValue(one.Id, out var known))
                known.Change(one);
            else
                running = running.Add(one.Id, start(one));
        }

        return running;
    }
}
