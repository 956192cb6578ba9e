using System.Collections.Immutable;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Health;

namespace PackuilonMonitor.Record;

/// <summary>The health of the recorded factories and the mutes of their host, which end with it. On one thread.</summary>
public sealed class HealthKeeper(HealthSender sender, HostMutes mutes)
{
    private bool _hasRead;

    /// <summary>Judges the factories, with what is muted by now; returns them with that.</summary>
    public Snapshot See(Snapshot factories, DateTimeOffset now)
    {
        var changed = mutes.Take(sender.Muted, (factory, mute, by) => sender.Unmuted(factory, mute, "by hand", by, now));
        var all = factories.All.Select(factory => factory.Name).ToList();
        var after = (_hasRead ? all.Where(changed.Contains) : all)
            .Aggregate(factories, (known, name) => With(known, name, [.. mutes.Of(name)]));
        _hasRead = true;
        sender.See(after, now);
        return after.IsComplete ? all.Aggregate(after, (known, name) => Ended(known, name, now)) : after;
    }

    private Snapshot Ended(Snapshot factories, string? name, DateTimeOffset now)
    {
        if (factories.Of(name).HealthAt(now).Mutes is not { Ended.IsEmpty: false } own)
            return factories;
        mutes.Keep(name, own.Holding);
        foreach (var ended in own.Ended)
            sender.Unmuted(name, ended.Mute, ended.Why, by: null, now);
        return With(factories, name, own.Holding);
    }

    private static Snapshot With(Snapshot factories, string? name, ImmutableArray<Mute> holding) =>
        factories.With(name, facts => facts with { Health = facts.Health with { Mutes = holding } });
}
