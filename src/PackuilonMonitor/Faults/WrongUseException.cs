namespace PackuilonMonitor.Faults;

/// <summary>The command line or a settings file is invalid; the message is one line that names the option and a value that works.</summary>
public sealed class WrongUseException(string message) : Exception(message);
