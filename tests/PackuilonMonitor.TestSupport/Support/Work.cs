using System.Globalization;
using System.Runtime;

namespace PackuilonMonitor.Tests.Support;

/// <summary>What an act cost on the thread that called it, in units that a busy machine does not change.</summary>
/// <param name="BytesRead">Read by system calls, cached or not.</param>
/// <param name="ReadCalls">Read system calls, those for directories not among them.</param>
/// <param name="Allocated">Bytes of managed memory.</param>
internal readonly record struct Work(long BytesRead, long ReadCalls, long Allocated)
{
    /// <summary>More than any of the acts allocates.</summary>
    private const long Room = 64 * 1024 * 1024;

    public static Work Of(Action act)
    {
        // A collection on this thread would read the limits of the machine's memory, and count.
        GC.TryStartNoGCRegion(Room);
        try
        {
            return WithoutCollections(act);
        }
        finally
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }

    private static Work WithoutCollections(Action act)
    {
        // Reading the counters costs something itself; it is measured once and taken off.
        var nothing = Between(static () => { });
        var all = Between(act);
        return new Work(all.BytesRead - nothing.BytesRead, all.ReadCalls - nothing.ReadCalls, all.Allocated - nothing.Allocated);
    }

    private static Work Between(Action act)
    {
        var (bytes, calls) = Reads();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        act();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var (bytesAfter, callsAfter) = Reads();
        return new Work(bytesAfter - bytes, callsAfter - calls, allocated);
    }

    private static (long Bytes, long Calls) Reads()
    {
        var counters = File.ReadLines("/proc/thread-self/io").Select(line => line.Split(": ")).ToDictionary(
            parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));
        return (counters["rchar"], counters["syscr"]);
    }
}
