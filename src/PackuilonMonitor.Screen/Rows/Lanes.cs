using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Places;

namespace PackuilonMonitor.Screen.Rows;

/// <summary>A worker's line of the timeline.</summary>
/// <param name="Thread">Null for the builds whose thread is unknown.</param>
/// <param name="Worker">Null for a thread without any line.</param>
public sealed record Lane(string Id, string? Factory, int? Thread, Worker? Worker);

/// <summary>All templates of one message on one worker, oldest first.</summary>
public sealed record LaneJob(IReadOnlyList<BuildView> Builds)
{
    public DateTimeOffset Start => Builds[0].StartedAt!.Value;

    /// <summary>Null while a build of it runs.</summary>
    public DateTimeOffset? End => Builds[^1].Running ? null : Builds[^1].EndedAt ?? Builds[^1].StartedAt;
}

/// <summary>Who built what, and when.</summary>
public static class Lanes
{
    /// <summary>The workers by number, factory by factory, then what no thread is known for.</summary>
    public static IReadOnlyList<Lane> Of(Snapshot snapshot)
    {
        var lanes = new List<Lane>();
        foreach (var factory in snapshot.Factories)
        {
            var workers = factory.Workers.Where(row => row.Thread is not null).ToDictionary(row => row.Thread!.Value, row => row.Worker);
            var threads = factory.Builds.Select(build => build.Worker?.Number);
            lanes.AddRange(
                workers.Keys
                    .Select(number => (int?)number)
                    .Union(threads)
                    .OrderBy(number => number ?? int.MaxValue)
                    .Select(number => new Lane(
                        IdOf(factory.Name, number),
                        factory.Name,
                        number,
                        number is { } known ? workers.GetValueOrDefault(known) : null
                    ))
            );
        }

        return lanes;
    }

    public static string IdOf(BuildView build) => IdOf(build.Factory, build.Worker?.Number);

    /// <summary>The lane that is listed: the chosen one, else the one that began a build last.</summary>
    public static Lane? Chosen(Snapshot snapshot, TimeWindow window, IReadOnlyList<Lane> lanes) =>
        lanes.FirstOrDefault(lane => lane.Id == window.Lane)
        ?? (snapshot.Builds is [.., var last] ? lanes.FirstOrDefault(lane => lane.Id == IdOf(last)) : null)
        ?? (lanes is [var first, ..] ? first : null);

    /// <summary>A lane's builds, oldest first.</summary>
    public static IEnumerable<BuildView> Builds(Snapshot snapshot, Lane lane) => snapshot
        .Of(lane.Factory)
        .Builds.Where(build => build.StartedAt is not null && build.Worker?.Number == lane.Thread);

    /// <summary>Whether any of a build lies between the two.</summary>
    public static bool IsIn(BuildView build, DateTimeOffset from, DateTimeOffset until) =>
        build.StartedAt < until && (build.Running || (build.EndedAt ?? build.StartedAt) >= from);

    /// <summary>The messages that a lane worked on between the two, oldest first.</summary>
    public static IEnumerable<LaneJob> Jobs(Snapshot snapshot, Lane lane, DateTimeOffset from, DateTimeOffset until) =>
        Builds(snapshot, lane)
            .Where(build => IsIn(build, from, until))
            .GroupBy(build => build.Build?.TakenAt is { } taken ? (object)taken : build.Id)
            .Select(job => new LaneJob([.. job]));

    /// <summary>The rows of the list: the chosen lane's builds and refused messages in the window, newest first.</summary>
    public static IReadOnlyList<Row> Rows(Snapshot snapshot, TimeWindow window, DateTimeOffset now)
    {
        if (Chosen(snapshot, window, Of(snapshot)) is not { } lane)
            return [];
        var until = window.End(now);
        var from = until - window.Span;
        var refused = snapshot.Ended.OfType<RejectionRow>().Where(row => row.Factory == lane.Factory
            && row.Rejection.Worker?.Number == lane.Thread
            && row.Rejection.At >= from
            && row.Rejection.At <= until);
        return
        [
            .. Builds(snapshot, lane)
                .Where(build => IsIn(build, from, until + TimeSpan.FromSeconds(1)))
                .Select(build => (Row: (Row)new BuildRow(build), At: build.StartedAt!.Value))
                .Concat(refused.Select(row => (Row: (Row)row, row.Rejection.At)))
                .OrderByDescending(row => row.At)
                .Select(row => row.Row),
        ];
    }

    private static string IdOf(string? factory, int? thread) =>
        FactoryName.Own(factory, thread is { } number ? $"thread {number}" : "thread ?");
}
