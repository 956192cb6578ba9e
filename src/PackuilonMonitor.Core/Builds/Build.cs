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

    /// <summary>It ran when messages were dropped, and no line since says how it went on: it may run or have ended.</summary>
    Unknown,
}

/// <summary>How a build ended.</summary>
public enum BuildOutcome
{
    Succeeded,
    Failed,
    Cancelled,
    Lost,
}

/// <summary>What is built, and where its log lies.</summary>
/// <param name="LogPath">The log's path as announced, without doubled slashes.</param>
public sealed record BuildTarget(LogName Log, string LogPath, ImageName Image, string? Template);

/// <summary>When and where a build was announced.</summary>
public sealed record BuildStart(DateTimeOffset At, string Host);

/// <summary>The thread that runs a build, and the message it took for it. They change together.</summary>
/// <param name="TakenAt">When it took the message; null where that line was not seen.</param>
/// <param name="Trigger">The trigger of that message, if one is known.</param>
/// <param name="Ticket">The take of that message, from which its trigger is known.</param>
public sealed record BuildOwner(WorkerId Worker, DateTimeOffset? TakenAt, string? Trigger, int? Ticket = null);

/// <param name="Line">The line that says so, or that it is concluded from.</param>
public sealed record BuildEnd(DateTimeOffset At, BuildOutcome Outcome, string? Line);

/// <summary>Messages were dropped while a build ran.</summary>
/// <param name="Line">The line that says so.</param>
public sealed record Doubt(DateTimeOffset At, string? Line);

/// <summary>One run of Packer, as the system log tells it. <see cref="BuildView"/> adds what its own log says.</summary>
/// <param name="Number">Its place in the order of starts, from 1; 0 for a build that is remembered from earlier and not read now.</param>
/// <param name="Id">Log file name, start second and ordinal among equals: the same for the same logs, whoever reads them.</param>
/// <param name="Owner">Null where no line tells its thread.</param>
/// <param name="End">Null while no line says that it has ended.</param>
public sealed record Build(int Number, string Id, BuildTarget Target, BuildStart Start, BuildOwner? Owner = null, BuildEnd? End = null)
{
    /// <summary>The last time that messages were dropped while it ran; null where none were.</summary>
    public Doubt? Doubt { get; init; }

    /// <summary>Its log was seen to grow after the doubt.</summary>
    public bool GrewSinceDoubt { get; init; }

    /// <summary>Another build wrote the same log at the same time.</summary>
    public bool SharedLog { get; init; }

    /// <summary>Its own log as it was before the file began again, or null.</summary>
    public BuildLog? Log { get; init; }

    public BuildState State => End?.Outcome switch
    {
        BuildOutcome.Succeeded => BuildState.Succeeded,
        BuildOutcome.Failed => BuildState.Failed,
        BuildOutcome.Cancelled => BuildState.Cancelled,
        BuildOutcome.Lost => BuildState.Lost,
        null => IsDoubted ? BuildState.Unknown : BuildState.Building,
    };

    /// <summary>No line says that it has ended.</summary>
    public bool Running => End is null;

    /// <summary>The line that the state rests on.</summary>
    public string? Line => End is { } end ? end.Line : IsDoubted ? Doubt!.Line : null;

    public LogName Name => Target.Log;

    public string LogPath => Target.LogPath;

    public ImageName Image => Target.Image;

    public string? Template => Target.Template;

    public DateTimeOffset StartedAt => Start.At;

    public string Host => Start.Host;

    public DateTimeOffset? EndedAt => End?.At;

    /// <summary>Its thread, or null where no line tells it.</summary>
    public WorkerId? Worker => Owner?.Worker;

    public DateTimeOffset? TakenAt => Owner?.TakenAt;

    public string? Trigger => Owner?.Trigger;

    /// <summary>When messages were dropped while it ran; null where none were.</summary>
    public DateTimeOffset? DoubtedAt => Doubt?.At;

    private bool IsDoubted => Doubt is not null && !GrewSinceDoubt;

    internal Build EndedBy(DateTimeOffset at, BuildOutcome outcome, string? line) => this with { End = new BuildEnd(at, outcome, line) };
}
