using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>The builds of one image and template.</summary>
internal static class PairVerdicts
{
    /// <summary>An image and its template, in their usual form; the image alone in the dialect without templates.</summary>
    public static string Pair(this BuildView build) => build.Template is null ? build.Image.Text : $"{build.Image.Text}.{build.Template}";

    /// <summary>
    /// The newest ended build of each pair, without forgotten ones; newest first. A build whose own log shows that it is lost has ended.
    /// </summary>
    public static IReadOnlyList<BuildView> Newest(CheckInput at)
    {
        var open = at.Subject.Builds.Get(StillOpen.Of).All;
        return
        [
            .. at.Subject.Ended.Get(Verdicts.Of).Newest
                .Concat(open.Where(build => !build.Running || BuildLost.IsLostByItsLog(at, build)))
                .GroupBy(PairKey.Of)
                .Select(pair => pair.MaxBy(build => (EndOf(at, build), build.Build?.Number ?? 0))!)
                .Where(build => !at.IsForgotten(EndOf(at, build)))
                .OrderByDescending(build => EndOf(at, build)),
        ];
    }

    public static DateTimeOffset EndOf(CheckInput at, BuildView build) => KnownEnd(build) ?? at.Now;

    private static DateTimeOffset? KnownEnd(BuildView build) =>
        build.EndedAt ?? build.Build?.EndedAt ?? build.Log?.ModifiedAt ?? build.StartedAt;

    /// <summary>The thread that builds the pair again now, in words; empty if none does.</summary>
    public static string Again(CheckInput at, BuildView build) =>
        at.Subject.Builds.Get(StillOpen.Of).All.LastOrDefault(other =>
            other.Running
            && PairKey.Of(other) == PairKey.Of(build)
            && !BuildLost.IsLostByItsLog(at, other)
        )
            is { } next
            ? $", being built again{(next.Worker is { } worker ? $" by {worker}" : "")}"
            : "";

    /// <summary>The newest of each pair among those that have ended, whatever the time; by start of the pair's first.</summary>
    private sealed record Verdicts(IReadOnlyList<BuildView> Newest)
    {
        public static Verdicts Of(Derived<IReadOnlyList<BuildView>> ended) => new([
            .. ended.Input
                .Where(build => !IsOpen(build) && build.Build is not null)
                .GroupBy(PairKey.Of)
                .Select(pair => pair.MaxBy(build => (KnownEnd(build), build.Build!.Number))!),
        ]);
    }

    /// <summary>Those of which only the time tells when, or whether, they ended; by start.</summary>
    private sealed record StillOpen(IReadOnlyList<BuildView> All)
    {
        public static StillOpen Of(Derived<IReadOnlyList<BuildView>> builds) =>
            new([.. builds.Input.Where(build => IsOpen(build) && build.Build is not null)]);
    }

    private static bool IsOpen(BuildView build) => build.Running || KnownEnd(build) is null;
}
