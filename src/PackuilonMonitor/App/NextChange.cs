using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor.App;

/// <summary>When a shown text would change without anything happening, so that the loop wakes only then.</summary>
public static class NextChange
{
    /// <summary>Null where nothing on the screen depends on the time.</summary>
    public static DateTimeOffset? Of(Snapshot snapshot, ViewState view, Size size, DateTimeOffset now)
    {
        if (view.Held is not null)
            return null;
        return ScreenLayout.Of(size, 0).Form switch
        {
            ScreenForm.TooSmall => null,
            ScreenForm.Minimal when size.Columns < HeaderPane.ClockFrom && !AnyoneCounts(snapshot, view) => null,
            ScreenForm.Minimal or ScreenForm.Narrow or ScreenForm.Wide => NextSecond(now),
        };
    }

    private static bool AnyoneCounts(Snapshot snapshot, ViewState view) => view.Place.Screen switch
    {
        Screen.Log => true,
        Screen.Overview or Screen.History or Screen.Sources => snapshot.Workers.Any(row => row.Running is not null || row.Worker is { Activity: Activity.Preparing })
            || snapshot.Readings.Any() && view.Place.Screen is Screen.Sources,
        Screen.Help or Screen.Chain or Screen.Events or Screen.Unrecognised => false,
    };

    private static DateTimeOffset NextSecond(DateTimeOffset now) => now.AddTicks(TimeSpan.TicksPerSecond - now.Ticks % TimeSpan.TicksPerSecond);
}
