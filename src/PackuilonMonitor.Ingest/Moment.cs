using System.Reactive.Concurrency;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The present, as a reader receives it: time-outs use the running time, which never jumps; the wall time is for display.
/// </summary>
public readonly record struct Moment(TimeSpan Running, DateTimeOffset At)
{
    /// <summary>The present on a scheduler's clock, with the stopwatch that was started on it.</summary>
    public static Moment Of(IScheduler scheduler, IStopwatch stopwatch) => new(stopwatch.Elapsed, scheduler.Now);
}
