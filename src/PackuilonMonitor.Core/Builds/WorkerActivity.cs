using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What a worker does, as far as its last line shows. Every case is in this file, each with only what it can know.</summary>
/// <param name="Since">Since when.</param>
public abstract record WorkerActivity(DateTimeOffset Since)
{
    /// <summary>What a worker does, through an archive: first which case it is.</summary>
    internal static WorkerActivity Through(Archive archive, WorkerActivity known) => archive.Number(CaseOf(known)) switch
    {
        1 => archive.Own((Idle)known),
        2 => archive.Own((Preparing)known),
        3 => archive.Own((BetweenTemplates)known),
        4 => archive.Own((Building)known),
        5 => archive.Own((Reconnecting)known),
        6 => archive.Own((Lost)known),
        7 => archive.Own((PresumedLost)known),
        _ => throw new InvalidDataException("no activity of a worker"),
    };

    private static int CaseOf(WorkerActivity? known) => known switch
    {
        null => 0,
        Idle => 1,
        Preparing => 2,
        BetweenTemplates => 3,
        Building => 4,
        Reconnecting => 5,
        PresumedLost => 7,
        Lost => 6,
        _ => throw new InvalidOperationException("a case without a number"),
    };
}

/// <summary>Waits for a message.</summary>
public sealed record Idle(DateTimeOffset Since) : WorkerActivity(Since), IArchived<Idle>
{
    Idle IArchived<Idle>.Through(Archive archive) => new(archive.Time(Since));
}

/// <summary>Took a message and runs no build of it now: the next build that starts may be its own.</summary>
public abstract record Ready(DateTimeOffset Since, Job Job) : WorkerActivity(Since);

/// <summary>Took a message; no build of it was announced yet.</summary>
public sealed record Preparing(DateTimeOffset Since, Job Job) : Ready(Since, Job), IArchived<Preparing>
{
    Preparing IArchived<Preparing>.Through(Archive archive) => new(archive.Time(Since), archive.Shared(Job));
}

/// <summary>A build of the message ended; more of its templates may follow without a line.</summary>
public sealed record BetweenTemplates(DateTimeOffset Since, Job Job) : Ready(Since, Job), IArchived<BetweenTemplates>
{
    BetweenTemplates IArchived<BetweenTemplates>.Through(Archive archive) => new(archive.Time(Since), archive.Shared(Job));
}

/// <summary>Runs a build.</summary>
/// <param name="Job">The message, or null if the line about it was not seen.</param>
/// <param name="Build">The number of the build.</param>
public sealed record Building(DateTimeOffset Since, Job? Job, int Build) : WorkerActivity(Since), IArchived<Building>
{
    Building IArchived<Building>.Through(Archive archive) =>
        new(archive.Time(Since), archive.SharedOrNull(Job), archive.Number(Build));
}

/// <summary>Reopens its channel to the broker.</summary>
public sealed record Reconnecting(DateTimeOffset Since) : WorkerActivity(Since), IArchived<Reconnecting>
{
    Reconnecting IArchived<Reconnecting>.Through(Archive archive) => new(archive.Time(Since));
}

/// <summary>The thread ended; the daemon lives on without it.</summary>
/// <param name="Text">The line that says so.</param>
/// <param name="LastJob">The message it had taken, if it had one.</param>
public record Lost(DateTimeOffset Since, string Text, Job? LastJob) : WorkerActivity(Since), IArchived<Lost>
{
    Lost IArchived<Lost>.Through(Archive archive) =>
        new(archive.Time(Since), archive.Text(Text), archive.SharedOrNull(LastJob));
}

/// <summary>
/// A line without a name says that a thread ended, and this one is the likeliest. Later lines may show that it was another.
/// </summary>
/// <param name="Why">The cause.</param>
/// <param name="Rejection">The number of the rejection of its message, from 1; null if the message had built something.</param>
public sealed record PresumedLost(DateTimeOffset Since, string Text, Job Job, Refusal Why, long? Rejection)
    : Lost(Since, Text, Job), IArchived<PresumedLost>
{
    /// <summary>The exception that the daemon wrote behind the line; null for none.</summary>
    public string? Error { get; init; }

    PresumedLost IArchived<PresumedLost>.Through(Archive archive) => new(
        archive.Time(Since),
        archive.Text(Text),
        archive.Shared(Job),
        (Refusal)archive.Number((int)Why),
        archive.NumberOrNull(Rejection)
    )
    {
        Error = archive.TextOrNull(Error),
    };
}
