using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>What one factory has under the name of a build. Its feed continues from there.</summary>
/// <param name="Build">Null if it has none.</param>
/// <param name="Builds">All its builds, including stored ones if they were needed.</param>
internal sealed record FoundBuild(Sources Sources, MonitorFeed Feed, MonitorState State, BuildView? Build, IReadOnlyList<BuildView> Builds)
    : IDisposable
{
    /// <summary>Searches what is read and, if necessary, the store.</summary>
    /// <param name="withPast">Earlier builds are needed too.</param>
    public static FoundBuild In(Sources sources, HistoryLocation history, string name, bool withPast)
    {
        var feed = sources.Open();
        var state = sources.Folded(feed);
        var builds = BuildView.All(state);
        var build = NamedBuild.Find(builds, name);
        if (build is not (null or { LogGone: true }) && !withPast)
            return new FoundBuild(sources, feed, state, build, builds);
        builds = RememberedBuilds.ReadOrSay(history, sources).History.With(builds, state.Triggers);
        return new FoundBuild(
            sources,
            feed,
            state,
            builds.FirstOrDefault(known => known.Id == build?.Id) ?? NamedBuild.Find(builds, name),
            builds
        );
    }

    /// <summary>The one of several factories that has it.</summary>
    /// <exception cref="WrongUseException">None has, or more than one.</exception>
    public static FoundBuild One(IReadOnlyList<FoundBuild> found, string name) =>
        found.Where(one => one.Build is not null).ToList() switch
        {
            [var only] => only,
            [] => throw new WrongUseException(
                $"log: no such build: {name}; {NamedBuild.Suggestion([.. found.SelectMany(one => one.Builds)], name)}"
            ),
            var several => throw new WrongUseException(
                $"--factory: several factories have a build of {name}; give {string.Join(" or ", several.Select(one => one.Sources.Name))}"
            ),
        };

    public void Dispose() => Feed.Dispose();
}
