using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>Remarks about an ended build, beside its result.</summary>
/// <param name="Why">Why it ended so and what it left behind; empty for nothing.</param>
/// <param name="Slower">Which step made a good build slow; empty for none.</param>
public sealed record Ending(string Why, string Slower)
{
    /// <summary>What takes so many times as long as usual, and so much longer, is called slower.</summary>
    private const double SlowFrom = 1.15;

    private static readonly TimeSpan SlowBy = TimeSpan.FromSeconds(30);

    /// <summary>A step that explains less than one part in so many of the delay is not its cause.</summary>
    private const int SmallestShare = 3;

    public static Ending Of(BuildView build, Past past) => new(
        string.Join(
            "  ",
            new[] { ReasonOf(build) ?? SharedOf(build), StepOf(build), LeftOf(build) }.Where(part => part is { Length: > 0 })
        ),
        build.State is BuildState.Succeeded ? SlowerIn(build, past) : "");

    public static string? ReasonOf(BuildView build) => build.State is BuildState.Lost ? Core.Text.Words.Lost(build.Reason) : build.Reason;

    /// <summary>Nothing is concluded from a log that two builds wrote.</summary>
    private static string? SharedOf(BuildView build) =>
        build is { State: BuildState.Failed, LogShared: true } ? Core.Text.Words.SharedLog : null;

    private static string? StepOf(BuildView build) =>
        build.State is BuildState.Failed && build is { LogShared: false, Log.Trail.Steps: { } steps }
            && steps.LastOrDefault(step => !step.IsClearingUp) is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"step {steps.LastIndexOf(last) + 1}")
            : null;

    private static string? LeftOf(BuildView build)
    {
        var left = build.LeftBehind.ToArray();
        return left.Length == 0 ? null : string.Join(", ", left.Select(one => $"! {Core.Text.Words.Left(one.Kind)} left: {one.Name}"));
    }

    /// <summary>
    /// The step that lasted longest over its usual time, among those that three good builds had; of one with Quattor in it the component,
    /// if that explains most.
    /// </summary>
    private static string SlowerIn(BuildView build, Past past)
    {
        if (past.Usual is not { } usual || build.Took is not { } took || took < usual * SlowFrom || took - usual < SlowBy)
            return "";
        return build.Log is { } log && !build.LogShared ? SlowestIn(log, past, took - usual) : "";
    }

    /// <param name="over">How much longer the whole build took than usual: a step that explains little of it is not named.</param>
    private static string SlowestIn(BuildLog log, Past past, TimeSpan over)
    {
        var times = StepTimes.Of(log);
        var slow = Slowest(
            times.Select(time =>
                (time.Step.Name, time.Step.Line, time.Duration, past.Plan.Steps.FirstOrDefault(step => step.Key == time.Key)?.Usual)
            )
        );
        if (slow is not { } step || step.Over * SmallestShare < over)
            return "";
        var end = times.Select(time => time.Step.Line).FirstOrDefault(line => line > step.Line, long.MaxValue);
        var within = Slowest(
            log.Trail.Components.Where(component => component.Line > step.Line && component.Line < end)
                .Select(component =>
                    (
                        $"quattor {component.Name}",
                        component.Line,
                        StepTimes.Of(component),
                        past.Plan.Components.FirstOrDefault(known => known.Name == component.Name)?.Usual
                    )
                )
        );
        return Words(within is { } part && part.Over * 2 >= step.Over ? part : step);
    }

    private static Slow? Slowest(IEnumerable<(string Name, long Line, TimeSpan? Took, Spread? Usual)> times) => times
        .Where(time => time is { Took: not null, Usual.Count: >= Past.FewestBuilds } && time.Took > time.Usual.Upper)
        .Select(time => (Slow?)new Slow(time.Name, time.Line, time.Took!.Value, time.Usual!.Median))
        .MaxBy(time => time!.Value.Over);

    private static string Words(Slow slow) =>
        $"slower: {slow.Name} {Core.Text.Words.Span(slow.Took)} (usual {Core.Text.Words.Span(slow.Usual)})";

    private readonly record struct Slow(string Name, long Line, TimeSpan Took, TimeSpan Usual)
    {
        public TimeSpan Over => Took - Usual;
    }
}
