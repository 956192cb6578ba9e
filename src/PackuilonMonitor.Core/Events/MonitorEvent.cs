using System.Collections.Immutable;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Events;

/// <summary>
/// Something that can be observed. Every case is in this file, or in the one of build logs beside it; times and places are in the
/// <see cref="Observation"/>.
/// </summary>
public abstract record MonitorEvent;

// --- rabbit2packer: service and workers

/// <summary>The daemon started. Everything that its predecessor did is over.</summary>
public sealed record ServiceStarted : MonitorEvent;

/// <summary>A bare "Starting" of a program whose name the header lost: the daemon's only if its threads start next.</summary>
public sealed record UnnamedStarted : MonitorEvent;

/// <summary>The daemon or the trigger script could not start.</summary>
public sealed record StartupFailed : MonitorEvent;

/// <summary>A worker thread started.</summary>
public sealed record WorkerStarted(WorkerId Worker) : MonitorEvent;

/// <summary>A worker thread ended regularly.</summary>
public sealed record WorkerExited(WorkerId Worker) : MonitorEvent;

/// <summary>A worker thread ended with an exception.</summary>
public sealed record WorkerCrashed(WorkerId Worker) : MonitorEvent;

/// <summary>A worker reopens its channel to the broker.</summary>
public sealed record WorkerReconnecting(WorkerId Worker) : MonitorEvent;

/// <summary>A thread is about to end for this reason; the line does not say which.</summary>
public sealed record WorkerFailed(Refusal Why) : MonitorEvent;

// --- rabbit2packer: jobs

/// <summary>A worker took a message off the queue.</summary>
public sealed record JobTaken(WorkerId Worker, ImageName Image) : MonitorEvent;

/// <summary>A worker could not use the message it took, and continues with the next.</summary>
public sealed record JobRefused(WorkerId Worker, Refusal Why) : MonitorEvent;

/// <summary>What a message asks for; names no worker.</summary>
public sealed record JobDescribed(string Personality, string Archetype, string System, string SystemVersion) : MonitorEvent;

/// <summary>An image is built with the default templates.</summary>
public sealed record DefaultTemplatesUsed(ImageName Image) : MonitorEvent;

/// <summary>There are no default templates either; the thread ends.</summary>
public sealed record NoTemplateDefined : MonitorEvent;

/// <summary>A detail of the search for a source image.</summary>
/// <param name="Image">The image's name in the newest revision, written as it takes the message; null on the other lines.</param>
public sealed record SourceImageLookedUp(ImageName? Image = null) : MonitorEvent;

/// <summary>A source image is missing from the daemon's configuration.</summary>
/// <param name="Image">The image that is not built for that reason; null on the line that only says where to check.</param>
public sealed record SourceImageUndefined(ImageName? Image) : MonitorEvent;

// --- rabbit2packer: builds

/// <summary>The shell command of the build that starts next.</summary>
public sealed record PackerCommanded(string Command) : MonitorEvent;

/// <summary>Packer started. The line names no worker, only the build log.</summary>
/// <param name="LogPath">The log's path as the daemon wrote it.</param>
public sealed record BuildStarted(string LogPath) : MonitorEvent;

/// <summary>A build succeeded. The oldest revisions do not say which.</summary>
public sealed record BuildSucceeded(WorkerId Worker, BuildName? Build) : MonitorEvent;

/// <summary>A build failed. The oldest revisions do not say which.</summary>
public sealed record BuildFailed(WorkerId Worker, BuildName? Build) : MonitorEvent;

/// <summary>The mail about a build could not be sent.</summary>
public sealed record MailNotSent : MonitorEvent;

// --- rabbit2packer: image tests with Rally

/// <summary>A Rally task was launched.</summary>
public sealed record RallyLaunched(string LogPath) : MonitorEvent;

/// <summary>The score of a Rally task.</summary>
public sealed record RallyScored(long Points, long Total, bool Met) : MonitorEvent;

/// <summary>The image passed or failed its checks.</summary>
public sealed record ImageChecked(bool Passed) : MonitorEvent;

/// <summary>Anything else about a Rally task.</summary>
public sealed record RallyNoted : MonitorEvent;

/// <summary>A Rally task could not be run or read.</summary>
public sealed record RallyFailed : MonitorEvent;

// --- cdb2rabbit

/// <summary>cdb2rabbit started.</summary>
public sealed record TriggerStarted : MonitorEvent;

/// <summary>cdb2rabbit ended regularly.</summary>
public sealed record TriggerExited : MonitorEvent;

/// <summary>First run: there was no list of profiles to compare with.</summary>
public sealed record ProfileListCreated : MonitorEvent;

/// <summary>The list of profiles was stored for the next comparison.</summary>
public sealed record ProfileListStored : MonitorEvent;

/// <summary>Aquilon rebuilt a profile.</summary>
public sealed record ProfileRebuilt(string Profile) : MonitorEvent;

/// <summary>A profile is fetched.</summary>
public sealed record ProfileDownloading(string Profile) : MonitorEvent;

/// <summary>A profile was never seen before.</summary>
public sealed record ProfileNew(string Profile) : MonitorEvent;

/// <summary>A profile's content has changed.</summary>
public sealed record ProfileUpdated(string Profile) : MonitorEvent;

/// <summary>A profile was rebuilt with the same content.</summary>
public sealed record ProfileUnchanged(string Profile) : MonitorEvent;

/// <summary>A profile could not be fetched or read.</summary>
/// <param name="Profile">Its name, or null if the line does not have it.</param>
public sealed record ProfileFailed(string? Profile) : MonitorEvent;

/// <summary>A message is about to be published; the line names no profile.</summary>
public sealed record MessagePushing : MonitorEvent;

/// <summary>The broker did not take the message, or could not be reached.</summary>
public sealed record PushFailed : MonitorEvent;

/// <summary>The trigger script could not read or write one of its own files.</summary>
public sealed record TriggerFailed : MonitorEvent;

// --- cdp-listend

/// <summary>The listener started; its configuration file.</summary>
public sealed record ListenerStarting(string Configuration) : MonitorEvent;

/// <summary>The listener waits for packets.</summary>
public sealed record ListenerStarted(long Port) : MonitorEvent;

/// <summary>The listener failed.</summary>
public sealed record ListenerFailed : MonitorEvent;

/// <summary>The listener calls a program once at its start.</summary>
public sealed record StartupCalled(string Command) : MonitorEvent;

/// <summary>A packet says that profiles changed.</summary>
/// <param name="Kind"><c>cdb</c> or <c>ccm</c>.</param>
/// <param name="Epoch">The time in the packet, in seconds since 1970.</param>
/// <param name="From">The address it came from.</param>
public sealed record PacketReceived(string Kind, long Epoch, string From) : MonitorEvent;

/// <summary>A packet of a kind that the listener does not know.</summary>
public sealed record PacketIgnored : MonitorEvent;

/// <summary>A program will be called in so many seconds.</summary>
public sealed record CallScheduled(string Command, long Seconds) : MonitorEvent;

/// <summary>A program is called now.</summary>
public sealed record CallMade(string Command) : MonitorEvent;

/// <summary>A called program could not be run or failed.</summary>
public sealed record CallFailed(string Command, string Error) : MonitorEvent;

// --- rsyslogd and journald

/// <summary>Messages were dropped before they were written, perhaps ours among them: it is unknown how a running build continued.</summary>
/// <param name="Messages">How many, or null if that is not known yet.</param>
public sealed record MessagesDropped(long? Messages) : MonitorEvent;

// --- systemd

/// <summary>systemd started the unit of one of our daemons; the daemon itself has written nothing yet.</summary>
/// <param name="Unit">Its name, <c>rabbit2packer.service</c>.</param>
public sealed record UnitStarted(string Unit) : MonitorEvent;

/// <summary>The unit of one of our daemons was stopped, or its process ended regularly.</summary>
public sealed record UnitStopped(string Unit) : MonitorEvent;

/// <summary>The unit of one of our daemons failed: its process failed or could not be started.</summary>
/// <param name="Why">How, in a few words: <c>killed (status 9)</c>.</param>
/// <param name="IsOneProcess">The line is about one of its processes, which need not be the daemon's own.</param>
public sealed record UnitFailed(string Unit, string Why, bool IsOneProcess = false) : MonitorEvent;

// --- any of them

/// <summary>The exception behind the line before or after it, as Python shows it.</summary>
public sealed record ExceptionShown : MonitorEvent;

/// <summary>A line of one of our programs that no rule accepts.</summary>
/// <param name="Why">What the grammar expected, and at which column.</param>
public sealed record Unrecognised(string Why) : MonitorEvent;

// --- sources: these rest on no line

/// <summary>The state of a source changed.</summary>
public sealed record SourceSeen(SourceHealth Health) : MonitorEvent;

/// <summary>More lines of a source were read.</summary>
/// <param name="Lines">The number of lines of all programs since the last such event.</param>
/// <param name="LastLineAt">The stamp of the last of them, if it has one.</param>
public sealed record SourceRead(long Lines, DateTimeOffset? LastLineAt) : MonitorEvent
{
    /// <summary>They are lines of build logs, which have no stamps: the time is that of their arrival.</summary>
    public bool OfBuildLogs { get; init; }

    /// <summary>The last line, if its time and the times of those before it cannot be read; null if they can.</summary>
    public string? Untimed { get; init; }

    /// <summary>The stamp of the first of them, if it has one.</summary>
    public DateTimeOffset? FirstLineAt { get; init; }

    /// <summary>The longest time between two of them; zero if it is shorter than a few minutes.</summary>
    public TimeSpan Silence { get; init; }
}

/// <summary>A source was rotated.</summary>
/// <param name="How">In which way, in words.</param>
public sealed record SourceTurned(string How) : MonitorEvent;

/// <summary>A directory is polled instead of watched: changes are noticed up to a second later.</summary>
public sealed record SourcePolled(string Why) : MonitorEvent;

/// <summary>Lines may be missing at this place.</summary>
/// <param name="Bytes">At least this many bytes; 0 if the number is unknown.</param>
public sealed record LinesLost(long Bytes, string Why) : MonitorEvent
{
    /// <summary>They exist, in a rotated file that cannot be read, or not to its end; the reason names it.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>cdb2rabbit's copy of a profile was read.</summary>
/// <param name="Profile">The profile's file name.</param>
/// <param name="Content">Its content; nothing if it is not a profile that could be decoded.</param>
public sealed record ProfileRead(string Profile, ProfileContent Content) : MonitorEvent;

/// <summary>Earlier changes of the profile became jobs of this image, as it is remembered.</summary>
/// <param name="Profile">The profile's file name.</param>
public sealed record PairRemembered(string Profile, ImageName Image) : MonitorEvent;

/// <summary>RabbitMQ was asked for the length of the queue.</summary>
/// <param name="Waiting">How many messages wait; null if it did not answer.</param>
public sealed record QueueMeasured(long? Waiting) : MonitorEvent;

/// <summary>Whoever ships the events of a factory elsewhere lives, and has shipped all that there was.</summary>
/// <param name="SentAt">By the clock there.</param>
public sealed record HeartbeatReceived(DateTimeOffset SentAt) : MonitorEvent;

/// <summary>The log directory was read completely: a log that was not read by now does not exist.</summary>
public sealed record LogDirectoryRead : MonitorEvent;

/// <summary>A check of the factory's health was raised, changed or cleared, muted or taken back, as whoever recorded it judged.</summary>
/// <param name="Turn"><c>raised</c>, <c>changed</c>, <c>cleared</c>, <c>muted</c> or <c>unmuted</c>.</param>
/// <param name="Code">The check, as <c>BUILD_FAILED</c>.</param>
/// <param name="Severity">How bad it is then.</param>
/// <param name="Was">How bad it was before; null where it was not raised.</param>
/// <param name="Count">How many there are then.</param>
public sealed record HealthTurned(string Turn, string Code, string Severity, string? Was, long Count, string Summary) : MonitorEvent
{
    /// <summary>Ids of items that are new.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Those that are over.</summary>
    public ImmutableArray<string> Gone { get; init; } = [];

    /// <summary>Why a mute ended: <c>time</c>, <c>cleared</c>, <c>new item X</c>, <c>worse</c> or <c>by hand</c>; else null.</summary>
    public string? Why { get; init; }

    /// <summary>Who muted it, or took that back; null for all else.</summary>
    public string? By { get; init; }
}
