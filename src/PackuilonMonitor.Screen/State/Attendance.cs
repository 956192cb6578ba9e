using System.Collections.Immutable;
using PackuilonMonitor.Screen.Rows;

namespace PackuilonMonitor.Screen.State;

/// <summary>Whether somebody looks, and what was on the screen for how long.</summary>
/// <param name="TouchedAt">When a key was pressed last.</param>
/// <param name="Shown">What is unseen and on the screen, by its key, since when it is there.</param>
public sealed record Attendance(DateTimeOffset TouchedAt, ImmutableDictionary<string, DateTimeOffset> Shown)
{
    /// <summary>Before anything is read, from the program's start.</summary>
    public static Attendance From(DateTimeOffset now) => new(now, ImmutableDictionary<string, DateTimeOffset>.Empty);
}

/// <summary>The user's mark as the screen holds it.</summary>
/// <param name="Mark">What was seen.</param>
/// <param name="Before">What it was before all was marked as seen; null where that was not done.</param>
/// <param name="Visited">How many unseen things were gone to one after the other.</param>
public sealed record Sight(SeenMark Mark, SeenMark? Before = null, int Visited = 0)
{
    public static Sight From(DateTimeOffset at) => new(SeenMark.Until(at));

    /// <summary>All was marked as seen by the last key.</summary>
    public bool JustMarkedAll { get; init; }
}
