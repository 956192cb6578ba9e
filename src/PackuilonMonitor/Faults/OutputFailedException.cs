namespace PackuilonMonitor.Faults;

/// <summary>Standard output takes no more though somebody wanted it, as on a full disk; the message is one line that says why.</summary>
public sealed class OutputFailedException(string why) : Exception($"standard output: {why}; the output is incomplete");
