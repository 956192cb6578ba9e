using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>Which worker will take a waiting message, and when, by what all of them still have to do.</summary>
public static class QueueOutlook
{
    /// <summary>Null where a worker is free, or where of one of them nobody can say how long it will be busy.</summary>
    public static (int Thread, TimeSpan In)? Of(FactorySnapshot snapshot, Trigger waiting, DateTimeOffset now)
    {
        var place = Before(snapshot, waiting);
        var free = new List<(int Thread, TimeSpan In)>();
        foreach (var row in snapshot.Workers.Where(row => row.Worker is { Activity: not Lost }))
        {
            if (Busy(snapshot, row, now) is not { } rest)
                return null;
            free.Add((row.Thread!.Value, rest));
        }

        return place < free.Count ? free.OrderBy(one => one.In).ElementAt(place) : null;
    }

    /// <summary>How many messages wait before this one; of those of one second the one that was announced first is taken first.</summary>
    public static int Before(FactorySnapshot snapshot, Trigger waiting) =>
        snapshot.Queue.TryGetValue(waiting.Id, out var place) ? place : snapshot.Queue.Count;

    private static TimeSpan? Busy(FactorySnapshot snapshot, WorkerRow row, DateTimeOffset now)
    {
        if (row.Running is not { } build || snapshot.OutlookOf(build, now) is not { Left: { } left, Stuck: null, Late: false })
            return null;
        return ChangeOutlook.Rest(snapshot, build.Image, row.Worker?.Job?.Built ?? []) is { } rest ? left + rest : null;
    }
}
