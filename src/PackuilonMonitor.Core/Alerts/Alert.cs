using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>An event that is announced to somebody who does not watch the screen.</summary>
/// <param name="At">When it happened or, for a stuck build, was noticed.</param>
/// <param name="Build">The id of the build it is about; null for a worker.</param>
/// <param name="Worker">The thread, as far as one is known.</param>
/// <param name="Factory">Whose it is, where factories are named.</param>
public sealed record Alert(AlertKind Kind, DateTimeOffset At, string? Build, WorkerId? Worker, string? Factory = null)
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
        AlertKind.Health => "health",
    };
}
