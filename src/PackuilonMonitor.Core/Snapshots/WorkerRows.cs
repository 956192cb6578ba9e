using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>The threads in the order of their numbers, each always in its place.</summary>
public static class WorkerRows
{
    public static IReadOnlyList<WorkerRow> Of(FactorySnapshot snapshot)
    {
        var state = snapshot.State;
        var expected = Math.Clamp(snapshot.Facts.ThreadCount ?? 0, 0, Facts.MostThreads);
        var numbers = state.Workers.Keys.Concat(Enumerable.Range(1, expected)).Distinct().Order();
        var threads = numbers.Select(number => Row(snapshot, number, state.Workers.GetValueOrDefault(number)));
        var owned = state.Workers.Values.Select(worker => worker.Build).OfType<int>().ToHashSet();
        var unowned = state.Builds.Running
            .Where(build => !owned.Contains(build.Number))
            .Select(build => snapshot.Find(build.Id))
            .OfType<BuildView>()
            .Where(build => build.Running)
            .Select(build => new WorkerRow(null, null, build, null, Templates(snapshot, build), snapshot.Name));
        return [.. threads, .. unowned];
    }

    private static WorkerRow Row(FactorySnapshot snapshot, int number, Worker? worker)
    {
        var build = snapshot.State.Builds.Find(worker?.Build) is { } known ? snapshot.Find(known.Id) : null;
        return build is null
            ? new WorkerRow(number, worker, null, null, null, snapshot.Name)
            : new WorkerRow(
                number,
                worker,
                build,
                build.Template is null ? null : worker?.Job?.Built.Count,
                Templates(snapshot, build),
                snapshot.Name
            );
    }

    private static int? Templates(FactorySnapshot snapshot, BuildView build) =>
        build.Template is null ? null : snapshot.TemplatesOf(build.Image) is { Count: > 0 } templates ? templates.Count : null;
}
