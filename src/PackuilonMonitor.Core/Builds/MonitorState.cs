using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// Everything known about a factory, folded from observations in the order of their lines. Total: any event in any state gives a state, at
/// a cost that hardly depends on the past. <see cref="EventFold"/> decides what a line means.
/// </summary>
public sealed record MonitorState : IArchived<MonitorState>
{
    public const int MostRejections = 1_000;
    public const int MostNotUnderstood = 200;

    public const int MostRecent = RecentObservations.Most;

    public const int MostWorkers = WorkerTable.Most;

    public static readonly MonitorState Empty = new();

    /// <summary>The factory's name if there are several, which begins its ids; null if there is one.</summary>
    public string? Factory { get; init; }

    public WorkerTable Workers { get; init; } = WorkerTable.Empty;

    public BuildTable Builds { get; init; } = BuildTable.Empty;

    public ImmutableList<Rejection> Rejections { get; init; } = [];

    /// <summary>How many there ever were; the list forgets the oldest.</summary>
    public long Rejected { get; init; }

    /// <summary>How many of them a repeated line only counted.</summary>
    internal long UnlistedRejections { get; init; }

    public ChangeLedger Triggers { get; init; } = ChangeLedger.Empty;

    /// <summary>The number of waiting messages, from RabbitMQ; null if it is not asked or does not answer.</summary>
    public long? Measured { get; init; }

    /// <summary>The number of waiting messages: measured, otherwise inferred from the lines.</summary>
    public long Waiting => Measured ?? Triggers.Waiting;

    public LogTable Logs { get; init; } = LogTable.Empty;

    public SourceTable Sources { get; init; } = SourceTable.Empty;

    /// <summary>The condition of the factory itself: whether its daemons live and everything is read.</summary>
    public FactoryVitals Vitals { get; init; } = FactoryVitals.Unknown;

    /// <summary>The last observations of something that happened, newest last.</summary>
    public RecentObservations Recent { get; init; } = RecentObservations.Empty;

    /// <summary>The number of lines of our programs that no rule accepted.</summary>
    public long UnrecognisedLines { get; init; }

    /// <summary>The last of them, oldest first.</summary>
    public ImmutableList<Observation> NotUnderstood { get; init; } = [];

    /// <summary>The number of observations folded so far.</summary>
    public long Observed { get; init; }

    /// <summary>When the daemon last started, if that was seen.</summary>
    public DateTimeOffset? ServiceStartedAt { get; init; }

    /// <summary>The last line of the daemon reported the end of an image's test.</summary>
    internal bool Tested { get; init; }

    /// <summary>A bare "Starting" whose program the next lines must show.</summary>
    internal Observation? Unnamed { get; init; }

    /// <summary>Nothing is known yet of the factory with that name; null for the only one.</summary>
    /// <param name="profileMatch">A string that the names of all its profiles contain; null if unknown.</param>
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

    MonitorState IArchived<MonitorState>.Through(Archive archive) => new()
    {
        Factory = archive.TextOrNull(Factory),
        Workers = archive.Own(Workers),
        Builds = archive.Own(Builds),
        Rejections = archive.List(Rejections),
        Rejected = archive.Number(Rejected),
        UnlistedRejections = archive.Number(UnlistedRejections),
        Triggers = archive.Own(Triggers),
        Measured = archive.NumberOrNull(Measured),
        Logs = archive.Own(Logs),
        Sources = archive.Own(Sources),
        Vitals = archive.Own(Vitals),
        Recent = archive.Own(Recent),
        UnrecognisedLines = archive.Number(UnrecognisedLines),
        NotUnderstood = archive.List(NotUnderstood, static (archive, seen) => archive.Foreign(seen)),
        Observed = archive.Number(Observed),
        ServiceStartedAt = archive.TimeOrNull(ServiceStartedAt),
        Tested = archive.Flag(Tested),
        Unnamed = archive.Flag(Unnamed is not null) ? archive.Foreign(Unnamed!) : null,
    };
}
