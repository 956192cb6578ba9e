using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Segments;

/// <summary>One input of the fold: an observation, or the growth of a build log from which one is made.</summary>
/// <param name="Seen">The observation; for a build log without the log's content.</param>
/// <param name="Growth">The new lines of the log; null for everything else, also a log that another host reported.</param>
public readonly record struct Entry(Observation Seen, LogGrowth? Growth);

/// <summary>The entries of one poll, folded as one batch.</summary>
/// <param name="At">When it arrived, by the recorder's clock.</param>
public sealed record Batch(DateTimeOffset At, ImmutableArray<Entry> Entries);

/// <summary>The unit of writing: complete or absent.</summary>
/// <param name="Number">Counts up from 1 over all days and factories.</param>
/// <param name="Factory">The factory's name; empty for the only one.</param>
public sealed record Frame(long Number, string Factory, ImmutableArray<Batch> Batches)
{
    /// <summary>How far the sources are read after it, for those that changed.</summary>
    public ImmutableArray<SourcePosition> Places { get; init; } = [];

    /// <summary>Keys of the alerts that were sent.</summary>
    public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>What is known of the factory besides its lines, in the first frame of a recorder and of a day; null elsewhere.</summary>
    public FactoryFacts? Facts { get; init; }

    /// <summary>When its first entry arrived.</summary>
    public DateTimeOffset At => Batches[0].At;

    public DateTimeOffset LastAt => Batches[^1].At;
}

/// <summary>What a fold and its picture need to know of a factory besides its lines.</summary>
/// <param name="ProfileMatch">A string that the names of all its profiles contain; null if unknown.</param>
/// <param name="Threads">How many threads its daemon starts; null if unknown.</param>
/// <param name="Zone">The zone of its times on the screen.</param>
/// <param name="LogDirectory">The directory of its build logs.</param>
public sealed record FactoryFacts(string? ProfileMatch, int? Threads, string Zone, string LogDirectory) : IArchived<FactoryFacts>
{
    FactoryFacts IArchived<FactoryFacts>.Through(Archive archive) =>
        new(archive.TextOrNull(ProfileMatch), archive.NumberOrNull(Threads), archive.Text(Zone), archive.Text(LogDirectory));
}
