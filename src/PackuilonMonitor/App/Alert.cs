namespace PackuilonMonitor.App;

/// <summary>Something that somebody who does not look may want to be told of.</summary>
public sealed record Alert(AlertKind Kind)
{
    /// <summary>The kind as settings and programs name it.</summary>
    public static string Word(AlertKind kind) => kind switch
    {
        AlertKind.Failed => "failed",
        AlertKind.Lost => "lost",
        AlertKind.Stuck => "stuck",
        AlertKind.Cancelled => "cancelled",
        AlertKind.WorkerLost => "worker-lost",
        AlertKind.Succeeded => "succeeded",
    };
}
