using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>The running builds whose step lasts longer than their past allows.</summary>
public static class StuckSteps
{
    /// <summary>How long the step of a build lasts, by the build's id; null for one that is not stuck.</summary>
    public static Func<string, string?> Of(FactorySnapshot factory, DateTimeOffset now) =>
        id =>
        {
            if (
                factory.Find(id) is not { State: BuildState.Building } build
                || factory.OutlookOf(build, now) is not { Stuck: { } usual, InStep: { } spent }
            )
                return null;
            return $"{build.Step} {Words.Span(spent)} (worst {Words.Span(usual.Worst)})";
        };
}
