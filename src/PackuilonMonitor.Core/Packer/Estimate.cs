namespace PackuilonMonitor.Core.Packer;

/// <summary>How long a build will still take, from its past.</summary>
/// <param name="Left">The medians of the current step and of those to come, minus the time in the current one; never negative.</param>
/// <param name="AtLeast">The same with lower quartiles.</param>
/// <param name="AtMost">The same with upper quartiles.</param>
/// <param name="IsLate">The build is overdue.</param>
public sealed record Estimate(TimeSpan Left, TimeSpan AtLeast, TimeSpan AtMost, bool IsLate);
