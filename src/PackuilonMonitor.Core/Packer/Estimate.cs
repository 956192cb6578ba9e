namespace PackuilonMonitor.Core.Packer;

/// <summary>How long a build will still take, by its past.</summary>
/// <param name="Left">The medians of the current step and those to come, less the time already in the current one; never negative.</param>
/// <param name="AtLeast">The same with lower quartiles.</param>
/// <param name="AtMost">The same with upper quartiles.</param>
/// <param name="IsLate">The build should have been over.</param>
public sealed record Estimate(TimeSpan Left, TimeSpan AtLeast, TimeSpan AtMost, bool IsLate);
