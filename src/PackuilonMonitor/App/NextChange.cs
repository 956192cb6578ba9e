using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor.App;

/// <summary>When a shown text would change without anything happening, so that the loop wakes only then.</summary>
public static class NextChange
{
    /// <summary>Null where nothing on the screen depends on the time, and no alert is due.</summary>
    public static DateTimeOffset? Of(ScreenState state)
    {
        var due = state.Alerts.Pending is [var first, ..] ? first.DueAt : (DateTimeOffset?)null;
        if (state.Frozen is not null)
            return due;
        var change = ScreenLayout.Of(state.Size, 0).Form switch
        {
            ScreenForm.TooSmall => (DateTimeOffset?)null,
            ScreenForm.Minimal when state.Size.Columns < HeaderPane.ClockFrom && !AnyoneCounts(state.Factories, state.User.Place.Screen) => null,
            ScreenForm.Minimal or ScreenForm.Narrow or ScreenForm.Wide => NextSecond(state.Now),
        };
        return change is null || due < change ? due : change;
    }

    private static bool AnyoneCounts(Snapshot snapshot, Screen screen) => screen switch
    {
        Screen.Log => true,
        Screen.Overview or Screen.History or Screen.Sources => snapshot.Workers.Any(row => row.Running is not null || row.Worker is { Activity: Preparing })
            || snapshot.Readings.Any() && screen is Screen.Sources,
        Screen.Help or Screen.Chain or Screen.Events or Screen.Unrecognised => false,
    };

    private static DateTimeOffset NextSecond(DateTimeOffset now) => now.AddTicks(TimeSpan.TicksPerSecond - now.Ticks % TimeSpan.TicksPerSecond);
}
