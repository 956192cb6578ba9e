using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Commands;

/// <summary>The verdict of several builds: the worst of theirs.</summary>
internal static class WaitVerdict
{
    /// <summary>The last lines of a log arrive a moment after the verdict: the image's id, or that it was interrupted.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Null while one of them runs.</summary>
    /// <param name="settling">How long no other result may follow, if longer than the builds require.</param>
    public static WaitEnd? Of(IReadOnlyList<BuildView> builds, TimeSpan settling = default, bool isLost = false)
    {
        if (builds.Any(build => build.Running))
            return null;
        var code = isLost || builds.Any(build => build.State is BuildState.Lost) ? BuildWait.LostOrRejected
            : builds.Any(build => build.State is BuildState.Failed) ? BuildWait.Failed
            : builds.Any(build => build.State is BuildState.Cancelled) ? BuildWait.Cancelled
            : BuildWait.Succeeded;
        var isOpen = builds.Any(build =>
            build is { State: BuildState.Failed or BuildState.Lost } or { State: BuildState.Succeeded, ImageId: null, LogShared: false }
        );
        var text = string.Join("; ", builds.Select(Text)) + (isLost ? "; its worker ended before all templates were built" : "");
        return new WaitEnd(code, text, isOpen && settling < Settling ? Settling : settling)
        {
            Images = [.. builds.Select(build => build.ImageId).OfType<string>()],
            Since = builds.Max(build => build.EndedAt),
        };
    }

    private static string Text(BuildView view)
    {
        var after = view.Took is { } took ? $" after {Words.Span(took)}" : "";
        var word = view.State switch
        {
            BuildState.Succeeded => "succeeded",
            BuildState.Failed => "failed",
            BuildState.Lost => "lost",
            BuildState.Cancelled => "cancelled",
            BuildState.Building or BuildState.Unknown => "running",
        };
        return $"{view.Id}: {word}{after}{(view.State is not BuildState.Succeeded && view.Reason is { } reason ? $": {reason}" : "")}";
    }
}
