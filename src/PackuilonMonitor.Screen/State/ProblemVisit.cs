namespace PackuilonMonitor.Screen.State;

/// <summary>A problem that was gone to.</summary>
/// <param name="Key">Which.</param>
/// <param name="Row">Where the cursor was then. As long as it is there still, the next problem is the one behind this.</param>
public sealed record ProblemVisit(string Key, string? Row);
