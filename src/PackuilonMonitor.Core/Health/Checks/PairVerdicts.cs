using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The builds of one image and template.</summary>
internal static class PairVerdicts
{
    /// <summary>An image and its template, in their usual form; the image alone in the dialect without templates.</summary>
    public static string Pair(this BuildView build) => build.Template is null ? build.Image.Text : $"{build.Image.Text}.{build.Template}";

    /// <summary>The newest ended build of each pair, without forgotten ones; newest first.</summary>
    public static IReadOnlyList<BuildView> Newest(CheckInput at) =>
    [
        .. Ended(at)
            .GroupBy(Pair, StringComparer.Ordinal)
            .Select(pair => pair.MaxBy(build => (EndOf(at, build), build.Build?.Number ?? 0))!)
            .Where(build => !at.IsForgotten(EndOf(at, build)))
            .OrderByDescending(build => EndOf(at, build)),
    ];

    /// <summary>Those that have ended, and those whose own log shows that they are lost.</summary>
    public static IEnumerable<BuildView> Ended(CheckInput at) =>
        at.Builds.Where(build => build.Build is not null && (!build.Running || BuildLost.IsLostByItsLog(at, build)));

    public static DateTimeOffset EndOf(CheckInput at, BuildView build) =>
        build.EndedAt ?? build.Build?.EndedAt ?? build.Log?.ModifiedAt ?? build.StartedAt ?? at.Now;

    /// <summary>The thread that builds the pair again now, in words; empty if none does.</summary>
    public static string Again(CheckInput at, BuildView build) =>
        at.Builds.LastOrDefault(other =>
            other.Build is not null
            && other.Running
            && other.Pair() == build.Pair()
            && !BuildLost.IsLostByItsLog(at, other)
        )
            is { } next
            ? $", being built again{(next.Worker is { } worker ? $" by {worker}" : "")}"
            : "";
}
