using System.Collections.Immutable;
using System.Diagnostics;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// A state while a batch of observations is folded into it. Nobody else sees it, so it changes in place, and the batch costs one copy of
/// the state; its tables are immutable.
/// </summary>
internal sealed class StateDraft(MonitorState state)
{
    /// <summary>A repeated line is folded at most this often, which is more than a daemon repeats a line.</summary>
    public const int MostRepeats = 5;

    private SourceTable _sources = state.Sources;
    private RecentObservations _recent = state.Recent;
    private ImmutableList<Observation> _notUnderstood = state.NotUnderstood;
    private long _unrecognised = state.UnrecognisedLines;
    private long _unlisted = state.UnlistedRejections;
    private long? _measured = state.Measured;
    private Observation? _unnamed = state.Unnamed;
    private readonly VitalsDraft _vitals = new(state.Vitals);
    private DateTimeOffset? _serviceStartedAt = state.ServiceStartedAt;

    public string? Factory { get; } = state.Factory;

    public WorkerTable Workers { get; set; } = state.Workers;

    public BuildTable Builds { get; set; } = state.Builds;

    private ChangeLedger _triggers = state.Triggers;

    /// <summary>Builds that turn out to belong to other changes follow at once.</summary>
    public ChangeLedger Triggers
    {
        get => _triggers;
        set
        {
            _triggers = value.Moved.IsEmpty ? value : value.Settled();
            foreach (var (number, trigger) in value.Moved)
            {
                if (Builds.Find(number) is { Owner: { } owner } build)
                    Builds = Builds.Set(build with { Owner = owner with { Trigger = trigger } });
            }
        }
    }

    public RejectionList Rejections { get; set; } = new(state.Rejections, state.Rejected - state.UnlistedRejections);

    /// <summary>The position of the present observation in the order of all.</summary>
    public long Observed { get; private set; } = state.Observed;

    /// <summary>The daemon's previous line reported the end of an image's test.</summary>
    public bool Tested { get; private set; } = state.Tested;

    /// <summary>The daemon tests the images that it builds.</summary>
    public bool TestsImages => _vitals.TestsImages;

    public LogTable Logs { get; set; } = state.Logs;

    public void Apply(Observation seen)
    {
        Observed++;
        if (_recent.HasCopyOf(seen))
            return;
        _vitals.Apply(seen);
        if (!seen.IsBookkeeping)
            _recent = _recent.Add(seen);
        if (seen.Speaker is not Speaker.Monitor)
            Triggers = Triggers.At(seen.At);
        for (var time = 0; time < Math.Min(seen.Count, MostRepeats); time++)
        {
            this.ConfirmLife(seen.Event);
            Fold(seen);
        }

        CountOnly(seen.Event, Math.Max(0, seen.Count - MostRepeats));
        if (seen.Speaker is Speaker.Rabbit2Packer)
            Tested = seen.Event is ImageChecked;
    }

    public MonitorState ToState() => new()
    {
        Factory = Factory,
        Workers = Workers,
        Builds = Builds,
        Rejections = Rejections.Newest,
        Rejected = Rejections.Ever + _unlisted,
        UnlistedRejections = _unlisted,
        Triggers = Triggers,
        Measured = _measured,
        Logs = Logs,
        Sources = _sources,
        Vitals = _vitals.ToVitals(),
        Recent = _recent,
        UnrecognisedLines = _unrecognised,
        NotUnderstood = _notUnderstood,
        Observed = Observed,
        ServiceStartedAt = _serviceStartedAt,
        Tested = Tested,
        Unnamed = _unnamed,
    };

    /// <summary>What a repeated line adds beyond the times it was folded.</summary>
    private void CountOnly(MonitorEvent said, int times)
    {
        if (said is Unrecognised)
            _unrecognised += times;
        else if (said is JobRefused)
            _unlisted += times;
    }

    private void Fold(Observation seen)
    {
        switch (seen.Event)
        {
            case ServiceStarted:
                Restart(seen);
                break;
            case UnnamedStarted:
                _unnamed = seen;
                break;
            case StartupFailed:
                RestartUnnamed();
                if (seen.Speaker is Speaker.Cdb2Rabbit)
                    Triggers = Triggers.Apply(seen);
                break;
            case WorkerStarted started:
                RestartUnnamed();
                this.Begin(started.Worker, seen);
                break;
            case WorkerExited exited:
                this.Lose(exited.Worker, seen);
                break;
            case WorkerCrashed crashed:
                this.Crash(crashed.Worker, seen);
                break;
            case WorkerReconnecting reconnecting:
                this.Reconnect(reconnecting.Worker, seen);
                break;
            case WorkerFailed failed:
                this.Fail(failed.Why, seen);
                break;
            case NoTemplateDefined:
                this.Fail(Refusal.NoTemplate, seen);
                break;
            case JobTaken taken:
                this.TakeJob(taken, seen);
                break;
            case JobRefused refused:
                this.Refuse(refused, seen);
                break;
            case BuildStarted started:
                this.StartBuild(LogName.Of(started.LogPath), started.LogPath, seen);
                break;
            case BuildSucceeded ended:
                this.EndBuild(ended.Worker, ended.Build, BuildOutcome.Succeeded, seen);
                break;
            case BuildFailed ended:
                this.EndBuild(ended.Worker, ended.Build, BuildOutcome.Failed, seen);
                break;
            case SourceImageUndefined { Image: { } image }:
                this.Skip(image, seen);
                break;
            case DefaultTemplatesUsed used:
                this.Prepare(used.Image);
                break;
            case Unrecognised:
                _unrecognised++;
                _notUnderstood = (_notUnderstood.Count < MonitorState.MostNotUnderstood ? _notUnderstood : _notUnderstood.RemoveAt(0)).Add(
                    seen
                );
                break;
            case SourceImageLookedUp { Image: { } image }:
                Triggers = Triggers.Name(image, seen.At);
                break;
            case ExceptionShown when seen.Speaker is Speaker.Rabbit2Packer:
                this.Explain(seen);
                break;
            case JobDescribed
            or SourceImageLookedUp
            or SourceImageUndefined { Image: null }
            or PackerCommanded
            or MailNotSent
            or RallyLaunched
            or RallyScored
            or ImageChecked
            or RallyNoted
            or RallyFailed
            or ExceptionShown:
                break;
            case TriggerStarted
            or TriggerExited
            or ProfileListCreated
            or ProfileListStored
            or ProfileRebuilt
            or ProfileDownloading
            or ProfileNew
            or ProfileUpdated
            or ProfileUnchanged
            or ProfileFailed
            or MessagePushing
            or PushFailed
            or TriggerFailed
            or ListenerStarting
            or ListenerStarted
            or ListenerFailed
            or StartupCalled
            or PacketReceived
            or PacketIgnored
            or CallScheduled
            or CallMade
            or CallFailed:
                Triggers = Triggers.Apply(seen);
                // So it was cdb2rabbit that had started.
                _unnamed = seen.Speaker is Speaker.Cdb2Rabbit ? null : _unnamed;
                break;
            default:
                FoldOwn(seen);
                break;
        }
    }

    /// <summary>Lines of this program, or of the system log's daemons, about sources and files, and of systemd about units.</summary>
    private void FoldOwn(Observation seen)
    {
        switch (seen.Event)
        {
            case MessagesDropped:
                Builds = Builds.Doubt(new Doubt(seen.At, seen.Text));
                _sources = _sources.Apply(seen.Source, seen.Event);
                break;
            case UnitStopped { Unit: UnitName.Daemon } or UnitFailed { Unit: UnitName.Daemon, IsOneProcess: false }:
                Halt(seen);
                break;
            case UnitStarted or UnitStopped or UnitFailed:
                break;
            case SourceSeen or SourceRead or LinesLost:
                _sources = _sources.Apply(seen.Source, seen.Event);
                break;
            case SourceTurned or SourcePolled:
                break;
            case BuildLogRead read:
                this.ReadLog(read);
                break;
            case BuildLogGone gone:
                this.ForgetLog(gone.File);
                break;
            case BuildLogRefused refused:
                Logs = Logs.Refuse(refused);
                break;
            case ProfileRead read:
                Triggers = Triggers.Read(read);
                break;
            case PairRemembered pair:
                Triggers = Triggers.Remember(pair);
                break;
            case QueueMeasured measured:
                _measured = measured.Waiting;
                break;
            case HeartbeatReceived or HealthTurned:
                break;
            case LogDirectoryRead:
                Logs = Logs with { Complete = true };
                break;
            default:
                throw new UnreachableException($"{seen.Event.GetType().Name} has no arm in StateDraft.Fold");
        }
    }

    /// <summary>A new process: the builds of the old one are lost, and its threads are gone.</summary>
    private void Restart(Observation seen)
    {
        Halt(seen);
        _serviceStartedAt = seen.At;
    }

    /// <summary>The process is gone: nobody waits for its builds, and its threads are gone.</summary>
    private void Halt(Observation seen)
    {
        Builds = Builds.Abandon(new BuildEnd(seen.At, BuildOutcome.Lost, seen.Text));
        Workers = WorkerTable.Empty;
    }

    /// <summary>A bare "Starting" was the daemon's, as the line after it shows.</summary>
    private void RestartUnnamed()
    {
        if (_unnamed is not { } start)
            return;
        _unnamed = null;
        Restart(start);
    }
}
