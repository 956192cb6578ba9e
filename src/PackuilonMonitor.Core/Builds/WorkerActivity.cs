using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What a worker does, as far as its last line shows. Every case is in this file, each with only what it can know.</summary>
/// <param name="Since">Since when.</param>
public abstract record WorkerActivity(DateTimeOffset Since);

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
