using Terminal.Gui.Time;

namespace PackuilonMonitor.Terminal;

/// <summary>A monotonic clock for Terminal.Gui's own timers: its default is the wall clock, and stalls when that is set back.</summary>
internal sealed class MonotonicTime(Func<TimeSpan> elapsed) : ITimeProvider
{
    private static readonly SystemTimeProvider Real = new();

    public DateTime Now => DateTime.UnixEpoch + elapsed();

    public Task Delay(TimeSpan duration, CancellationToken cancellationToken = default) => Real.Delay(duration, cancellationToken);

    public GuiTimer CreateTimer(TimeSpan interval, Action callback) => Real.CreateTimer(interval, callback);
}
