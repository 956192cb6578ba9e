using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What a worker does, as far as its last line shows. Every case is in this file, each with only what it can know.</summary>
/// <param name="Since">Since when.</param>
public abstract record WorkerActivity(DateTimeOffset Since)
{
    /// <summary>What a worker does, through an archive: first which case it is.</summary>
    internal static WorkerActivity Through(Archive archive, WorkerActivity? known) => archive.Number(CaseOf(known)) switch
    {
        0 => new Idle(archive.Time(known?.Since ?? default)),
        1 => new Preparing(archive.Time(known?.Since ?? default), archive.Shared((known as Ready)?.Job!)),
        2 => new BetweenTemplates(archive.Time(known?.Since ?? default), archive.Shared((known as Ready)?.Job!)),
        3 => new Building(
            archive.Time(known?.Since ?? default),
            archive.SharedOrNull((known as Building)?.Job),
            archive.Number((known as Building)?.Build ?? 0)
        ),
        4 => new Reconnecting(archive.Time(known?.Since ?? default)),
        5 => new Lost(
            archive.Time(known?.Since ?? default),
            archive.Text((known as Lost)?.Text!),
            archive.SharedOrNull((known as Lost)?.LastJob)
        ),
        6 => Presumed(archive, known as PresumedLost),
        _ => throw new InvalidDataException("no activity of a worker"),
    };

    private static PresumedLost Presumed(Archive archive, PresumedLost? known) => new(
        archive.Time(known?.Since ?? default),
        archive.Text(known?.Text!),
        archive.Shared(known?.Job!),
        (Refusal)archive.Number((int)(known?.Why ?? default)),
        archive.NumberOrNull(known?.Rejection)
    )
    {
        Error = archive.TextOrNull(known?.Error),
    };

    private static int CaseOf(WorkerActivity? known) => known switch
    {
        null or Idle => 0,
        Preparing => 1,
        BetweenTemplates => 2,
        Building => 3,
        Reconnecting => 4,
        PresumedLost => 6,
        Lost => 5,
        _ => throw new InvalidOperationException("a case without a number"),
    };
}

/// <summary>Waits for a message.</summary>
public sealed record Idle(DateTimeOffset Since) : WorkerActivity(Since);

/// <summary>Took a message and runs no build of it now: the next build that starts may be its own.</summary>
public abstract record Ready(DateTimeOffset Since, Job Job) : WorkerActivity(Since);

/// <summary>Took a message; no build of it was announced yet.</summary>
public sealed record Preparing(DateTimeOffset Since, Job Job) : Ready(Since, Job);

/// <summary>A build of the message ended; more of its templates may follow without a line.</summary>
public sealed record BetweenTemplates(DateTimeOffset Since, Job Job) : Ready(Since, Job);

/// <summary>Runs a build.</summary>
/// <param name="Job">The message, or null if the line about it was not seen.</param>
/// <param name="Build">The number of the build.</param>
public sealed record Building(DateTimeOffset Since, Job? Job, int Build) : WorkerActivity(Since);

/// <summary>Reopens its channel to the broker.</summary>
public sealed record Reconnecting(DateTimeOffset Since) : WorkerActivity(Since);

/// <summary>The thread ended; the daemon lives on without it.</summary>
/// <param name="Text">The line that says so.</param>
/// <param name="LastJob">The message it had taken, if it had one.</param>
public record Lost(DateTimeOffset Since, string Text, Job? LastJob) : WorkerActivity(Since);

/// <summary>
/// A line without a name says that a thread ended, and this one is the likeliest. Later lines may show that it was another.
/// </summary>
/// <param name="Why">The cause.</param>
/// <param name="Rejection">The number of the rejection of its message, from 1; null if the message had built something.</param>
public sealed record PresumedLost(DateTimeOffset Since, string Text, Job Job, Refusal Why, long? Rejection) : Lost(Since, Text, Job)
{
    /// <summary>The exception that the daemon wrote behind the line; null for none.</summary>
    public string? Error { get; init; }
}
