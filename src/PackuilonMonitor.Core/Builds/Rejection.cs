using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>A message that came to no build, and the line that says so.</summary>
public sealed record Rejection(string Host, WorkerId? Worker, ImageName? Image, DateTimeOffset At, Refusal Why, string Text);
