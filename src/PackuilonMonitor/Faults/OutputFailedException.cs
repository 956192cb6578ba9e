namespace PackuilonMonitor.Faults;

/// <summary>
/// Standard output cannot be written although somebody reads it, as on a full disk; the message is one line that says why.
/// </summary>
public sealed class OutputFailedException(string why) : Exception($"standard output: {why}; the output is incomplete");
