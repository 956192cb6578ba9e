using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Events;

/// <summary>Something that can be observed. Every case is in this file; times and places are in the <see cref="Observation"/>.</summary>
public abstract record MonitorEvent;

// --- rabbit2packer: service and workers

/// <summary>The daemon began. Whatever its predecessor was doing is over.</summary>
public sealed record ServiceStarted : MonitorEvent;

/// <summary>A bare "Starting" of a program whose name the header format lost: the daemon's only if its threads start next.</summary>
public sealed record UnnamedStarted : MonitorEvent;

/// <summary>The daemon or the trigger script could not start.</summary>
public sealed record StartupFailed : MonitorEvent;

/// <summary>A worker thread began.</summary>
public sealed record WorkerStarted(WorkerId Worker) : MonitorEvent;

/// <summary>A worker thread ended in good order.</summary>
public sealed record WorkerExited(WorkerId Worker) : MonitorEvent;

/// <summary>A worker thread died of an exception.</summary>
public sealed record WorkerCrashed(WorkerId Worker) : MonitorEvent;

/// <summary>A worker opens its channel to the broker again.</summary>
public sealed record WorkerReconnecting(WorkerId Worker) : MonitorEvent;

/// <summary>A thread is about to die of this; the line does not say which.</summary>
public sealed record WorkerFailed(Refusal Why) : MonitorEvent;

// --- rabbit2packer: jobs

/// <summary>A worker took a message off the queue.</summary>
public sealed record JobTaken(WorkerId Worker, ImageName Image) : MonitorEvent;

/// <summary>A worker could not use the message it took, and goes on with the next.</summary>
public sealed record JobRefused(WorkerId Worker, Refusal Why) : MonitorEvent;

/// <summary>What a message asks for; names no worker.</summary>
public sealed record JobDescribed(string Personality, string Archetype, string System, string SystemVersion) : MonitorEvent;

/// <summary>An image is built with the default templates.</summary>
public sealed record DefaultTemplatesUsed(ImageName Image) : MonitorEvent;

/// <summary>There are not even default templates; the thread dies of it.</summary>
public sealed record NoTemplateDefined : MonitorEvent;

/// <summary>A detail of the search for a source image.</summary>
/// <param name="Image">What the newest revision calls the image, said as it takes the message; null on the other lines.</param>
public sealed record SourceImageLookedUp(ImageName? Image = null) : MonitorEvent;

/// <summary>A source image is missing from the daemon's configuration.</summary>
/// <param name="Image">The image that is not built for it; null on the line that only says where to look.</param>
public sealed record SourceImageUndefined(ImageName? Image) : MonitorEvent;

// --- rabbit2packer: builds

/// <summary>The shell command of the build that starts next.</summary>
public sealed record PackerCommanded(string Command) : MonitorEvent;

/// <summary>Packer began. The line names no worker, only the build log.</summary>
/// <param name="LogPath">The log's path as the daemon wrote it.</param>
public sealed record BuildStarted(string LogPath) : MonitorEvent;

/// <summary>A build ended well. The oldest revisions do not say which.</summary>
public sealed record BuildSucceeded(WorkerId Worker, BuildName? Build) : MonitorEvent;

/// <summary>A build ended badly. The oldest revisions do not say which.</summary>
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

/// <summary>The trigger script began.</summary>
public sealed record TriggerStarted : MonitorEvent;

/// <summary>The trigger script ended in good order.</summary>
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

/// <summary>A profile's content is another than before.</summary>
public sealed record ProfileUpdated(string Profile) : MonitorEvent;

/// <summary>A profile was rebuilt with the same content.</summary>
public sealed record ProfileUnchanged(string Profile) : MonitorEvent;

/// <summary>A profile could not be fetched or read.</summary>
/// <param name="Profile">Its name, or null where the line does not say it.</param>
public sealed record ProfileFailed(string? Profile) : MonitorEvent;

/// <summary>A message is about to be published; the line names no profile.</summary>
public sealed record MessagePushing : MonitorEvent;

/// <summary>The broker did not take the message, or could not be reached.</summary>
public sealed record PushFailed : MonitorEvent;

/// <summary>The trigger script could not read or write one of its own files.</summary>
public sealed record TriggerFailed : MonitorEvent;

// --- cdp-listend

/// <summary>The listener began; its configuration file.</summary>
public sealed record ListenerStarting(string Configuration) : MonitorEvent;

/// <summary>The listener waits for packets.</summary>
public sealed record ListenerStarted(long Port) : MonitorEvent;

/// <summary>The listener could not go on.</summary>
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

/// <summary>A called program could not be run or ended badly.</summary>
public sealed record CallFailed(string Command, string Error) : MonitorEvent;

// --- rsyslogd and journald

/// <summary>
/// Messages were thrown away before they were written, ours perhaps among them: how a running build went on is not known.
/// </summary>
/// <param name="Messages">How many, or null where that is not known yet.</param>
public sealed record MessagesDropped(long? Messages) : MonitorEvent;

// --- systemd

/// <summary>systemd started the unit of one of our daemons; the daemon itself has said nothing yet.</summary>
/// <param name="Unit">Its name, <c>rabbit2packer.service</c>.</param>
public sealed record UnitStarted(string Unit) : MonitorEvent;

/// <summary>The unit of one of our daemons was stopped, or its process ended in good order.</summary>
public sealed record UnitStopped(string Unit) : MonitorEvent;

/// <summary>The unit of one of our daemons failed: its process ended badly or could not be started.</summary>
/// <param name="Why">How, in a few words: <c>killed (status 9)</c>.</param>
/// <param name="IsOneProcess">It is said of one of its processes, which need not be the daemon's own.</param>
public sealed record UnitFailed(string Unit, string Why, bool IsOneProcess = false) : MonitorEvent;

// --- any of them

/// <summary>The exception behind the line before or after it, as Python shows it.</summary>
public sealed record ExceptionShown : MonitorEvent;

/// <summary>A line of one of our programs that no rule accepts.</summary>
/// <param name="Why">What the grammar wanted, and at which column.</param>
public sealed record Unrecognised(string Why) : MonitorEvent;

// --- sources: these rest on no line

/// <summary>The state of a source is another than before.</summary>
public sealed record SourceSeen(SourceHealth Health) : MonitorEvent;

/// <summary>So many more lines of a source were read.</summary>
/// <param name="Lines">Of all programs, since the last of these events.</param>
/// <param name="LastLineAt">The stamp of the last of them, if it has one.</param>
public sealed record SourceRead(long Lines, DateTimeOffset? LastLineAt) : MonitorEvent
{
    /// <summary>The last line, where its time and the times of those before it cannot be read; null where they can.</summary>
    public string? Untimed { get; init; }

    /// <summary>The stamp of the first of them, if it has one.</summary>
    public DateTimeOffset? FirstLineAt { get; init; }

    /// <summary>The longest time between two of them; zero where it is shorter than a few minutes.</summary>
    public TimeSpan Silence { get; init; }
}

/// <summary>A source was rotated.</summary>
/// <param name="How">In which way, in words.</param>
public sealed record SourceTurned(string How) : MonitorEvent;

/// <summary>A directory is not watched but only looked at now and then: what changes in it is seen up to a second later.</summary>
public sealed record SourcePolled(string Why) : MonitorEvent;

/// <summary>Lines may be missing at this place.</summary>
/// <param name="Bytes">At least so many bytes; 0 where that cannot be known.</param>
public sealed record LinesLost(long Bytes, string Why) : MonitorEvent
{
    /// <summary>They are there, in a rotated file that cannot be read, or not to its end; the reason names it.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>More of a build log was read.</summary>
/// <param name="File">The log's file name in the log directory.</param>
/// <param name="Log">All that it has told since it began.</param>
/// <param name="Generation">How often the file began again: another number is another build's log.</param>
public sealed record BuildLogRead(string File, BuildLog Log, int Generation) : MonitorEvent;

/// <summary>A build log is not there any more.</summary>
public sealed record BuildLogGone(string File) : MonitorEvent;

/// <summary>A name of a build log stands for something that is not read, or is again.</summary>
/// <param name="Why">The reason, fit to be shown; null where there is none any more.</param>
public sealed record BuildLogRefused(string File, string? Why) : MonitorEvent
{
    /// <summary>It is a log that could not be read; else it is none, and was left alone.</summary>
    public bool IsLog { get; init; }
}

/// <summary>The copy of a profile that cdb2rabbit keeps was read.</summary>
/// <param name="Profile">The profile's file name.</param>
/// <param name="Content">What it says; nothing where it is no profile that could be decoded.</param>
public sealed record ProfileRead(string Profile, ProfileContent Content) : MonitorEvent;

/// <summary>Earlier changes of the profile became jobs of this image, as it is remembered.</summary>
/// <param name="Profile">The profile's file name.</param>
public sealed record PairRemembered(string Profile, ImageName Image) : MonitorEvent;

/// <summary>RabbitMQ was asked for the depth of the queue.</summary>
/// <param name="Waiting">How many messages wait; null where it could not be asked.</param>
public sealed record QueueMeasured(long? Waiting) : MonitorEvent;

/// <summary>The log directory was looked through: a log that was not read by now is not there.</summary>
public sealed record LogDirectoryRead : MonitorEvent;
