using System.Collections.Immutable;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// All that is known of a factory, folded from observations in the order of their lines. Total: any event in any state gives a state, at a
/// cost that hardly depends on the past. What a line means is decided in <see cref="StateDraft"/> and the rules it calls.
/// </summary>
public sealed record MonitorState
{
    public const int MostRejections = 1_000;
    public const int MostNotUnderstood = 200;

    public const int MostRecent = RecentObservations.Most;

    public const int MostWorkers = WorkerTable.Most;

    public static readonly MonitorState Empty = new();

    /// <summary>Its name where there are several, which stands before its ids; null where there is one.</summary>
    public string? Factory { get; init; }

    public WorkerTable Workers { get; init; } = WorkerTable.Empty;

    public BuildTable Builds { get; init; } = BuildTable.Empty;

    public ImmutableList<Rejection> Rejections { get; init; } = [];

    /// <summary>How many there ever were; the list forgets the oldest.</summary>
    public long Rejected { get; init; }

    /// <summary>Those of them that a repeated line only counted.</summary>
    internal long UnlistedRejections { get; init; }

    public ChangeLedger Triggers { get; init; } = ChangeLedger.Empty;

    /// <summary>Messages that wait by the word of RabbitMQ; null where it is not asked or does not answer.</summary>
    public long? Measured { get; init; }

    /// <summary>Messages that wait: as measured, else as the lines tell.</summary>
    public long Waiting => Measured ?? Triggers.Waiting;

    public LogTable Logs { get; init; } = LogTable.Empty;

    public SourceTable Sources { get; init; } = SourceTable.Empty;

    /// <summary>What tells of the factory's own condition: whether its daemons live and all is read.</summary>
    public FactoryVitals Vitals { get; init; } = FactoryVitals.Unknown;

    /// <summary>The last observations that say something happened, newest last.</summary>
    public RecentObservations Recent { get; init; } = RecentObservations.Empty;

    /// <summary>Lines of our programs that no rule accepted.</summary>
    public long UnrecognisedLines { get; init; }

    /// <summary>The last of them, oldest first.</summary>
    public ImmutableList<Observation> NotUnderstood { get; init; } = [];

    /// <summary>Observations folded so far.</summary>
    public long Observed { get; init; }

    /// <summary>When the daemon last began, if that was seen.</summary>
    public DateTimeOffset? ServiceStartedAt { get; init; }

    /// <summary>The last line of the daemon said that an image's test is over.</summary>
    internal bool Tested { get; init; }

    /// <summary>A bare "Starting" whose speaker the next lines must tell.</summary>
    internal Observation? Unnamed { get; init; }

    /// <summary>Nothing is known yet of the factory with that name; null for the only one.</summary>
    /// <param name="profileMatch">What the names of all its profiles hold; null where that is not known.</param>
    public static MonitorState Of(string? factory, string? profileMatch = null) =>
        factory is null && profileMatch is null
            ? Empty
            : new() { Factory = factory, Triggers = ChangeLedger.Of(FactoryName.Own(factory, ""), profileMatch) };

    /// <summary>The state after these observations.</summary>
    public MonitorState Apply(IEnumerable<Observation> seen)
    {
        var draft = new StateDraft(this);
        foreach (var next in seen)
            draft.Apply(next);
        return draft.ToState();
    }

    /// <summary>The state after this observation.</summary>
    public MonitorState Apply(Observation seen)
    {
        var draft = new StateDraft(this);
        draft.Apply(seen);
        return draft.ToState();
    }
}
