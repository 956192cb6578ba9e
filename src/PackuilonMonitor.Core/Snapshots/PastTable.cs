using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>What was worked out of the builds that have ended; good for as long as the same have. For one thread.</summary>
public sealed class PastTable
{
    private readonly Dictionary<PairKey, Past> _pasts = [];
    private readonly Dictionary<string, Ending> _endings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _templates = new(StringComparer.Ordinal);
    private (BuildView Build, Past Others)? _beside;

    public Past Of(BuildView build, BuildIndex builds)
    {
        var key = PairKey.Of(build);
        if (!_pasts.TryGetValue(key, out var past))
        {
            var ended = builds.Of(key.Image).Where(known => known.Template == key.Template && !known.Running);
            _pasts[key] = past = Past.Of(ended);
        }

        return past;
    }

    /// <summary>The same without the build itself; worked out once for the build that was asked last.</summary>
    public Past Beside(BuildView build, BuildIndex builds)
    {
        // One that runs is not among the ended ones.
        if (build.Running)
            return Of(build, builds);
        if (_beside is not { } known || !ReferenceEquals(known.Build, build))
            _beside = known = (build, Of(build, builds).Without(build));
        return known.Others;
    }

    public Ending EndingOf(BuildView build, BuildIndex builds)
    {
        if (build.Running)
            return Ending.Of(build, Past.None);
        if (!_endings.TryGetValue(build.Id, out var ending))
            _endings[build.Id] = ending = Ending.Of(build, Of(build, builds).Before(build));
        return ending;
    }

    public IReadOnlyList<string> TemplatesOf(string image, BuildIndex builds)
    {
        if (!_templates.TryGetValue(image, out var templates))
            _templates[image] = templates = LastMessage(builds.Of(image));
        return templates;
    }

    /// <summary>The builds that one message led to have their thread and its time in common.</summary>
    private static string[] LastMessage(IEnumerable<BuildView> builds) => builds
        .Where(build => build.Build is { TakenAt: not null, Worker: not null, Template: not null })
        .GroupBy(build => (build.Build!.Worker, build.Build.TakenAt))
        .LastOrDefault(message => message.All(build => build.State is BuildState.Succeeded or BuildState.Failed))?
        .Select(build => build.Template!)
        .ToArray() ?? [];
}
