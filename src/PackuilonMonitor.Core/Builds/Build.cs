using PackuilonMonitor.Core.Archives;
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

    /// <summary>It ran when messages were dropped, and no later line says how it continued: it may run or have ended.</summary>
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

/// <summary>What is built, and the place of its log.</summary>
/// <param name="LogPath">The log's path as announced, without double slashes.</param>
public sealed record BuildTarget(LogName Log, string LogPath, ImageName Image, string? Template) : IArchived<BuildTarget>
{
    BuildTarget IArchived<BuildTarget>.Through(Archive archive) => new(
        archive.Own(Log),
        archive.Text(LogPath),
        new ImageName(archive.Text(Image.Text)),
        archive.TextOrNull(Template)
    );
}

/// <summary>When and where a build was announced.</summary>
public sealed record BuildStart(DateTimeOffset At, string Host) : IArchived<BuildStart>
{
    BuildStart IArchived<BuildStart>.Through(Archive archive) => new(archive.Time(At), archive.Text(Host));
}

/// <summary>The thread that runs a build, and its message. They change together.</summary>
/// <param name="TakenAt">When the thread took the message; null if that line was not seen.</param>
/// <param name="Trigger">The change of that message, if one is known.</param>
/// <param name="Ticket">The take of that message, which leads to its change.</param>
public sealed record BuildOwner(WorkerId Worker, DateTimeOffset? TakenAt, string? Trigger, int? Ticket = null) : IArchived<BuildOwner>
{
    BuildOwner IArchived<BuildOwner>.Through(Archive archive) => new(
        new WorkerId(archive.Number(Worker.Number)),
        archive.TimeOrNull(TakenAt),
        archive.TextOrNull(Trigger),
        archive.NumberOrNull(Ticket)
    );
}

/// <param name="Line">The line that says so, or from which it is inferred.</param>
public sealed record BuildEnd(DateTimeOffset At, BuildOutcome Outcome, string? Line) : IArchived<BuildEnd>
{
    BuildEnd IArchived<BuildEnd>.Through(Archive archive) =>
        new(archive.Time(At), (BuildOutcome)archive.Number((int)Outcome), archive.TextOrNull(Line));
}

/// <summary>Messages were dropped while a build ran.</summary>
/// <param name="Line">The line that says so.</param>
public sealed record Doubt(DateTimeOffset At, string? Line) : IArchived<Doubt>
{
    Doubt IArchived<Doubt>.Through(Archive archive) => new(archive.Time(At), archive.TextOrNull(Line));
}

/// <summary>One run of Packer in the system log. <see cref="BuildView"/> adds its own log.</summary>
/// <param name="Number">Its place in the order of starts, from 1; 0 for a build from the store that was not read now.</param>
/// <param name="Id">Log file name, start second and ordinal among equals: the same for the same logs, whoever reads them.</param>
/// <param name="Owner">Null if no line shows its thread.</param>
/// <param name="End">Null while no line says that it has ended.</param>
public sealed record Build(int Number, string Id, BuildTarget Target, BuildStart Start, BuildOwner? Owner = null, BuildEnd? End = null)
    : IArchived<Build>
{
    /// <summary>The last time that messages were dropped while it ran; null if none were.</summary>
    public Doubt? Doubt { get; init; }

    /// <summary>Its log was seen to grow after the doubt.</summary>
    public bool GrewSinceDoubt { get; init; }

    /// <summary>Another build wrote the same log at the same time.</summary>
    public bool SharedLog { get; init; }

    /// <summary>Its own log before the file restarted, or null.</summary>
    public BuildLog? Log { get; init; }

    /// <summary>Its own log can be read, though the file contains another one.</summary>
    public bool HasLogCopy { get; init; }

    public BuildState State => End?.Outcome switch
    {
        BuildOutcome.Succeeded => BuildState.Succeeded,
        BuildOutcome.Failed => BuildState.Failed,
        BuildOutcome.Cancelled => BuildState.Cancelled,
        BuildOutcome.Lost => BuildState.Lost,
        null => Unanswered is null ? BuildState.Building : BuildState.Unknown,
    };

    /// <summary>No line says that it has ended.</summary>
    public bool Running => End is null;

    /// <summary>The line behind the state.</summary>
    public string? Line => End is { } end ? end.Line : Unanswered?.Line;

    public LogName Name => Target.Log;

    public string LogPath => Target.LogPath;

    public ImageName Image => Target.Image;

    public string? Template => Target.Template;

    public DateTimeOffset StartedAt => Start.At;

    public string Host => Start.Host;

    public DateTimeOffset? EndedAt => End?.At;

    /// <summary>Its thread, or null if no line shows it.</summary>
    public WorkerId? Worker => Owner?.Worker;

    public DateTimeOffset? TakenAt => Owner?.TakenAt;

    public string? Trigger => Owner?.Trigger;

    /// <summary>When messages were dropped while it ran; null if none were.</summary>
    public DateTimeOffset? DoubtedAt => Doubt?.At;

    /// <summary>The doubt, unless its log has answered it by growing.</summary>
    private Doubt? Unanswered => GrewSinceDoubt ? null : Doubt;

    internal Build EndedBy(DateTimeOffset at, BuildOutcome outcome, string? line) => this with { End = new BuildEnd(at, outcome, line) };

    Build IArchived<Build>.Through(Archive archive) => new(
        archive.Number(Number),
        archive.Text(Id),
        archive.Own(Target),
        archive.Own(Start),
        archive.OwnOrNull(Owner),
        archive.SharedOrNull(End)
    )
    {
        Doubt = archive.SharedOrNull(Doubt),
        GrewSinceDoubt = archive.Flag(GrewSinceDoubt),
        SharedLog = archive.Flag(SharedLog),
        Log = archive.SharedOrNull(Log),
        HasLogCopy = archive.Flag(HasLogCopy),
    };
}
