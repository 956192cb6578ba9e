using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.LogPages;

/// <summary>The good log that a log is compared with.</summary>
/// <param name="Baseline">The lines of good builds of the same image and template.</param>
/// <param name="Lines">The unmasked lines of the newest of them.</param>
public sealed record LastGood(Baseline Baseline, ImmutableArray<string> Lines)
{
    /// <summary>
    /// The good build to compare with: the last one of the same image and template before the build, otherwise the newest after
    /// it; null if no good build has a log of its own any more. The build must have one, too.
    /// </summary>
    /// <param name="builds">In order of start.</param>
    public static BuildView? For(BuildView build, IEnumerable<BuildView> builds)
    {
        if (!HasOwnLog(build))
            return null;
        var same = builds.Where(known => known.Image == build.Image && known.Template == build.Template).ToList();
        var here = same.FindIndex(known => known.Id == build.Id);
        var before = here < 0 ? same : same[..here];
        return before.FindLast(IsGood) ?? same.FindLast(known => known.Id != build.Id && IsGood(known));
    }

    /// <summary>What is in the log is certainly the build's.</summary>
    public static bool HasOwnLog(BuildView build) => build is { LogShared: false, LogReadable: true };

    private static bool IsGood(BuildView build) => build.State is BuildState.Succeeded && HasOwnLog(build);
}
