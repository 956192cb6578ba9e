using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Packer;

/// <summary>A step of a build.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">Packer's sentence without ids, temporary names and trailing dots.</param>
/// <param name="Line">The number of its line, from 1.</param>
/// <param name="StartedAt">When that line arrived, or null if it was read afterwards.</param>
public sealed record Step(StepKind Kind, string Name, long Line, DateTimeOffset? StartedAt) : IArchived<Step>
{
    /// <summary>Whether it removes what the build made: after an error or an interruption Packer jumps here.</summary>
    public bool IsClearingUp => Kind.Place() is StepPhase.Clearing;

    Step IArchived<Step>.Through(Archive archive) =>
        new((StepKind)archive.Number((int)Kind), archive.Text(Name), archive.Number(Line), archive.TimeOrNull(StartedAt));
}
