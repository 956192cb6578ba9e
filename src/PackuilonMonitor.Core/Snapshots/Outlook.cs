using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// How far a running build is and how long it will last, by the past of its image and template. Absent knowledge is null.
/// </summary>
/// <param name="Position">The current step's number, from 1; 0 before the first.</param>
/// <param name="Total">How many steps there usually are.</param>
/// <param name="Left">How long it will still take.</param>
/// <param name="Range">Half the distance between the quartiles of <paramref name="Left"/>.</param>
/// <param name="Late">It should have been over.</param>
/// <param name="InStep">How long the current step has lasted.</param>
/// <param name="Stuck">How long it usually lasts, where it lasts too long now.</param>
/// <param name="Done">The part that is over, from 0 to 1.</param>
public sealed record Outlook(
    int Position, int? Total, TimeSpan? Left, TimeSpan? Range, bool Late, TimeSpan? InStep, Spread? Stuck, double? Done)
{
    /// <summary>For how long its log has had no new line.</summary>
    public TimeSpan? Silent { get; init; }

    /// <summary>Three good builds or more say how long its step takes.</summary>
    public bool StepIsKnown { get; init; }

    public static readonly Outlook Unknown = new(0, null, null, null, false, null, null, null);

    public static Outlook Of(BuildView build, Past past, DateTimeOffset now)
    {
        if (!build.Running)
            return Unknown;
        var log = build.LogShared ? null : build.Log;
        var progress = log is null ? default : past.Plan.ProgressOf(log);
        var elapsed = build.StartedAt is { } start ? Words.Positive(now - start) : (TimeSpan?)null;
        var estimate = log is null ? null : past.Plan.EstimateOf(log, now);
        var whole = past.Whole is { Count: >= Past.FewestBuilds } known ? known : null;
        var left = estimate?.Left ?? (whole is null || elapsed is null ? null : Words.Positive(whole.Median - elapsed.Value));
        var range = estimate is not null
            ? (estimate.AtMost - estimate.AtLeast) / 2
            : whole is null ? (TimeSpan?)null : (whole.Upper - whole.Lower) / 2;
        var late = estimate?.IsLate ?? (whole is not null && elapsed > whole.Median);
        // Of a build whose time is over the steps that it has reached say how far it is.
        var steps =
            late && progress is { Position: > 0, Total: > 0 and { } all } ? Math.Min(1, (double)progress.Position / all) : (double?)null;
        return new Outlook(
            progress.Position, progress.Total, left, left is null ? null : range, late,
            log?.Trail.Current?.StartedAt is { } began ? Words.Positive(now - began) : null,
            log is not null && past.Plan.IsStuck(log, now) ? UsualOf(log, past.Plan) : null,
            steps ?? (left is { } rest && elapsed is { } gone && (gone + rest) > TimeSpan.Zero ? gone / (gone + rest) : null))
        {
            StepIsKnown = log is not null && UsualOf(log, past.Plan) is { Count: >= Past.FewestBuilds },
            Silent = log?.LastLineAt is { } last ? Words.Positive(now - last) : null,
        };
    }

    private static Spread? UsualOf(BuildLog log, StepPlan plan)
    {
        if (log.Trail.Current is not { } current)
            return null;
        var key = new StepKey(current.Name, log.Trail.Steps.Count(step => step.Name == current.Name) - 1);
        return plan.Steps.FirstOrDefault(step => step.Key == key)?.Usual;
    }
}
