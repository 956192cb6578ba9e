using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Changes;

/// <summary>A packet that says that profiles changed.</summary>
/// <param name="At">When cdp-listend read it.</param>
/// <param name="Epoch">When it was sent, in seconds since 1970.</param>
internal sealed record Packet(DateTimeOffset At, long Epoch) : IArchived<Packet>
{
    Packet IArchived<Packet>.Through(Archive archive) => new(archive.Time(At), archive.Number(Epoch));
}

/// <summary>A run of the trigger script that has not ended, as far as the lines show.</summary>
/// <param name="Pid">Its process, or null if the tag has none.</param>
/// <param name="Called">Whether cdp-listend called it; otherwise somebody started it by hand.</param>
/// <param name="Current">The id of the change it works on; lines without a profile belong to that change.</param>
internal sealed record Run(long Number, int? Pid, string Host, DateTimeOffset At, bool Called, Packet? Packet, string? Current = null)
    : IArchived<Run>
{
    /// <summary>The ids of the changes that it announced and has not concluded, by profile.</summary>
    public ImmutableDictionary<string, string> Open { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Its current profile has changed, so its next step is to publish.</summary>
    public bool Publishes { get; init; }

    /// <summary>A line says when it began; otherwise that is the time of its first line.</summary>
    public bool BeginIsSeen { get; init; }

    /// <summary>It named a profile.</summary>
    public bool Named { get; init; }

    public DateTimeOffset LastLineAt { get; init; } = At;

    Run IArchived<Run>.Through(Archive archive) => new(
        archive.Number(Number),
        archive.NumberOrNull(Pid),
        archive.Text(Host),
        archive.Time(At),
        archive.Flag(Called),
        archive.OwnOrNull(Packet),
        archive.TextOrNull(Current)
    )
    {
        Open = archive.ByName(Open, static (archive, id) => archive.Text(id)),
        Publishes = archive.Flag(Publishes),
        BeginIsSeen = archive.Flag(BeginIsSeen),
        Named = archive.Flag(Named),
        LastLineAt = archive.Time(LastLineAt),
    };
}

/// <summary>A run of the trigger script that failed before it named a profile.</summary>
/// <param name="At">When it began.</param>
/// <param name="PacketAt">When the packet of its call arrived; null if somebody started it by hand.</param>
/// <param name="PacketEpoch">When that packet was sent, in seconds since 1970.</param>
/// <param name="EndedAt">The time of the line that says so.</param>
/// <param name="Why">The text of that line.</param>
public sealed record FailedRun(
    long Number,
    string Host,
    DateTimeOffset At,
    DateTimeOffset? PacketAt,
    long? PacketEpoch,
    DateTimeOffset EndedAt,
    string Why
) : IArchived<FailedRun>
{
    FailedRun IArchived<FailedRun>.Through(Archive archive) => new(
        archive.Number(Number),
        archive.Text(Host),
        archive.Time(At),
        archive.TimeOrNull(PacketAt),
        archive.NumberOrNull(PacketEpoch),
        archive.Time(EndedAt),
        archive.Text(Why)
    );
}
