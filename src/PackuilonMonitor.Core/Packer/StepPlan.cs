using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A step in good builds.</summary>
/// <param name="Key">Which step.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Usual">How long it took, or null if no time is known.</param>
public sealed record PlannedStep(StepKey Key, StepKind Kind, Spread? Usual);

/// <summary>A Quattor component in good builds.</summary>
public sealed record PlannedComponent(string Name, Spread? Usual);

/// <summary>A stage of a provisioning script in good builds.</summary>
public sealed record PlannedStage(string Name, Spread? Usual);

/// <summary>How far a build is.</summary>
/// <param name="Position">The current step's number, from 1; 0 before the first.</param>
/// <param name="Total">The usual number of steps; null if no good build is known.</param>
public readonly record struct Progress(int Position, int? Total);

/// <summary>The usual course of the builds of one image and template.</summary>
public sealed record StepPlan
{
    /// <summary>Older builds say less about today's.</summary>
    private const int MostBuilds = 10;

    /// <summary>Two builds are not enough to compare with.</summary>
    private const int FewestBuilds = 3;

    /// <summary>A step that usually ends at once is not stuck in its second second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(30);

    public static readonly StepPlan Unknown = new();

    /// <summary>The steps in the order of most good builds.</summary>
    public ImmutableArray<PlannedStep> Steps { get; private init; } = [];

    /// <summary>The Quattor components in the newest good build's order.</summary>
    public ImmutableArray<PlannedComponent> Components { get; private init; } = [];

    /// <summary>The stages of the provisioning scripts in the newest good build's order.</summary>
    public ImmutableArray<PlannedStage> Stages { get; private init; } = [];

    /// <summary>The number of good builds behind it.</summary>
    public int GoodBuilds { get; private init; }

    /// <summary>What the last ten good builds of these (oldest first) have in common; builds that did not succeed are skipped.</summary>
    public static StepPlan Learn(IEnumerable<BuildLog> logs)
    {
        var good = logs
            .Where(log => Verdict.Of(log).Outcome == PackerOutcome.Succeeded && !log.Trail.Steps.IsEmpty)
            .TakeLast(MostBuilds)
            .ToArray();
        if (good.Length == 0)
            return Unknown;

        var times = good.Select(StepTimes.Of).ToArray();
        var known = times.SelectMany(steps => steps).ToLookup(step => step.Key, step => step.Duration);
        var stages = good.SelectMany(log => StepTimes.Stages(log)).ToLookup(time => time.Stage.Name, time => time.Duration);
        var components = good.SelectMany(log => log.Trail.Components).ToLookup(component => component.Name, StepTimes.Of);
        return new StepPlan
        {
            GoodBuilds = good.Length,
            Steps = [.. MostCommon(times).Select(step => new PlannedStep(step.Key, step.Step.Kind, Past(known[step.Key])))],
            Stages =
            [
                .. good[^1].Trail.Stages.Select(stage => stage.Name).Distinct().Select(name => new PlannedStage(name, Past(stages[name]))),
            ],
            Components =
            [
                .. good[^1]
                    .Trail.Components.Select(component => component.Name)
                    .Distinct()
                    .Select(name => new PlannedComponent(name, Past(components[name]))),
            ],
        };
    }

    /// <summary>How far a build is; a step that good builds do not have counts by the steps before it.</summary>
    public Progress ProgressOf(BuildLog log)
    {
        if (log.Trail.Current is null)
            return new Progress(0, Steps.IsEmpty ? null : Steps.Length);
        var planned = IndexOf(log);
        var position = planned < 0 ? log.Trail.Steps.Length : planned + 1;
        return new Progress(position, Steps.IsEmpty ? null : Math.Max(Steps.Length, position));
    }

    /// <summary>The steps that follow a build's current one in good builds.</summary>
    public ImmutableArray<PlannedStep> ToCome(BuildLog log)
    {
        var seen = StepTimes.Of(log).Select(step => step.Key).ToHashSet();
        var current = IndexOf(log);
        return [.. Steps.Skip(current + 1).Where(step => !seen.Contains(step.Key))];
    }

    /// <summary>The duration of the usual course, or null under three good builds.</summary>
    public TimeSpan? Whole => HasPast ? Sum(Steps, usual => usual.Median) : null;

    /// <summary>Null under three good builds, if the current step's time is unknown, and if good builds do not have the step.</summary>
    public Estimate? EstimateOf(BuildLog log, DateTimeOffset now)
    {
        if (!HasPast || InStep(log, now) is not { } spent || Usual(log) is not { } usual)
            return null;

        var rest = ToCome(log);
        var left = usual.Median + Sum(rest, step => step.Median) - spent;
        return new Estimate(
            NotNegative(left),
            NotNegative(usual.Lower + Sum(rest, step => step.Lower) - spent),
            NotNegative(usual.Upper + Sum(rest, step => step.Upper) - spent),
            IsLate: left < TimeSpan.Zero);
    }

    /// <summary>
    /// Whether the current step takes longer than ever (and than ten seconds), or than three medians and half a minute. A guess: false if
    /// fewer than three good builds have a time for it.
    /// </summary>
    public bool IsStuck(BuildLog log, DateTimeOffset now) =>
        InStep(log, now) is { } spent
        && Usual(log) is { Count: >= FewestBuilds } usual
        && (spent > usual.Worst && spent > Patience || spent > usual.Median * 3 + Allowance);

    private bool HasPast => Steps.Any(step => step.Usual is { Count: >= FewestBuilds });

    private Spread? Usual(BuildLog log) => IndexOf(log) is var index && index >= 0 ? Steps[index].Usual : null;

    private int IndexOf(BuildLog log)
    {
        if (log.Trail.Current is not { } current)
            return -1;
        var occurrence = log.Trail.Steps.Count(step => step.Name == current.Name) - 1;
        var key = new StepKey(current.Name, occurrence);
        for (var at = 0; at < Steps.Length; at++)
        {
            if (Steps[at].Key == key)
                return at;
        }

        return -1;
    }

    private static TimeSpan? InStep(BuildLog log, DateTimeOffset now) =>
        log.Trail.Current?.StartedAt is { } started ? NotNegative(now - started) : null;

    private static Spread? Past(IEnumerable<TimeSpan?> durations) => Spread.Of(durations.OfType<TimeSpan>());

    /// <summary>Among equally common orders the newest.</summary>
    private static ImmutableArray<StepTime> MostCommon(ImmutableArray<StepTime>[] builds) => builds
        .Reverse()
        .GroupBy(steps => string.Join('\n', steps.Select(step => step.Key.Name)))
        .MaxBy(group => group.Count())!
        .First();

    private static TimeSpan Sum(IEnumerable<PlannedStep> steps, Func<Spread, TimeSpan> part) =>
        steps.Aggregate(TimeSpan.Zero, (sum, step) => step.Usual is { } usual ? sum + part(usual) : sum);

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
