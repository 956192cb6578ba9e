using System.Reactive.Concurrency;

namespace PackuilonMonitor.Platform;

/// <summary>
/// Gives memory back to the system while a program runs for weeks. The collector alone keeps as much room for garbage as it once needed;
/// this makes it collect all and return the room, each time that much was allocated since. An idle program allocates nothing to speak of.
/// </summary>
public sealed class ReturnedMemory : IDisposable
{
    /// <summary>After this many bytes: some seconds of a flood of lines, some hours of an idle screen.</summary>
    public const long Much = 256L * 1024 * 1024;

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly IDisposable _timer;
    private readonly Func<long> _allocated;
    private readonly Action _collect;
    private long _before;

    /// <param name="allocated">The bytes allocated since the start of the program.</param>
    /// <param name="collect">Collects and returns what is free.</param>
    public ReturnedMemory(IScheduler scheduler, Func<long> allocated, Action collect)
    {
        (_allocated, _collect, _before) = (allocated, collect, allocated());
        _timer = scheduler.SchedulePeriodic(Pace, Look);
    }

    /// <summary>The same for this process, on a thread of the pool.</summary>
    public static ReturnedMemory Start() =>
        new(
            Scheduler.Default,
            static () => GC.GetTotalAllocatedBytes(),
            static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true)
        );

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var now = _allocated();
        if (now - _before < Much)
            return;
        _before = now;
        _collect();
    }
}
