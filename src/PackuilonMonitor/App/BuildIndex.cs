using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.App;

/// <summary>The builds of one state, found by id and image; for one thread.</summary>
internal sealed class BuildIndex
{
    private readonly Dictionary<string, BuildView> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<BuildView>> _byImage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _templates = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Rejection> _rejections;
    private IReadOnlyList<Row>? _ended;

    private BuildIndex(IReadOnlyList<BuildView> all, IReadOnlyList<Rejection> rejections)
    {
        (All, _rejections) = (all, rejections);
        foreach (var build in all)
        {
            _byId[build.Id] = build;
            if (!_byImage.TryGetValue(build.Image.Text, out var same))
                _byImage[build.Image.Text] = same = [];
            same.Add(build);
        }
    }

    public IReadOnlyList<BuildView> All { get; }

    public IReadOnlyList<Row> Ended => _ended ??= EndedRows();

    public static BuildIndex Of(MonitorState state) => new(BuildView.All(state), state.Rejections);

    /// <summary>The index of a later state: itself where that has the same builds.</summary>
    public BuildIndex Next(MonitorState before, MonitorState after) =>
        ReferenceEquals(before.Builds, after.Builds) && ReferenceEquals(before.Logs, after.Logs) && ReferenceEquals(before.Rejections, after.Rejections)
            ? this
            : Of(after);

    /// <summary>Whether the same builds have ended, by the same logs.</summary>
    public bool EndedAsIn(BuildIndex other)
    {
        if (ReferenceEquals(this, other))
            return true;
        return EndedBuilds(this).SequenceEqual(EndedBuilds(other));

        static IEnumerable<(BuildState State, Build? Build, BuildLog? Log)> EndedBuilds(BuildIndex index) => index.All
            .Where(build => build.State is not BuildState.Building)
            .Select(build => (build.State, build.Build, build.Log));
    }

    public BuildView? Find(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<BuildView> Of(string image) => _byImage.TryGetValue(image, out var builds) ? builds : [];

    public IReadOnlyList<string> TemplatesOf(string image)
    {
        if (!_templates.TryGetValue(image, out var templates))
            _templates[image] = templates = LastMessage(Of(image));
        return templates;
    }

    /// <summary>The builds that one message led to have their thread and its time in common.</summary>
    private static string[] LastMessage(IReadOnlyList<BuildView> builds) => builds
        .Where(build => build.Build is { TakenAt: not null, Worker: not null, Template: not null })
        .GroupBy(build => (build.Build!.Worker, build.Build.TakenAt))
        .LastOrDefault(message => message.All(build => build.State is BuildState.Succeeded or BuildState.Failed))?
        .Select(build => build.Template!)
        .ToArray() ?? [];

    private List<Row> EndedRows()
    {
        var rows = new List<(DateTimeOffset At, Row Row)>(All.Count + _rejections.Count);
        foreach (var build in All)
        {
            if (build.State is not BuildState.Building)
                rows.Add((build.EndedAt ?? build.StartedAt ?? DateTimeOffset.MinValue, new BuildRow(build)));
        }

        var seen = new Dictionary<Rejection, int>();
        foreach (var rejection in _rejections)
        {
            var ordinal = seen[rejection] = seen.GetValueOrDefault(rejection) + 1;
            rows.Add((rejection.At, new RejectionRow(rejection, ordinal)));
        }

        // A stable order: of equal times the later in the files is the newer.
        return [.. rows.Select((row, place) => (row.At, place, row.Row)).OrderByDescending(row => (row.At, row.place)).Select(row => row.Row)];
    }
}
