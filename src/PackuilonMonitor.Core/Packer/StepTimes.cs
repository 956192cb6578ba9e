using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Packer;

/// <summary>Identifies a step in any build of an image and template: its name, and its ordinal among steps of that name.</summary>
public readonly record struct StepKey(string Name, int Occurrence);

/// <summary>A step and how long it took.</summary>
/// <param name="Key">Which step.</param>
/// <param name="Step">The step of this build.</param>
/// <param name="Duration">Null if its time is unknown or, for the last step, not yet over.</param>
public sealed record StepTime(StepKey Key, Step Step, TimeSpan? Duration);

/// <summary>How long the steps and Quattor components of one build took, if their lines were seen to arrive.</summary>
public static class StepTimes
{
    /// <summary>A step lasts until the next begins; the last until the log's last line, once the build has ended.</summary>
    public static ImmutableArray<StepTime> Of(BuildLog log)
    {
        var steps = log.Trail.Steps;
        var times = ImmutableArray.CreateBuilder<StepTime>(steps.Length);
        var names = new Dictionary<string, int>(steps.Length);
        var end = Verdict.Of(log).Outcome == PackerOutcome.Unknown ? null : log.LastLineAt;
        for (var at = 0; at < steps.Length; at++)
        {
            var step = steps[at];
            var earlier = names.GetValueOrDefault(step.Name);
            names[step.Name] = earlier + 1;
            var until = at + 1 < steps.Length ? steps[at + 1].StartedAt : end;
            times.Add(new StepTime(new StepKey(step.Name, earlier), step, Between(step.StartedAt, until)));
        }

        return times.MoveToImmutable();
    }

    /// <summary>A stage lasts until the next of the same step begins, or until that step is over; null if that is unknown.</summary>
    public static ImmutableArray<(ScriptStage Stage, TimeSpan? Duration)> Stages(BuildLog log)
    {
        var stages = log.Trail.Stages;
        var steps = Of(log);
        var times = ImmutableArray.CreateBuilder<(ScriptStage, TimeSpan?)>(stages.Length);
        for (var at = 0; at < stages.Length; at++)
        {
            var stage = stages[at];
            var inside = steps.LastOrDefault(step => step.Step.Line < stage.Line);
            var next = at + 1 < stages.Length ? stages[at + 1] : null;
            var follows = steps.FirstOrDefault(step => step.Step.Line > stage.Line)?.Step;
            var until = next is not null && (follows is null || next.Line < follows.Line) ? next.StartedAt
                : inside is { Duration: { } took } ? inside.Step.StartedAt + took
                : null;
            times.Add((stage, Between(stage.StartedAt, until)));
        }

        return times.MoveToImmutable();
    }

    /// <summary>How long a component took, or null while it runs or if its time is unknown.</summary>
    public static TimeSpan? Of(Component component) => Between(component.StartedAt, component.EndedAt);

    /// <summary>Clocks may be set back; a duration is never negative.</summary>
    private static TimeSpan? Between(DateTimeOffset? start, DateTimeOffset? end) =>
        start is { } from && end is { } to ? TimeSpan.FromTicks(Math.Max(0, (to - from).Ticks)) : null;
}
