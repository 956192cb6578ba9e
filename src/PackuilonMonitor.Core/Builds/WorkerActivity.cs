using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What a worker does, as far as its last line tells. Every case is in this file, each with only what it can know.</summary>
/// <param name="Since">Since when.</param>
public abstract record WorkerActivity(DateTimeOffset Since);

/// <summary>Waits for a message.</summary>
public sealed record Idle(DateTimeOffset Since) : WorkerActivity(Since);

/// <summary>Took a message and runs no build of it now: the next build that starts may be its own.</summary>
public abstract record Ready(DateTimeOffset Since, Job Job) : WorkerActivity(Since);

/// <summary>Took a message; no build of it was announced yet.</summary>
public sealed record Preparing(DateTimeOffset Since, Job Job) : Ready(Since, Job);

/// <summary>A build of the message ended; more of its templates may follow without a word.</summary>
public sealed record BetweenTemplates(DateTimeOffset Since, Job Job) : Ready(Since, Job);

/// <summary>Runs a build.</summary>
/// <param name="Job">The message, or null where the line that it was taken was not seen.</param>
/// <param name="Build">The number of the build.</param>
public sealed record Building(DateTimeOffset Since, Job? Job, int Build) : WorkerActivity(Since);

/// <summary>Opens its channel to the broker again.</summary>
public sealed record Reconnecting(DateTimeOffset Since) : WorkerActivity(Since);

/// <summary>The thread is gone; the daemon lives on without it.</summary>
/// <param name="Text">The line that says so.</param>
/// <param name="LastJob">The message it had taken, if it had one.</param>
public record Lost(DateTimeOffset Since, string Text, Job? LastJob) : WorkerActivity(Since);

/// <summary>
/// A line that names no thread says that one is gone, and this one is the likeliest. Later lines may show that it was another.
/// </summary>
/// <param name="Why">What the thread died of.</param>
/// <param name="Rejection">The number of the rejection that stands for its message, from 1; null where the message had built
/// something.</param>
public sealed record PresumedLost(DateTimeOffset Since, string Text, Job Job, Refusal Why, long? Rejection) : Lost(Since, Text, Job);
