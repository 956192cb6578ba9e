using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Alerts;

/// <summary>What was found worth an alert, and what is still to be sent.</summary>
/// <param name="Watch">The alerts that were given.</param>
/// <param name="ComparedAt">When states were compared last.</param>
/// <param name="Pending">Alerts that wait for the last lines of a log, the oldest first.</param>
public sealed record AlertState(AlertWatch Watch, DateTimeOffset? ComparedAt, ImmutableList<PendingAlert> Pending)
{
    public static readonly AlertState Start = new(AlertWatch.Start, null, []);

    /// <summary>The checks over time.</summary>
    public HealthWatch Health { get; init; } = HealthWatch.Start;
}

/// <summary>An alert that is sent a moment after it rang.</summary>
public sealed record PendingAlert(Alert Alert, DateTimeOffset DueAt);
