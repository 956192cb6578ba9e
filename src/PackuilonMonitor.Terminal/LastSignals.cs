using System.Runtime.InteropServices;

namespace PackuilonMonitor.Terminal;

/// <summary>
/// What a signal does that comes after the one that ends the program: for a while nothing. A terminal that closes sends HUP, and its shell
/// sends HUP once more, while the program still stores what it knows and removes its files.
/// </summary>
public static class LastSignals
{
    /// <summary>Much longer than an end takes, and not too long for an end that hangs.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly PosixSignal[] Repeated = [PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGTERM];

    // They last as long as the process.
    private static readonly List<PosixSignalRegistration> Held = [];
    private static int _isHeld;

    /// <summary>To be called by the handler of the first one, which will be gone before the end.</summary>
    public static void Hold()
    {
        if (Interlocked.Exchange(ref _isHeld, 1) == 1)
            return;
        var until = Environment.TickCount64 + (long)Rest.TotalMilliseconds;
        Held.AddRange(Repeated.Select(signal =>
            PosixSignalRegistration.Create(signal, context => context.Cancel = Environment.TickCount64 < until)));
    }
}
