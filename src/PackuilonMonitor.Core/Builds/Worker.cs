using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>What a worker does, as far as its last line tells.</summary>
public enum Activity
{
    /// <summary>Waits for a message, or is between two templates of one.</summary>
    Idle,

    /// <summary>Took a message; no build of it was announced yet.</summary>
    Preparing,
    Building,
    Reconnecting,

    /// <summary>The thread is gone; the daemon lives on without it.</summary>
    Lost,
}

/// <summary>One worker thread, folded from what it has said. What other threads' lines mean for it is in <see cref="MonitorState"/>.</summary>
/// <param name="Id">Its thread.</param>
/// <param name="Host">The host field of its last line.</param>
/// <param name="Activity">What it does.</param>
/// <param name="Since">Since when.</param>
/// <param name="Job">The message it took last, kept until it is certainly done with it.</param>
/// <param name="Build">The number of the build it runs.</param>
/// <param name="Text">For a lost worker the line that says so.</param>
/// <param name="Spoke">The place of its last line in the order of all lines.</param>
/// <param name="Guessed">It is lost by a line that names no thread, so later lines may show that it was another.</param>
public sealed record Worker(
    WorkerId Id, string Host, Activity Activity, DateTimeOffset Since, Job? Job = null, int? Build = null, string? Text = null, long Spoke = 0, bool Guessed = false)
{
    /// <summary>It took a message and runs no build of it: the next build that starts may be its own.</summary>
    public bool Ready => Job is not null && Build is null && Activity is not Activity.Lost;

    internal Worker Idle(DateTimeOffset at) => this with { Activity = Activity.Idle, Since = at, Job = null, Build = null, Text = null, Guessed = false };

    internal Worker Take(DateTimeOffset at, Job job) =>
        this with { Activity = Activity.Preparing, Since = at, Job = job, Build = null, Text = null, Guessed = false };

    internal Worker Start(DateTimeOffset at, int build, string template) =>
        this with { Activity = Activity.Building, Since = at, Build = build, Job = Job! with { Built = Job.Built.Add(template) } };

    /// <summary>The build ended; more templates of the same message may follow.</summary>
    internal Worker Finish(DateTimeOffset at) => this with { Activity = Activity.Idle, Since = at, Build = null };

    internal Worker Reconnect(DateTimeOffset at) => Idle(at) with { Activity = Activity.Reconnecting };

    /// <summary>It lives: another one was lost.</summary>
    internal Worker Revive() => this with { Activity = Activity.Preparing, Since = Job?.TakenAt ?? Since, Text = null, Guessed = false };

    internal Worker Lose(DateTimeOffset at, string text) =>
        this with { Activity = Activity.Lost, Since = at, Build = null, Text = text };
}
