using PackuilonMonitor.Inputs;

namespace PackuilonMonitor.Commands;

/// <summary>A factory as <c>doctor</c> looks at it.</summary>
/// <param name="Name">Null for the only one.</param>
/// <param name="Sources">Null where its section is wrong.</param>
/// <param name="Wrong">What is wrong with its section.</param>
/// <param name="Config">Where its own configuration is looked for; null where it has none here.</param>
internal sealed record ExaminedFactory(string? Name, Sources? Sources, string? Wrong, string? Config);
