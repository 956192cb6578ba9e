using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace PackuilonMonitor.Platform;

/// <summary>
/// Gives memory back to the system while a program runs for weeks. The collector alone keeps as much room for garbage as it once needed;
/// this makes it collect all and return the room: once when the start is over, and each time that much was allocated since. An idle
/// program allocates nothing to speak of.
/// </summary>
public sealed class ReturnedMemory : IDisposable
{
    /// <summary>After this many bytes: some seconds of a flood of lines, a long time of an idle screen.</summary>
    public const long Much = 32L * 1024 * 1024;

    /// <summary>Then a start with some hundred logs is over.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly CompositeDisposable _timers;
    private readonly Func<long> _allocated;
    private readonly Action _collect;
    private long _before;

    /// <param name="allocated">The bytes allocated since the start of the program.</param>
    /// <param name="collect">Collects, and gives back what is free.</param>
    public ReturnedMemory(IScheduler scheduler, Func<long> allocated, Action collect)
    {
        (_allocated, _collect) = (allocated, collect);
        _timers = new(scheduler.Schedule(AfterStart, Return), scheduler.SchedulePeriodic(Pace, Look));
    }

    /// <summary>The same for this process, on a thread of the pool.</summary>
    public static ReturnedMemory Start()
    {
        NativeMemory.KeepLittle();
        return new ReturnedMemory(
            Scheduler.Default,
            static () => GC.GetTotalAllocatedBytes(),
            static () =>
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                ProgramPages.Release();
            }
        );
    }

    public void Dispose() => _timers.Dispose();

    private void Look()
    {
        if (_allocated() - _before >= Much)
            Return();
    }

    private void Return()
    {
        _before = _allocated();
        _collect();
    }
}
