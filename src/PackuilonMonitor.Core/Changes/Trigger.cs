using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Changes;

/// <summary>What the trigger script did with a rebuilt profile.</summary>
public enum TriggerResult
{
    Queued,
    Unchanged,

    /// <summary>The first revisions mistook a new profile for an unchanged one and built nothing.</summary>
    NewUnchanged,
    NotDownloaded,
    PushFailed,
}

/// <summary>What ties a job to a change.</summary>
public enum TieGround
{
    /// <summary>The cached profile asks for the job's image.</summary>
    Cache,

    /// <summary>Profile and image have one name.</summary>
    Name,

    /// <summary>Earlier changes of the profile became jobs of this image.</summary>
    Learned,

    /// <summary>The job was next in the queue, and nothing names it.</summary>
    Order,
}

/// <summary>A profile that Aquilon rebuilt, from the packet to its builds.</summary>
/// <param name="Id">Profile, second and ordinal among equals.</param>
/// <param name="At">When cdb2rabbit named the profile.</param>
/// <param name="PacketAt">When cdp-listend read the packet for which it called this run; null for a run started by hand.</param>
/// <param name="Result">Null while cdb2rabbit works on it, or if no line says it.</param>
/// <param name="QueuedAt">When its message was published.</param>
/// <param name="TakenAt">When a worker took its message, even if the lines do not show the job.</param>
/// <param name="ByName">Whether the job was recognised by its name; otherwise by its turn in the queue.</param>
/// <param name="Builds">The ids of its builds, in order of start.</param>
/// <param name="TakenBy">The thread that took the message; null if its job is unknown.</param>
public sealed record Trigger(
    string Id, string Host, DateTimeOffset At, DateTimeOffset? PacketAt, string Profile, bool New = false, TriggerResult? Result = null,
    DateTimeOffset? QueuedAt = null, DateTimeOffset? TakenAt = null, bool ByName = false, ImmutableList<string>? Builds = null,
    WorkerId? TakenBy = null) : IArchived<Trigger>
{
    /// <summary>Its ordinal among its profile's triggers of one second, from 1; part of its id unless it is the first.</summary>
    internal int Ordinal { get; init; } = 1;

    /// <summary>
    /// The time in the packet, in seconds since 1970: when the server sent it. It may have waited in the socket of cdp-listend since.
    /// </summary>
    public long? PacketEpoch { get; init; }

    /// <summary>
    /// Whether the job is certainly this change's. Not for an order match, nor for a name that another message may have.
    /// </summary>
    public bool Certain { get; init; }

    /// <summary>What ties the job to this change; null if no job is known to be its own.</summary>
    public TieGround? Ground { get; init; }

    /// <summary>When the run of cdb2rabbit that announced it began.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>The process of that run; null if the tag has none.</summary>
    public int? RunPid { get; init; }

    /// <summary>Since when the thread that took the message was idle; null if that is unknown.</summary>
    public DateTimeOffset? TakerFreeSince { get; init; }

    /// <summary>The images that the jobs of its message named; null if no job is known to be its own.</summary>
    public ImmutableList<string>? Images { get; init; }

    /// <summary>Why its message was refused; null if it was not.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>
    /// The line about the refusal of its message, or a conclusion about a message that was passed over; null otherwise.
    /// </summary>
    public string? RefusedWhy { get; init; }

    /// <summary>Younger messages were taken, so this one is not in the queue any more, and no job is known to be its own.</summary>
    public bool PassedOver { get; init; }

    /// <summary>The run that announced it has ended, so a missing result stays missing.</summary>
    public bool RunOver { get; init; }

    /// <summary>Its message is still in the queue.</summary>
    public bool Waiting => Result is TriggerResult.Queued && TakenAt is null && !PassedOver;

    Trigger IArchived<Trigger>.Through(Archive archive) => new(
        archive.Text(Id),
        archive.Text(Host),
        archive.Time(At),
        archive.TimeOrNull(PacketAt),
        archive.Text(Profile),
        archive.Flag(New),
        archive.Optional(Result, static (archive, result) => (TriggerResult)archive.Number((int)result)),
        archive.TimeOrNull(QueuedAt),
        archive.TimeOrNull(TakenAt),
        archive.Flag(ByName),
        archive.Flag(Builds is not null) ? archive.List(Builds!) : null,
        archive.Optional(TakenBy, static (archive, worker) => new WorkerId(archive.Number(worker.Number)))
    )
    {
        Ordinal = archive.Number(Ordinal),
        PacketEpoch = archive.NumberOrNull(PacketEpoch),
        Certain = archive.Flag(Certain),
        Ground = archive.Optional(Ground, static (archive, ground) => (TieGround)archive.Number((int)ground)),
        RunAt = archive.TimeOrNull(RunAt),
        RunPid = archive.NumberOrNull(RunPid),
        TakerFreeSince = archive.TimeOrNull(TakerFreeSince),
        Images = archive.Flag(Images is not null) ? archive.List(Images!) : null,
        Refused = archive.Optional(Refused, static (archive, why) => (Refusal)archive.Number((int)why)),
        RefusedWhy = archive.TextOrNull(RefusedWhy),
        PassedOver = archive.Flag(PassedOver),
        RunOver = archive.Flag(RunOver),
    };
}
