namespace PackuilonMonitor.Core.Packer;

/// <summary>A Quattor component of a build.</summary>
/// <param name="Name">Its name, such as <c>spma</c>.</param>
/// <param name="Line">The number of the line that began it.</param>
/// <param name="StartedAt">When that line arrived, or null where it was read afterwards.</param>
/// <param name="EndedAt">When its sum arrived, or null.</param>
/// <param name="Errors">Its errors, or null until it has said so.</param>
/// <param name="Warnings">Its warnings, or null until it has said so.</param>
public sealed record Component(
    string Name, long Line, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt = null, long? Errors = null, long? Warnings = null);
