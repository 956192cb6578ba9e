using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>A factory as <c>doctor</c> examines it.</summary>
/// <param name="Name">Null for the only one.</param>
/// <param name="Sources">Null if its section is wrong.</param>
/// <param name="Wrong">The error in its section.</param>
/// <param name="Config">The place of its own configuration; null if it has none here.</param>
internal sealed record ExaminedFactory(string? Name, Sources? Sources, string? Wrong, string? Config);
