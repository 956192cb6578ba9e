namespace PackuilonMonitor.Core.Alerts;

/// <summary>The kinds of events that are announced to somebody who does not watch the screen.</summary>
public enum AlertKind
{
    Failed,

    /// <summary>A build whose daemon or worker ended before its verdict.</summary>
    Lost,

    /// <summary>A build's step lasts longer than its past allows; once for each build.</summary>
    Stuck,
    Cancelled,

    /// <summary>A thread of the daemon is gone.</summary>
    WorkerLost,
    Succeeded,

    /// <summary>A check of the health that is an error, or that says that we may be blind.</summary>
    Health,
}
