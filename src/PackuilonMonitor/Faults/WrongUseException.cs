namespace PackuilonMonitor.Faults;

/// <summary>
/// The command line or a settings file asks for something that cannot be; the message is one line that names the option and a value that
/// would do.
/// </summary>
public sealed class WrongUseException(string message) : Exception(message);
