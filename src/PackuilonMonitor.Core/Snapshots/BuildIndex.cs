using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// The builds of one state, found by id and image. While a log grows nothing changes but one view, so the next index shares
/// everything else with this one. For one thread.
/// </summary>
public sealed class BuildIndex
{
    private readonly string? _factory;
    private readonly BuildHistory _history;
    private readonly BuildOrder _places;
    private readonly BuildView[] _all;
    private readonly IReadOnlyList<Rejection> _rejections;
    private IReadOnlyList<Row>? _ended;
    private IReadOnlyList<BuildView>? _running;

    private BuildIndex(
        string? factory,
        BuildHistory history,
        BuildOrder places,
        BuildView[] all,
        IReadOnlyList<Rejection> rejections,
        IReadOnlyList<Row>? ended,
        bool sameEnded,
        bool sameStates
    )
    {
        (_factory, _history, _places, _all, _rejections, _ended) = (factory, history, places, all, rejections, ended);
        (HasSameEnded, HasSameStates) = (sameEnded, sameStates);
    }

    /// <summary>In order of start.</summary>
    public IReadOnlyList<BuildView> All => _all;

    /// <summary>Those that no line says to have ended, in order of start.</summary>
    public IReadOnlyList<BuildView> Running => _running ??= [.. _all.Where(build => build.Running)];

    /// <summary>Ended builds and rejected messages, newest first.</summary>
    public IReadOnlyList<Row> Ended => _ended ??= EndedRows();

    /// <summary>The same builds have ended as in the index before, by the same logs.</summary>
    public bool HasSameEnded { get; }

    /// <summary>The same builds have the same states as in the index before.</summary>
    public bool HasSameStates { get; }

    public static BuildIndex Of(MonitorState state, BuildHistory history)
    {
        BuildView[] all = [.. history.With(BuildView.All(state), state.Triggers)];
        return new BuildIndex(state.Factory, history, BuildOrder.Of(all), all, state.Rejections, null, false, false);
    }

    /// <summary>The index of a later state.</summary>
    public BuildIndex Next(MonitorState before, MonitorState after)
    {
        var ended = ReferenceEquals(before.Rejections, after.Rejections) ? _ended : null;
        if (
            ReferenceEquals(before.Builds, after.Builds)
            && before.Logs.Complete == after.Logs.Complete
            && Grown(before.Logs, after.Logs) is { } files
        )
            return files.Count == 0 && ended == _ended ? this : Grown(after, files, ended);

        BuildView[] all = [.. _history.With(BuildView.All(after), after.Triggers)];
        var sameEnded = EndedOf(all).SequenceEqual(EndedOf(_all));
        return new BuildIndex(_factory, _history, BuildOrder.Of(all), all, after.Rejections, sameEnded ? ended : null, sameEnded, false);
    }

    public BuildView? Find(string id) => _places.ById.TryGetValue(id, out var place) ? _all[place] : null;

    /// <summary>The builds of an image, in order of start.</summary>
    public IReadOnlyList<BuildView> Of(string image) => [.. _places.ByImage[image].Select(place => _all[place])];

    /// <summary>The same builds with other logs in some files.</summary>
    private BuildIndex Grown(MonitorState state, List<string> files, IReadOnlyList<Row>? ended)
    {
        var all = (BuildView[])_all.Clone();
        var (sameEnded, sameStates) = (true, true);
        foreach (var place in files.SelectMany(file => _places.ByFile[file]))
        {
            // A build that is only remembered had its log in this file once.
            if (state.Builds.Find(_all[place].Build?.Number) is not { } build)
                continue;
            var (old, young) = (_all[place], _history.Filled(BuildView.Of(state, build), state.Triggers));
            all[place] = young;
            sameStates &= old.State == young.State;
            sameEnded &= old.State == young.State && (old.Running || ReferenceEquals(old.Log, young.Log));
        }

        return new BuildIndex(_factory, _history, _places, all, state.Rejections, sameEnded ? ended : null, sameEnded, sameStates);
    }

    /// <summary>
    /// The files whose logs are others than before. Null where builds may have come or gone with them: a log is new, or no
    /// announced build's.
    /// </summary>
    private List<string>? Grown(LogTable before, LogTable after)
    {
        var files = new List<string>();
        if (ReferenceEquals(before, after))
            return files;
        var (old, young) = (before.All.ToArray(), after.All.ToArray());
        if (old.Length != young.Length)
            return null;
        for (var index = 0; index < young.Length; index++)
        {
            if (ReferenceEquals(old[index], young[index]))
                continue;
            var file = young[index].File;
            var builds = _places.ByFile[file];
            if (
                old[index].File != file
                || !builds.Any(place => _all[place].Build is { Number: > 0 })
                || builds.Any(place => _all[place].Build is null)
            )
                return null;
            files.Add(file);
        }

        return files;
    }

    /// <summary>The key of an ended build: never its contents, which are large.</summary>
    private static IEnumerable<(BuildState State, Reference Build, Reference Log)> EndedOf(BuildView[] builds)
    {
        foreach (var build in builds)
        {
            if (!build.Running)
                yield return (build.State, new Reference(build.Build), new Reference(build.Log));
        }
    }

    private List<Row> EndedRows()
    {
        var rows = new List<(DateTimeOffset At, Row Row)>(_all.Length + _rejections.Count);
        foreach (var build in _all)
        {
            if (!build.Running)
                rows.Add((build.EndedAt ?? build.StartedAt ?? DateTimeOffset.MinValue, new BuildRow(build)));
        }

        var seen = new Dictionary<(DateTimeOffset, WorkerId?), int>();
        foreach (var rejection in _rejections)
        {
            var key = (rejection.At, rejection.Worker);
            var ordinal = seen[key] = seen.GetValueOrDefault(key) + 1;
            rows.Add((rejection.At, new RejectionRow(rejection, ordinal, _factory)));
        }

        // A stable order: of equal times the later in the files is the newer.
        return
        [
            .. rows.Select((row, place) => (row.At, place, row.Row)).OrderByDescending(row => (row.At, row.place)).Select(row => row.Row),
        ];
    }
}
