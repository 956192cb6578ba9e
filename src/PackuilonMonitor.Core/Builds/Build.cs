using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

/// <summary>How far a build is, and how it ended.</summary>
public enum BuildState
{
    Building,
    Succeeded,
    Failed,

    /// <summary>Packer was interrupted.</summary>
    Cancelled,

    /// <summary>The daemon or its worker ended before a verdict.</summary>
    Lost,

    /// <summary>It ran when messages were thrown away, and no line since says how it went on: it may run or have ended.</summary>
    Unknown,
}

/// <summary>One run of Packer, as the system log tells it. <see cref="BuildView"/> adds what its own log says.</summary>
/// <param name="Number">Its place in the order of starts, from 1; 0 for a build that is remembered from earlier and not read now.</param>
/// <param name="Id">Log file name, start second and ordinal among equals: the same for the same logs, whoever reads them.</param>
/// <param name="LogPath">The log's path as announced, without doubled slashes.</param>
/// <param name="Worker">Its thread, or null where no line allows to say.</param>
/// <param name="Line">The line the state rests on.</param>
/// <param name="SharedLog">Another build wrote the same log at the same time.</param>
/// <param name="Log">Its own log as it was before the file began again, or null.</param>
public sealed record Build(
    int Number, string Id, LogName Name, string LogPath, ImageName Image, string? Template, WorkerId? Worker, string Host,
    DateTimeOffset? TakenAt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, BuildState State = BuildState.Building,
    string? Line = null, bool SharedLog = false, string? Trigger = null, BuildLog? Log = null)
{
    /// <summary>No line says that it has ended.</summary>
    public bool Running => State is BuildState.Building or BuildState.Unknown;

    /// <summary>The take of its message; null where no thread is known to have it.</summary>
    public long? Ticket { get; init; }

    /// <summary>When messages were thrown away while it ran; null where none were.</summary>
    public DateTimeOffset? DoubtedAt { get; init; }

    internal Build End(DateTimeOffset at, BuildState state, string? line) => this with { EndedAt = at, State = state, Line = line };
}
