using System.Runtime.InteropServices;

namespace PackuilonMonitor.Platform;

/// <summary>
/// While it exists, a signal ends the process in good order and with 128+n. A signal that nobody handles kills it at once, and leaves its
/// temporary files behind.
/// </summary>
public sealed class EndBySignal : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Ends =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15)];

    private readonly List<PosixSignalRegistration> _registrations =
    [
        .. Ends.Select(end => PosixSignalRegistration.Create(
            end.Signal,
            context =>
            {
                context.Cancel = true;
                Environment.Exit(128 + end.Number);
            }
        )),
    ];

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
