using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Segments;

/// <summary>
/// One factory as its recording tells it up to some entry, folded by <see cref="MonitorState.Apply(IEnumerable{Observation})"/> as ever.
/// </summary>
public sealed record FactoryFold
{
    private FactoryFold(MonitorState state) => State = state;

    public MonitorState State { get; private init; }

    public FactoryFacts? Facts { get; private init; }

    /// <summary>The build logs that are followed, by file name.</summary>
    public ImmutableDictionary<string, RecordedLog> Logs { get; private init; } =
        ImmutableDictionary.Create<string, RecordedLog>(StringComparer.Ordinal);

    /// <summary>Nothing is known yet of the factory with that name; empty for the only one.</summary>
    public static FactoryFold Of(string factory) => new(MonitorState.Of(factory.Length == 0 ? null : factory));

    /// <summary>With what its frame says of the factory; what profiles are called must be known before the first line.</summary>
    public FactoryFold With(FactoryFacts? facts) => facts is null ? this : this with
    {
        Facts = facts,
        State = State.Observed == 0 ? MonitorState.Of(State.Factory, facts.ProfileMatch) : State,
    };

    /// <summary>The fold after these entries, which came at once.</summary>
    /// <param name="number">The frame that they are in.</param>
    public FactoryFold Apply(IEnumerable<Entry> entries, long number) => Apply(entries, number, out _);

    /// <summary>The same, with the observations that were folded.</summary>
    public FactoryFold Apply(IEnumerable<Entry> entries, long number, out IReadOnlyList<Observation> seen)
    {
        var logs = Logs;
        var folded = new List<Observation>();
        foreach (var entry in entries)
        {
            if (entry.Growth is { } growth)
            {
                var log = (logs.GetValueOrDefault(growth.File) ?? RecordedLog.Empty).And(growth, number);
                logs = logs.SetItem(growth.File, log);
                folded.Add(entry.Seen with { Event = new BuildLogRead(growth.File, log.Known.Log, growth.Generation) });
                continue;
            }

            if (entry.Seen.Event is BuildLogGone gone)
                logs = logs.Remove(gone.File);
            folded.Add(entry.Seen);
        }

        seen = folded;
        return this with { State = State.Apply(folded), Logs = logs };
    }
}

/// <summary>A build log as it was recorded, and the frames that its lines are in.</summary>
public sealed record RecordedLog(KnownLog Known, ImmutableList<long> Frames)
{
    public static readonly RecordedLog Empty = new(KnownLog.Empty, []);

    internal RecordedLog And(LogGrowth growth, long number)
    {
        var next = Known.And(growth);
        var frames = growth.Began || growth.Generation != Known.Generation ? [] : Frames;
        return new RecordedLog(next, growth.Lines.IsEmpty || frames is [.., var last] && last == number ? frames : frames.Add(number));
    }
}
