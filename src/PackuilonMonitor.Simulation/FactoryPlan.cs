namespace PackuilonMonitor.Simulation;

/// <summary>All that decides what a simulated factory writes: equal plans give equal bytes.</summary>
/// <remarks>
/// Speed shortens what happens, not the clock: at speed 60 a build of seven minutes takes seven seconds and its stamps
/// say so. So stamps never run ahead of a clock that the steps are paced by, ages are true at any speed, and the
/// durations that are learnt agree with the ones that follow.
/// </remarks>
public sealed record FactoryPlan
{
    public ulong Seed { get; init; } = 1;

    public Dialect Dialect { get; init; } = Dialect.E7ec5f0;

    public HeaderFormat Header { get; init; }

    public int Threads { get; init; } = 4;

    /// <summary>The first stamp, and by its offset the zone of all.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    /// <summary>How many times faster than life everything goes.</summary>
    public double Speed { get; init; } = 1;

    public Scenario Scenario { get; init; } = Scenario.Ordinary;

    public string Host { get; init; } = "factory01";

    /// <summary>LOG_DIR as the daemons are configured: by custom with a slash at the end, to which they add another.</summary>
    public string LogDirectory { get; init; } = "/etc/packer-utils/log/";
}
