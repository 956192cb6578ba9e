namespace PackuilonMonitor.Simulation;

/// <summary>Everything that decides what a simulated factory writes: equal plans give equal bytes.</summary>
/// <remarks>
/// Speed shortens what happens, not the clock: at speed 60 a build of seven minutes takes seven seconds, and its stamps say so. So stamps
/// never run ahead of the clock that paces the steps, ages are true at any speed, and the learnt durations agree with those that follow.
/// </remarks>
public sealed record FactoryPlan
{
    public ulong Seed { get; init; } = 1;

    public Dialect Dialect { get; init; } = Dialect.E7ec5f0;

    public HeaderFormat Header { get; init; }

    public int Threads { get; init; } = 4;

    /// <summary>The first stamp; its offset is the zone of all.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    /// <summary>How many times faster than life everything is.</summary>
    public double Speed { get; init; } = 1;

    public Scenario Scenario { get; init; } = Scenario.Ordinary;

    public string Host { get; init; } = "factory01";

    /// <summary>
    /// The truth is known of at least so many of the newest builds, messages and changes. Only a factory that runs for weeks and whose
    /// truth nobody asks for needs a limit; what it writes is the same.
    /// </summary>
    public int MostRemembered { get; init; } = int.MaxValue;

    /// <summary>LOG_DIR as in the daemons' configuration: usually with a slash at the end, to which they add another.</summary>
    public string LogDirectory { get; init; } = "/etc/packer-utils/log/";
}
