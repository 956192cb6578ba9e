using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>The triggers seen, oldest first, and the one run of cdb2rabbit that may be going on.</summary>
public sealed record TriggerQueue
{
    /// <summary>Of more triggers than these the oldest is forgotten.</summary>
    public const int Most = TriggerTable.Most;

    public static readonly TriggerQueue Empty = new();

    /// <summary>Oldest first.</summary>
    public ImmutableList<Trigger> Triggers => Table.All;

    /// <summary>Messages that were pushed and not yet taken, as far as the lines tell.</summary>
    public int Waiting => Table.Waiting.Count;

    private TriggerTable Table { get; init; } = TriggerTable.Empty;

    /// <summary>The profile that cdb2rabbit is at; lines that name none are about it.</summary>
    public string? Current { get; private init; }

    /// <summary>The last packet that no run of cdb2rabbit followed yet.</summary>
    private DateTimeOffset? PacketAt { get; init; }

    /// <summary>No trigger yet of the factory with that name.</summary>
    internal static TriggerQueue Of(string factory) => new() { Table = TriggerTable.Empty with { Factory = factory } };

    internal TriggerQueue Apply(DateTimeOffset at, string host, MonitorEvent said) => said switch
    {
        PacketReceived { Kind: "cdb" } => this with { PacketAt = at },
        // cdp-listend waits for each run, so no run is going on when it calls the next; a bare "Starting" may have lost its name.
        TriggerStarted or CallMade => this with { Current = null },
        TriggerExited => this with { Current = null, PacketAt = null },
        ProfileRebuilt profile => Begin(at, host, profile.Profile),
        ProfileDownloading profile => Named(at, host, profile.Profile, trigger => trigger),
        ProfileNew profile => Named(at, host, profile.Profile, trigger => trigger with { New = true }),
        ProfileUpdated profile => Named(at, host, profile.Profile, trigger => trigger),
        ProfileUnchanged profile => Named(at, host, profile.Profile,
            trigger => trigger with { Result = trigger.New ? TriggerResult.NewUnchanged : TriggerResult.Unchanged }),
        ProfileFailed { Profile: { } profile } => Named(at, host, profile, trigger => trigger with { Result = TriggerResult.NotDownloaded }),
        ProfileFailed => OfCurrent(trigger => trigger with { Result = trigger.Result ?? TriggerResult.NotDownloaded }),
        MessagePushing => OfCurrent(trigger => trigger with { Result = TriggerResult.Queued, QueuedAt = at }),
        PushFailed => OfCurrent(trigger => trigger with { Result = TriggerResult.PushFailed, QueuedAt = null }),
        _ => this,
    };

    /// <summary>
    /// The trigger a job came from: of those waiting the one whose profile agrees longest with the image's name, the oldest
    /// among equals; where no name tells, the oldest of those that no known image has the name of, because the queue is first in, first out.
    /// </summary>
    /// <param name="isBuilt">Whether the image of a build that is remembered begins with these letters; asked only where no name tells.</param>
    internal (TriggerQueue, string? Trigger) Take(DateTimeOffset at, WorkerId worker, ImageName image, Func<string, bool> isBuilt)
    {
        var named = Table.WaitingFor(image, at);
        var first = named ?? Table.OldestWaiting(trigger => trigger.QueuedAt <= at && !(TriggerTable.Letters(trigger.Profile) is { Length: > 0 } letters && isBuilt(letters)));
        return first is null ? (this, null)
            : (this with { Table = Table.Change(first.Id, _ => first with { TakenAt = at, TakenBy = worker, ByName = named is not null }) }, first.Id);
    }

    internal TriggerQueue AddBuild(string trigger, string build) =>
        this with { Table = Table.Change(trigger, known => known with { Builds = Added(known.Builds ?? [], build) }) };

    private static ImmutableList<string> Added(ImmutableList<string> builds, string build) => (builds.Count < Job.MostBuilt ? builds : builds.RemoveAt(0)).Add(build);

    /// <summary>The build turned out to be another trigger's, or nobody's.</summary>
    internal TriggerQueue MoveBuild(string build, string? from, string? to)
    {
        if (from == to)
            return this;
        var left = from is null ? this : this with { Table = Table.Change(from, known => known with { Builds = known.Builds?.Remove(build) }) };
        return to is null ? left : left.AddBuild(to, build);
    }

    private TriggerQueue Begin(DateTimeOffset at, string host, string profile)
    {
        var id = Table.NewId(profile, at);
        return this with { Table = Table.Add(new Trigger(id, host, at, PacketAt, profile)), Current = id };
    }

    private TriggerQueue Named(DateTimeOffset at, string host, string profile, Func<Trigger, Trigger> change) =>
        Table.LastOf(profile) is { } known && (known.Result is null || known.Id == Current)
            ? this with { Table = Table.Change(known.Id, change), Current = known.Id }
            : Begin(at, host, profile).OfCurrent(change);

    private TriggerQueue OfCurrent(Func<Trigger, Trigger> change) =>
        Current is null ? this : this with { Table = Table.Change(Current, change) };
}
