using System.Collections.Immutable;
using PackuilonMonitor.Core.Alerts;

namespace PackuilonMonitor.Screen.State;

/// <summary>Which alerts ring, by what the user asked for.</summary>
public static class Bells
{
    public static ImmutableArray<RingBell> For(IEnumerable<Alert> alerts, UserState view) =>
        [.. alerts.Where(alert => Rings(alert, view)).Select(alert => new RingBell(Why(alert.Kind), alert.Build))];

    private static bool Rings(Alert alert, UserState view) => alert.Kind switch
    {
        AlertKind.Failed or AlertKind.Lost => view.BellForAll || IsMarked(alert, view),
        AlertKind.Succeeded or AlertKind.Cancelled => IsMarked(alert, view),
        AlertKind.Stuck or AlertKind.WorkerLost or AlertKind.Health => view.BellForAll,
    };

    private static bool IsMarked(Alert alert, UserState view) => alert.Build is { } build && view.BellFor.Contains(build);

    private static string Why(AlertKind kind) => kind switch
    {
        AlertKind.Failed => "a build failed",
        AlertKind.Lost => "a build was lost",
        AlertKind.Stuck => "a build seems stuck",
        AlertKind.WorkerLost => "a worker was lost",
        AlertKind.Health => "the factory is not well",
        AlertKind.Succeeded or AlertKind.Cancelled => "a build ended",
    };
}
