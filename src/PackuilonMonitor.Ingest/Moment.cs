using System.Reactive.Concurrency;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// Now, as a reader is told it: time-outs are measured on the running time, which never jumps; the wall time is for display.
/// </summary>
public readonly record struct Moment(TimeSpan Running, DateTimeOffset At)
{
    /// <summary>Now on a scheduler's clock, with the stopwatch that was started on it.</summary>
    public static Moment Of(IScheduler scheduler, IStopwatch stopwatch) => new(stopwatch.Elapsed, scheduler.Now);
}
