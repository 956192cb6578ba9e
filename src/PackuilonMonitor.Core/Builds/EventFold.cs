using System.Diagnostics;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What each event means for the state: the one list of all events.</summary>
internal static class EventFold
{
    public static void Fold(this StateDraft draft, Observation seen)
    {
        switch (seen.Event)
        {
            case ServiceStarted:
                draft.Restart(seen);
                break;
            case UnnamedStarted:
                draft.Unnamed = seen;
                break;
            case StartupFailed:
                draft.RestartUnnamed();
                if (seen.Speaker is Speaker.Cdb2Rabbit)
                    draft.Triggers = draft.Triggers.Apply(seen);
                break;
            case WorkerStarted started:
                draft.RestartUnnamed();
                draft.Begin(started.Worker, seen);
                break;
            case WorkerExited exited:
                draft.Lose(exited.Worker, seen);
                break;
            case WorkerCrashed crashed:
                draft.Crash(crashed.Worker, seen);
                break;
            case WorkerReconnecting reconnecting:
                draft.Reconnect(reconnecting.Worker, seen);
                break;
            case WorkerFailed failed:
                draft.Fail(failed.Why, seen);
                break;
            case NoTemplateDefined:
                draft.Fail(Refusal.NoTemplate, seen);
                break;
            case JobTaken taken:
                draft.TakeJob(taken, seen);
                break;
            case JobRefused refused:
                draft.Refuse(refused, seen);
                break;
            case BuildStarted started:
                draft.StartBuild(LogName.Of(started.LogPath), started.LogPath, seen);
                break;
            case BuildSucceeded ended:
                draft.EndBuild(ended.Worker, ended.Build, BuildOutcome.Succeeded, seen);
                break;
            case BuildFailed ended:
                draft.EndBuild(ended.Worker, ended.Build, BuildOutcome.Failed, seen);
                break;
            case SourceImageUndefined { Image: { } image }:
                draft.Skip(image, seen);
                break;
            case DefaultTemplatesUsed used:
                draft.Prepare(used.Image);
                break;
            case Unrecognised:
                draft.AddUnrecognised(seen);
                break;
            case SourceImageLookedUp { Image: { } image }:
                draft.Triggers = draft.Triggers.Name(image, seen.At);
                break;
            case ExceptionShown when seen.Speaker is Speaker.Rabbit2Packer:
                draft.Explain(seen);
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
                draft.Triggers = draft.Triggers.Apply(seen);
                // So it was cdb2rabbit that had started.
                draft.Unnamed = seen.Speaker is Speaker.Cdb2Rabbit ? null : draft.Unnamed;
                break;
            default:
                draft.FoldOwn(seen);
                break;
        }
    }

    /// <summary>Lines of this program, or of the system log's daemons, about sources and files, and of systemd about units.</summary>
    private static void FoldOwn(this StateDraft draft, Observation seen)
    {
        switch (seen.Event)
        {
            case MessagesDropped:
                draft.Builds = draft.Builds.Doubt(new Doubt(seen.At, seen.Text));
                draft.Sources = draft.Sources.Apply(seen.Source, seen.Event);
                break;
            case UnitStopped { Unit: UnitName.Daemon } or UnitFailed { Unit: UnitName.Daemon, IsOneProcess: false }:
                draft.Halt(seen);
                break;
            case UnitStarted or UnitStopped or UnitFailed:
                break;
            case SourceSeen or SourceRead or LinesLost:
                draft.Sources = draft.Sources.Apply(seen.Source, seen.Event);
                break;
            case SourceTurned or SourcePolled:
                break;
            case BuildLogRead read:
                draft.ReadLog(read);
                break;
            case BuildLogGone gone:
                draft.ForgetLog(gone.File);
                break;
            case BuildLogRefused refused:
                draft.Logs = draft.Logs.Refuse(refused);
                break;
            case ProfileRead read:
                draft.Triggers = draft.Triggers.Read(read);
                break;
            case PairRemembered pair:
                draft.Triggers = draft.Triggers.Remember(pair);
                break;
            case QueueMeasured measured:
                draft.Measured = measured.Waiting;
                break;
            case HeartbeatReceived or HealthTurned:
                break;
            case LogDirectoryRead:
                draft.Logs = draft.Logs with { Complete = true };
                break;
            default:
                throw new UnreachableException($"{seen.Event.GetType().Name} has no arm in EventFold.Fold");
        }
    }

    /// <summary>A new process: the builds of the old one are lost, and its threads are gone.</summary>
    private static void Restart(this StateDraft draft, Observation seen)
    {
        draft.Halt(seen);
        draft.ServiceStartedAt = seen.At;
    }

    /// <summary>The process is gone: nobody waits for its builds, and its threads are gone.</summary>
    private static void Halt(this StateDraft draft, Observation seen)
    {
        draft.Builds = draft.Builds.Abandon(new BuildEnd(seen.At, BuildOutcome.Lost, seen.Text));
        draft.Workers = WorkerTable.Empty;
    }

    /// <summary>A bare "Starting" was the daemon's, as the line after it shows.</summary>
    private static void RestartUnnamed(this StateDraft draft)
    {
        if (draft.Unnamed is not { } start)
            return;
        draft.Unnamed = null;
        draft.Restart(start);
    }
}
