using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Commands;

/// <summary>
/// Catches bugs on every thread of a command without a screen: one line on standard error, a report in a file, and the exit code. The
/// dashboard has its own handler, because it must restore the terminal first.
/// </summary>
public sealed class BugNet : IDisposable
{
    private readonly int _code;

    /// <param name="code">The exit code after a bug.</param>
    public BugNet(int code)
    {
        _code = code;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    public void Dispose() => AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;

    // The process must end here: the runtime would print the stack and abort.
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs thrown)
    {
        Complaints.Print(CrashReport.Write((Exception)thrown.ExceptionObject));
        Environment.Exit(_code);
    }
}
