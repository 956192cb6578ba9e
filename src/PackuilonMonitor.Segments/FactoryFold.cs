using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Segments;

/// <summary>One factory up to some entry of its recording, folded by <see cref="MonitorState.Apply(IEnumerable{Observation})"/>.</summary>
public sealed record FactoryFold : IArchived<FactoryFold>
{
    private FactoryFold(MonitorState state) => State = state;

    public MonitorState State { get; private init; }

    public FactoryFacts? Facts { get; private init; }

    /// <summary>The followed build logs, by file name.</summary>
    public ImmutableDictionary<string, RecordedLog> Logs { get; private init; } =
        ImmutableDictionary.Create<string, RecordedLog>(StringComparer.Ordinal);

    /// <summary>The factory with that name, with nothing known yet; empty for the only one.</summary>
    public static FactoryFold Of(string factory) => new(MonitorState.Of(factory.Length == 0 ? null : factory));

    /// <summary>Adds what the frame says about the factory: the pattern of profiles' names must be known before the first line.</summary>
    public FactoryFold With(FactoryFacts? facts) => facts is null ? this : this with
    {
        Facts = facts,
        State = State.Observed == 0 ? MonitorState.Of(State.Factory, facts.ProfileMatch) : State,
    };

    /// <summary>The fold after a frame, whose entries somebody has folded already.</summary>
    /// <param name="state">The state after its last entry; null if none of them changes it.</param>
    public FactoryFold After(Frame frame, MonitorState? state)
    {
        var logs = Logs;
        foreach (var entry in frame.Batches.SelectMany(batch => batch.Entries))
        {
            if (entry.Growth is { } growth && entry.Seen.Event is BuildLogRead read)
            {
                var log = (logs.GetValueOrDefault(growth.File) ?? RecordedLog.Empty).And(growth, read.Log, frame.Number);
                logs = logs.SetItem(growth.File, log);
            }
            else if (entry.Seen.Event is BuildLogGone gone)
            {
                logs = logs.Remove(gone.File);
            }
        }

        return this with { State = state ?? State, Facts = frame.Facts ?? Facts, Logs = logs };
    }

    /// <summary>The fold after these entries, which arrived together.</summary>
    /// <param name="number">The frame that contains them.</param>
    public FactoryFold Apply(IEnumerable<Entry> entries, long number) => Apply(entries, number, out _);

    /// <summary>The same, with the folded observations.</summary>
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

            // What somebody concluded from the state is no part of it.
            if (entry.Seen.Event is HealthTurned)
                continue;
            if (entry.Seen.Event is BuildLogGone gone)
                logs = logs.Remove(gone.File);
            folded.Add(entry.Seen);
        }

        seen = folded;
        return this with { State = State.Apply(folded), Logs = logs };
    }

    FactoryFold IArchived<FactoryFold>.Through(Archive archive) => new(archive.Own(State))
    {
        Facts = archive.OwnOrNull(Facts),
        Logs = archive.ByName(Logs, static (archive, log) => archive.Own(log)),
    };
}

/// <summary>A recorded build log, and the frames with its lines.</summary>
public sealed record RecordedLog(KnownLog Known, ImmutableList<long> Frames) : IArchived<RecordedLog>
{
    public static readonly RecordedLog Empty = new(KnownLog.Empty, []);

    internal RecordedLog And(LogGrowth growth, long number) => And(Known.And(growth), growth, number);

    /// <param name="folded">The log after it, which somebody has folded already.</param>
    internal RecordedLog And(LogGrowth growth, BuildLog folded, long number) => And(Known.And(growth, folded), growth, number);

    private RecordedLog And(KnownLog next, LogGrowth growth, long number)
    {
        var frames = growth.Began || growth.Generation != Known.Generation ? [] : Frames;
        return new RecordedLog(next, growth.Lines.Count == 0 || frames is [.., var last] && last == number ? frames : frames.Add(number));
    }

    RecordedLog IArchived<RecordedLog>.Through(Archive archive) =>
        new(archive.Own(Known), archive.List(Frames, static (archive, number) => archive.Number(number)));
}
