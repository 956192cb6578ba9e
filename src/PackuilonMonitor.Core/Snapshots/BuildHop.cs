using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>What a build reached, and when.</summary>
/// <param name="Kind">The step that began then; null for the start and for the end.</param>
/// <param name="Occurrence">Which of the steps of that kind, from 0; 1 for the end.</param>
/// <param name="Text">In words.</param>
internal readonly record struct BuildHop(StepKind? Kind, int Occurrence, DateTimeOffset At, string Text)
{
    /// <summary>What was waited for since the hop before is what the step before it is about.</summary>
    public Wait? WaitAfter => Kind switch
    {
        StepKind.WaitForServer => Wait.Server,
        StepKind.WaitForSsh => Wait.Ssh,
        StepKind.WaitForImage => Wait.Image,
        _ => null,
    };

    /// <summary>From its start to its end, as far as it is. Of a log that two builds wrote no step is one's own.</summary>
    public static IEnumerable<BuildHop> Of(BuildView build)
    {
        if (build.StartedAt is not { } start)
            yield break;
        yield return new BuildHop(null, 0, start, "packer started");
        var counts = new Dictionary<StepKind, int>();
        foreach (var step in build.LogShared ? [] : build.Log?.Trail.Steps ?? [])
        {
            if (step.StartedAt is not { } at || Reached(step.Kind, build) is not { } text)
                continue;
            var occurrence = counts[step.Kind] = counts.GetValueOrDefault(step.Kind) + 1;
            yield return new BuildHop(step.Kind, occurrence - 1, at, text);
        }

        if (!build.Running && build.EndedAt is { } end)
            yield return new BuildHop(null, 1, end, "");
    }

    /// <summary>What is reached as a step begins; null for one that is not worth a row.</summary>
    private static string? Reached(StepKind kind, BuildView build) => kind switch
    {
        StepKind.LaunchServer => "server asked for",
        StepKind.WaitForServer => "server launched",
        StepKind.WaitForSsh => "server ready",
        StepKind.Connected => "SSH answered",
        StepKind.StopServer => "provisioned",
        StepKind.WaitForImage => "image begun",
        StepKind.TerminateServer => build.State is BuildState.Failed or BuildState.Cancelled ? "server to be terminated" : "image ready",
        _ => null,
    };
}
