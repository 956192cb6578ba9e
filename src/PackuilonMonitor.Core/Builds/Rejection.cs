using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>A refused message, and the line that says so.</summary>
public sealed record Rejection(string Host, WorkerId? Worker, ImageName? Image, DateTimeOffset At, Refusal Why, string Text)
{
    /// <summary>The exception that the daemon wrote beside that line; null for none.</summary>
    public string? Error { get; init; }
}
