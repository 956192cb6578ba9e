using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Segments;

/// <summary>One thing that the fold was given: an observation, or the growth of a build log that one is made of.</summary>
/// <param name="Seen">The observation; that of a build log without what the log told.</param>
/// <param name="Growth">What of the log was new; null for all else.</param>
public readonly record struct Entry(Observation Seen, LogGrowth? Growth);

/// <summary>What one look read, folded as one batch.</summary>
/// <param name="At">When it arrived, by the recorder's clock.</param>
public sealed record Batch(DateTimeOffset At, ImmutableArray<Entry> Entries);

/// <summary>What was written at once. It is there whole or not at all.</summary>
/// <param name="Number">Counts up from 1 over all days and factories.</param>
/// <param name="Factory">The factory's name; empty for the only one.</param>
public sealed record Frame(long Number, string Factory, ImmutableArray<Batch> Batches)
{
    /// <summary>How far the sources are read after it: those that changed.</summary>
    public ImmutableArray<SourcePlace> Places { get; init; } = [];

    /// <summary>Keys of the alerts that were given.</summary>
    public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>What is known of the factory beside its lines, in the first frame of a recorder and of a day; null elsewhere.</summary>
    public FactoryFacts? Facts { get; init; }

    /// <summary>When the first of it arrived.</summary>
    public DateTimeOffset At => Batches[0].At;

    public DateTimeOffset LastAt => Batches[^1].At;
}

/// <summary>What a fold and its picture need to know of a factory beside its lines.</summary>
/// <param name="ProfileMatch">What the names of all its profiles hold; null where that is not known.</param>
/// <param name="Threads">How many threads its daemon starts; null where that is not known.</param>
/// <param name="Zone">The zone that its times are shown in.</param>
/// <param name="LogDirectory">Where its build logs are.</param>
public sealed record FactoryFacts(string? ProfileMatch, int? Threads, string Zone, string LogDirectory);
