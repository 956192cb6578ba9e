using System.Runtime.InteropServices;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Commands;

/// <summary>Waits for the end of a command that runs until a signal.</summary>
internal sealed class Signals : IDisposable
{
    private readonly ManualResetEventSlim _ended = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private Exception? _fault;
    private int _signal;

    public Signals() =>
        _registrations = [
            .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal =>
                PosixSignalRegistration.Create(signal, Caught)
            ),
        ];

    /// <summary>Ends the wait: the work is done, or failed.</summary>
    public void End(Exception? fault = null)
    {
        _fault = fault;
        _ended.Set();
    }

    /// <summary>Waits for a signal or the end of the work, and returns the exit code.</summary>
    /// <exception cref="InvalidOperationException">The work failed.</exception>
    /// <exception cref="OutputFailedException">Its output could not be written.</exception>
    public int Wait()
    {
        _ended.Wait();
        if (_fault is not null)
            throw _fault is OutputFailedException ? _fault : new InvalidOperationException("following the factory failed", _fault);
        return _signal == 0 ? ExitCodes.Done : 128 + _signal;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _ended.Dispose();
    }

    private void Caught(PosixSignalContext context)
    {
        context.Cancel = true;
        _signal = context.Signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGHUP => 1, _ => 15 };
        _ended.Set();
    }
}
