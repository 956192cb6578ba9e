namespace PackuilonMonitor.Terminal;

/// <summary>Which job has the terminal while a shell moves its jobs between foreground and background.</summary>
internal static unsafe class JobControl
{
    /// <summary>Whether this process may use the terminal; also true for a terminal that is not the one of its session.</summary>
    public static bool IsForeground(int terminal) =>
        Libc.GetForegroundGroup(terminal) is var group && (group < 0 || group == Libc.GetGroup());

    /// <summary>
    /// Stops this process like Ctrl-Z in a program that does not catch it, and returns when it is continued. The kernel drops the signal if
    /// no shell could continue the process.
    /// </summary>
    public static void Stop()
    {
        var byDefault = stackalloc byte[Libc.LongestAction];
        var ours = stackalloc byte[Libc.LongestAction];
        new Span<byte>(byDefault, Libc.LongestAction).Clear();
        _ = Libc.SetAction(Libc.SigTstp, byDefault, ours);
        _ = Libc.Raise(Libc.SigTstp);
        _ = Libc.SetAction(Libc.SigTstp, ours, null);
    }
}

/// <summary>
/// While it exists, this thread may try to use the terminal from the background, and the kernel does not stop the process for it.
/// </summary>
internal unsafe ref struct Unstopped
{
    private const int Words = 16;
    private const int Block = 0;
    private const int Set = 2;

    private fixed ulong _before[Words];

    public Unstopped()
    {
        var stops = stackalloc ulong[Words];
        new Span<ulong>(stops, Words).Clear();
        stops[0] = (1UL << (Libc.SigTtin - 1)) | (1UL << (Libc.SigTtou - 1));
        fixed (ulong* before = _before)
            _ = Libc.Mask(Block, stops, before);
    }

    public void Dispose()
    {
        fixed (ulong* before = _before)
            _ = Libc.Mask(Set, before, null);
    }
}
