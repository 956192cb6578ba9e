using System.Collections.Immutable;

namespace PackuilonMonitor.Simulation;

/// <summary>A bounded run of a simulated factory, in memory: the final content of its files, and the truth.</summary>
/// <remarks>
/// <c>Lines</c>: Every line of messages with the truth about it, across rotations. <c>Messages</c>: The bytes of messages, oldest rotated
/// file first. <c>Logs</c>: The final bytes of each log by its path below the log directory. <c>Profiles</c>: cdb2rabbit's copies of
/// profiles by their names.
/// </remarks>
public sealed record SimulatedRun(
    ImmutableArray<MessageLine> Lines,
    ImmutableArray<byte[]> Messages,
    ImmutableSortedDictionary<string, byte[]> Logs,
    ImmutableSortedDictionary<string, byte[]> Profiles,
    FactoryTruth Truth)
{
    /// <summary>The factory of that plan with another seed, run for a time as at speed 1.</summary>
    public static SimulatedRun Of(ulong seed, FactoryPlan plan, TimeSpan duration)
    {
        var seeded = plan with { Seed = seed };
        var factory = new SimulatedFactory(seeded);
        var folder = new MemoryFolder();
        var lines = ImmutableArray.CreateBuilder<MessageLine>();

        // The truth covers the last step taken, so the step after the end must not be requested.
        foreach (var step in factory.StepsUntil(seeded.Start + duration / seeded.Speed))
        {
            folder.Apply(step.Operation);
            if (step.Operation is MessageLine line)
                lines.Add(line);
        }

        return new SimulatedRun(lines.DrainToImmutable(), folder.Messages(), folder.Logs(), folder.Profiles(), factory.Truth);
    }
}
