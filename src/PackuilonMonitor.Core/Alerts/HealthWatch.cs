using System.Collections.Immutable;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>The checks over time: how each changes, and the notification of each change, once.</summary>
public sealed class HealthWatch
{
    private const int MostListed = 200;

    public static readonly HealthWatch Start = new(null, []);

    // Sorted: checks that end at once are listed and announced in one order, in each process.
    private readonly ImmutableSortedDictionary<string, WatchedCheck>? _known;

    private HealthWatch(ImmutableSortedDictionary<string, WatchedCheck>? known, ImmutableList<HealthEvent> events) =>
        (_known, Events) = (known, events);

    /// <summary>A watch that continues from a recorded one: nothing is announced a second time.</summary>
    public static HealthWatch Having(IEnumerable<WatchedCheck> known) =>
        new(known.ToImmutableSortedDictionary(check => check.Last.Key, check => check, StringComparer.Ordinal), []);

    /// <summary>The last turns, oldest first.</summary>
    public ImmutableList<HealthEvent> Events { get; }

    /// <summary>Takes the checks raised at a time. Those of the first time are the past and are not announced.</summary>
    public (HealthWatch Next, ImmutableArray<HealthNotice> Notices) See(IReadOnlyList<RaisedCheck> raised, DateTimeOffset now)
    {
        if (_known is null)
            return (
                new HealthWatch(
                    raised.ToImmutableSortedDictionary(
                        check => check.Key,
                        check => WatchedCheck.Before(check, now),
                        StringComparer.Ordinal
                    ),
                    Events
                ),
                []
            );
        var (known, events, notices) = (_known.ToBuilder(), Events, ImmutableArray.CreateBuilder<HealthNotice>());
        var present = raised.ToDictionary(check => check.Key, StringComparer.Ordinal);
        foreach (var check in raised)
        {
            var before = known.GetValueOrDefault(check.Key);
            events = events.AddRange(Turns(before, check, now));
            known[check.Key] = before is null or { ClearedAt: not null } ? WatchedCheck.Rise(before, check, now) : before.See(check, now);
        }

        foreach (var (key, before) in _known.Where(one => one.Value.ClearedAt is null && !present.ContainsKey(one.Key)))
        {
            events = events.Add(
                Turn(
                    before.Last,
                    HealthTurn.Cleared,
                    now,
                    before.Last.Check.Severity,
                    [],
                    [.. WatchedCheck.Ids(before.Last.Check).Order(StringComparer.Ordinal)]
                )
            );
            known[key] = before.Clear(now);
        }

        foreach (var (key, one) in known.ToArray())
        {
            var (next, notice) = one.Notify(now);
            if (notice is not null)
                notices.Add(notice);
            if (next.IsForgotten(now))
                known.Remove(key);
            else
                known[key] = next;
        }

        return (
            new HealthWatch(known.ToImmutable(), events.Count > MostListed ? events.RemoveRange(0, events.Count - MostListed) : events),
            notices.ToImmutable()
        );
    }

    private static IEnumerable<HealthEvent> Turns(WatchedCheck? before, RaisedCheck raised, DateTimeOffset now)
    {
        var ids = WatchedCheck.Ids(raised.Check);
        if (before is null or { ClearedAt: not null })
        {
            yield return Turn(
                raised,
                HealthTurn.Raised,
                raised.Check.ChangedAt is { } at && at < now ? at : now,
                null,
                [.. ids.Order(StringComparer.Ordinal)],
                []
            );
            yield break;
        }

        var (was, had) = (before.Last.Check, WatchedCheck.Ids(before.Last.Check));
        if (was.Severity != raised.Check.Severity || was.Count != raised.Check.Count || !had.SetEquals(ids))
            yield return Turn(
                raised,
                HealthTurn.Changed,
                now,
                was.Severity,
                [.. ids.Except(had).Order(StringComparer.Ordinal)],
                [.. had.Except(ids).Order(StringComparer.Ordinal)]
            );
        if (was.IsMuted != raised.Check.IsMuted)
            yield return Turn(raised, raised.Check.IsMuted ? HealthTurn.Muted : HealthTurn.Unmuted, now, was.Severity, [], []);
    }

    private static HealthEvent Turn(
        RaisedCheck raised,
        HealthTurn turn,
        DateTimeOffset at,
        Severity? was,
        ImmutableArray<string> items,
        ImmutableArray<string> gone
    ) =>
        new(at, raised.Factory, raised.Check.Code, turn, raised.Check.Severity, was, raised.Check.Count, raised.Check.Words, items, gone);
}
