using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;

namespace PackuilonMonitor.Screen.Updates;

/// <summary>When a shown text would change without anything happening, so that the loop wakes only then.</summary>
public static class NextChange
{
    /// <summary>What is raised by absence is raised by the clock, also where no clock is shown.</summary>
    private static readonly TimeSpan HealthPace = TimeSpan.FromSeconds(10);

    public static DateTimeOffset Of(ScreenState state)
    {
        var due = state.Alerts.Pending is [var first, ..] ? first.DueAt : (DateTimeOffset?)null;
        var check = state.Now + HealthPace;
        if (state.Frozen is not null)
            return Earlier(due, check);
        var change = ScreenLayout.Of(state.Size, 0).Form switch
        {
            ScreenForm.TooSmall => (DateTimeOffset?)null,
            ScreenForm.Minimal when state.Size.Columns < HeaderPane.ClockFrom && !AnyoneCounts(state.Factories, state.User.Place.Screen) =>
                null,
            ScreenForm.Minimal or ScreenForm.Narrow or ScreenForm.Wide => NextSecond(state.Now),
        };
        return Earlier(due, change ?? check);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private static bool AnyoneCounts(Snapshot snapshot, ScreenKind screen) =>
        screen switch
        {
            ScreenKind.Log => true,
            ScreenKind.Overview
            or ScreenKind.History
            or ScreenKind.Sources
            or ScreenKind.Timeline
            or ScreenKind.Steps => snapshot.Workers.Any(row =>
                row.Running is not null || row.Worker is { Activity: Preparing }
            )
                || snapshot.Readings.Any() && screen is ScreenKind.Sources,
            ScreenKind.Health or ScreenKind.Chain => true,
            ScreenKind.Help or ScreenKind.Events or ScreenKind.Unrecognised or ScreenKind.Lines or ScreenKind.Causes or ScreenKind.Doctor =>
                false,
        };

    private static DateTimeOffset NextSecond(DateTimeOffset now) =>
        now.AddTicks(TimeSpan.TicksPerSecond - now.Ticks % TimeSpan.TicksPerSecond);
}
