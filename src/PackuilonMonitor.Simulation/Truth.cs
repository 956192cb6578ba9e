using System.Collections.Immutable;

namespace PackuilonMonitor.Simulation;

/// <summary>The real state of a build.</summary>
public enum TrueOutcome
{
    Building,
    Succeeded,
    Failed,

    /// <summary>Packer was interrupted together with its daemon.</summary>
    Cancelled,

    /// <summary>The daemon was killed; Packer continues, and nobody waits for its verdict.</summary>
    Lost,
}

/// <summary>Why a build really fails.</summary>
public enum FailureCause
{
    None,
    SshTimeout,
    ServerError,
    ProvisionerExit,
    QuattorErrors,
    TemplateError,
    AuthFileMissing,

    /// <summary>Packer succeeded, and the script that runs after it was missing (f926600 only).</summary>
    RenameScriptMissing,
}

/// <summary>One run of Packer. Times are those of the daemon's lines in messages.</summary>
/// <remarks>
/// <c>Number</c>: Its place in order of start, from 0. <c>Daemon</c>: The number of the daemon that started it. <c>Message</c>: The number
/// of its message. <c>Template</c>: As the daemon names it; null in the dialect that has none. <c>LogFile</c>: The log's name, without
/// folder. <c>TakenAt</c>: When the worker logged that it was processing the message.
/// </remarks>
public sealed record TrueBuild(
    int Number,
    int Daemon,
    string Thread,
    int Message,
    string Image,
    string? Template,
    string LogFile,
    DateTimeOffset TakenAt,
    DateTimeOffset StartedAt)
{
    public TrueOutcome Outcome { get; init; }

    public FailureCause Cause { get; init; }

    /// <summary>The stamp of the line with the verdict; null until then, and always null for a lost or cancelled build.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The exit code of the daemon's shell; null if the daemon ended before it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When its daemon ended, for a lost or cancelled build.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>When Packer itself ended, with or without its daemon.</summary>
    public DateTimeOffset? PackerEndedAt { get; init; }

    public int? PackerExitCode { get; init; }

    /// <summary>Whether another Packer had the log open during this one.</summary>
    public bool SharesLog { get; init; }

    /// <summary>Whether a later build has overwritten the log.</summary>
    public bool LogRewritten { get; init; }

    /// <summary>The image in the cloud, once Packer has named it.</summary>
    public string? ImageId { get; init; }
}

/// <summary>Why a message was refused, in the words of <c>status --json</c>.</summary>
public enum RejectionWhy
{
    MalformedProfile,
    NoSourceImage,
    TemplateMissing,
    NoTemplate,
    Unwritable,
    WorkerDied,
}

/// <summary>A message that was refused, as a whole or from one of its templates on.</summary>
/// <remarks>
/// <c>Image</c>: Null if it was refused before the image was known. <c>Text</c>: The line that says so; null if none was written.
/// <c>BuildsBefore</c>: How many templates of the message were built before.
/// </remarks>
public sealed record TrueRejection(
    int Daemon, string Thread, int Message, string? Image, DateTimeOffset At, RejectionWhy Why, string? Text, int BuildsBefore);

/// <summary>The result of a change, in the words of <c>status --json</c>.</summary>
public enum TriggerResult
{
    Pending,
    Queued,
    Unchanged,
    NewUnchanged,
    NotDownloaded,
    PushFailed,
}

/// <summary>A profile that cdb2rabbit found rebuilt; its time is the stamp of "CI profile rebuilt".</summary>
public sealed record TrueTrigger(int Number, DateTimeOffset At, string Profile)
{
    public TriggerResult Result { get; init; }

    /// <summary>The stamp of "Pushing message to queue for build", if the push succeeded.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>The number of the message, if there is one.</summary>
    public int? Message { get; init; }
}

/// <summary>A message in the queue or taken from it. Messages are taken in the order of their numbers.</summary>
/// <remarks>
/// <c>Trigger</c>: The number of the change; null if it was queued by hand. <c>Image</c>: The image's name, even if the daemon never learns
/// it.
/// </remarks>
public sealed record TrueMessage(int Number, DateTimeOffset QueuedAt, int? Trigger, string Image)
{
    public DateTimeOffset? TakenAt { get; init; }

    public int? Daemon { get; init; }

    public string? Thread { get; init; }
}

/// <summary>Why a thread ended.</summary>
public enum DeathCause
{
    /// <summary>It called sys.exit after a line that says why.</summary>
    Exit,
    TypeError,
    StreamLost,
    MailTypeError,
}

/// <summary>A thread that ended while its daemon lived on.</summary>
/// <remarks><c>Traceback</c>: Whether messages has a traceback with its name.</remarks>
public sealed record TrueDeath(int Daemon, string Thread, DateTimeOffset At, DeathCause Cause, bool Traceback);

/// <summary>How a daemon ended.</summary>
public enum DaemonEnd
{
    StillRunning,
    Killed,
    Restarted,
}

/// <summary>A process of rabbit2packer.</summary>
/// <remarks>
/// <c>Number</c>: From 0, in order.
/// <c>StartedAt</c>: The stamp of its "Starting".
/// </remarks>
public sealed record TrueDaemon(int Number, DateTimeOffset StartedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    public DaemonEnd End { get; init; }
}

/// <summary>What really happened up to a step.</summary>
public sealed record FactoryTruth(
    DateTimeOffset AsOf,
    ImmutableArray<TrueDaemon> Daemons,
    ImmutableArray<TrueMessage> Messages,
    ImmutableArray<TrueBuild> Builds,
    ImmutableArray<TrueRejection> Rejections,
    ImmutableArray<TrueTrigger> Triggers,
    ImmutableArray<TrueDeath> Deaths)
{
    /// <summary>How many messages wait in the queue.</summary>
    public int Waiting => Messages.Count(message => message.TakenAt is null);

    /// <summary>The builds of a change.</summary>
    public IEnumerable<TrueBuild> BuildsOf(TrueTrigger trigger) =>
        trigger.Message is { } number ? Builds.Where(build => build.Message == number) : [];

    /// <summary>When a change's message was taken; null while it waits, and if it was never queued.</summary>
    public DateTimeOffset? TakenAt(TrueTrigger trigger) => trigger.Message is { } number ? Messages[number].TakenAt : null;
}
