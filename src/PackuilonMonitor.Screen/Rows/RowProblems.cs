using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Screen.Rows;

/// <summary>Which rows and events report a failure.</summary>
public static class RowProblems
{
    /// <summary>Whether something went wrong with what the row is about.</summary>
    public static bool IsProblem(Snapshot snapshot, Row row, DateTimeOffset now) => row switch
    {
        WorkerRow worker => WorkerTrouble.Of(snapshot, worker, now) is not Trouble.None,
        TriggerRow trigger => trigger.IsProblem && trigger.Builds.Count == 0,
        BuildRow build => build.View.State is BuildState.Failed or BuildState.Lost,
        RejectionRow => true,
        EventRow seen => IsProblem(seen.Seen.Event),
        SourceRow source => source.Reading.InTrouble,
        ChainRow hop => hop.IsProblem,
        CauseRow => true,
        CheckRow check => !check.Raised.Check.IsMuted,
        CheckItemRow item => !item.Item.Muted,
        DoctorRow found => found.IsProblem,
        _ => false,
    };

    /// <summary>Whether an event reports a failure.</summary>
    public static bool IsProblem(MonitorEvent said) =>
        said
            is WorkerCrashed
                or WorkerFailed
                or JobRefused
                or BuildFailed
                or StartupFailed
                or PushFailed
                or ProfileFailed
                or NoTemplateDefined
                or TriggerFailed
                or ListenerFailed
                or CallFailed
                or LinesLost
                or MessagesDropped;
}
