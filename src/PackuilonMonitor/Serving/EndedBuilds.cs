using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Serving;

/// <summary>
/// Finds in successive states the builds with a verdict, each exactly once, however often a state is examined and whatever the state
/// forgets. Call at least once in <see cref="MonitorState.MostRecent"/> observations.
/// </summary>
internal sealed class EndedBuilds
{
    /// <summary>A build's own log may say more than the line of its end, and is read a moment later.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, Build> _open = [];
    private readonly Dictionary<int, TimeSpan> _endedSince = [];
    private HashSet<string>? _files = new(StringComparer.Ordinal);
    private BuildTable _seen = BuildTable.Empty;
    private int _newest;

    /// <summary>The builds whose verdict became final since the last call.</summary>
    /// <param name="now">The running time.</param>
    /// <param name="live">Everything at the start has been read; until then only builds about to be forgotten are returned.</param>
    public IReadOnlyList<BuildView> Take(MonitorState state, TimeSpan now, bool live)
    {
        var ended = new List<BuildView>();
        if (!ReferenceEquals(state.Builds, _seen))
            Check(state, ended);
        if (!live)
            return ended;

        var first = _files is not null;
        foreach (var (number, build) in _open)
        {
            var view = BuildView.Of(state, build);
            if (view.Running)
                _endedSince.Remove(number);
            else if (first || (_endedSince.TryGetValue(number, out var since) && now - since >= Settling))
                Report(view, number, ended);
            else
                _endedSince.TryAdd(number, now);
        }

        if (first)
            ended.AddRange(BuildView.All(state).Where(view => view.Build is null && !view.Running && !_files!.Contains(view.Name.File)));
        _files = null;
        return ended;
    }

    private void Check(MonitorState state, List<BuildView> ended)
    {
        _seen = state.Builds;
        foreach (var build in state.Builds.All)
        {
            if (build.Number <= _newest && !_open.ContainsKey(build.Number))
                continue;
            _open[build.Number] = build;
            _files?.Add(build.Name.File);
            _newest = Math.Max(_newest, build.Number);
        }

        foreach (var (number, build) in _open.Where(open => state.Builds.Find(open.Key) is null).ToList())
        {
            if (build.Running)
                _open.Remove(number);
            else
                Report(BuildView.Of(state, build), number, ended);
        }
    }

    private void Report(BuildView view, int number, List<BuildView> ended)
    {
        _open.Remove(number);
        _endedSince.Remove(number);
        ended.Add(view);
    }
}
