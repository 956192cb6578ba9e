using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What came of a rebuilt profile.</summary>
public enum TriggerResult
{
    Queued,
    Unchanged,

    /// <summary>The first revisions took a new profile for an unchanged one and built nothing.</summary>
    NewUnchanged,
    NotDownloaded,
    PushFailed,
}

/// <summary>A profile that Aquilon rebuilt, from the packet to the builds that came of it.</summary>
/// <param name="Id">Profile, second and ordinal among equals.</param>
/// <param name="At">When cdb2rabbit named the profile.</param>
/// <param name="PacketAt">When the packet arrived that made cdp-listend call it, if one did.</param>
/// <param name="Result">Null while cdb2rabbit is at it, or where it never said.</param>
/// <param name="TakenBy">The thread that took the message.</param>
/// <param name="ByName">The job was recognised by its name; else by its turn in the queue.</param>
public sealed record Trigger(
    string Id, string Host, DateTimeOffset At, DateTimeOffset? PacketAt, string Profile, bool New = false, TriggerResult? Result = null,
    DateTimeOffset? QueuedAt = null, DateTimeOffset? TakenAt = null, bool ByName = false, ImmutableList<string>? Builds = null,
    WorkerId? TakenBy = null)
{
    public bool Waiting => Result is TriggerResult.Queued && TakenAt is null;
}
