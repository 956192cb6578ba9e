using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// How long the hops of a build usually take: the median of the last ten other good builds of its image and template, remembered ones
/// among them; null where fewer than three say so.
/// </summary>
internal sealed class UsualBuildHops
{
    private const int MostBuilds = 10;

    private readonly Dictionary<(StepKind? Kind, int Occurrence), Dictionary<(StepKind? Kind, int Occurrence), List<TimeSpan>>> _after = [];

    /// <summary>From when its message was taken, or the template before it ended, until Packer was started.</summary>
    public TimeSpan? ToStart { get; }

    public UsualBuildHops(FactorySnapshot snapshot, BuildView build)
    {
        var good = snapshot
            .PastOf(build)
            .Ended.Where(other => other.Id != build.Id && other is { State: BuildState.Succeeded, LogShared: false })
            .TakeLast(MostBuilds)
            .ToArray();
        ToStart = Median(good.Select(other => ToStartOf(snapshot, other)).OfType<TimeSpan>());
        foreach (var other in good)
            Learn(other);
    }

    private static TimeSpan? ToStartOf(FactorySnapshot snapshot, BuildView build)
    {
        if (build is not { Build: { TakenAt: { } taken, Worker: { } worker }, StartedAt: { } start })
            return null;
        var before = snapshot
            .Of(build.Image)
            .Where(other => other.Build?.TakenAt == taken && other.Build.Worker == worker && other.EndedAt <= start)
            .Max(other => other.EndedAt);
        return Words.Positive(start - (before ?? taken));
    }

    private void Learn(BuildView build)
    {
        BuildHop[] hops = [.. BuildHop.Of(build)];
        for (var index = 1; index < hops.Length; index++)
            Add(hops[index - 1], hops[index], hops[index].At - hops[index - 1].At);
        // Of a build whose log was read at once only its start and its end have a time.
        if (hops is [var first, _, .., var last])
            Add(first, last, last.At - first.At);
    }

    private void Add(BuildHop from, BuildHop to, TimeSpan time)
    {
        if (!_after.TryGetValue(Key(from), out var next))
            _after[Key(from)] = next = [];
        if (!next.TryGetValue(Key(to), out var times))
            next[Key(to)] = times = [];
        times.Add(Words.Positive(time));
    }

    /// <summary>
    /// How long it usually takes from one hop to the next. Where good builds do not have that one, as in a build that failed, it is how
    /// long they take to what comes next for them; so it is for what a build does now.
    /// </summary>
    public TimeSpan? From(BuildHop hop, BuildHop? to)
    {
        if (!_after.TryGetValue(Key(hop), out var next))
            return null;
        if (to is { } reached && next.TryGetValue(Key(reached), out var times) && Median(times) is { } usual)
            return usual;
        // From the start to the end is all of a build, and no usual time of a step.
        var others = next.Where(known => next.Count == 1 && !IsStart(hop) || !IsEnd(known.Key)).Select(known => known.Value);
        return others.MaxBy(known => known.Count) is { } most ? Median(most) : null;
    }

    private static bool IsStart(BuildHop hop) => hop is { Kind: null, Occurrence: 0 };

    private static bool IsEnd((StepKind? Kind, int Occurrence) key) => key is { Kind: null, Occurrence: 1 };

    private static (StepKind? Kind, int Occurrence) Key(BuildHop hop) => (hop.Kind, hop.Occurrence);

    private static TimeSpan? Median(IEnumerable<TimeSpan> times) =>
        Spread.Of(times) is { Count: >= Past.FewestBuilds } known ? known.Median : null;
}
