namespace PackuilonMonitor.Segments;

/// <summary>The limits of a recording; whole days are deleted, the oldest first, and never today.</summary>
/// <param name="Days">The number of days to keep, including today.</param>
/// <param name="Bytes">Room for all days, compressed.</param>
public sealed record RecordingLimits(int Days, long Bytes)
{
    public static readonly RecordingLimits Usual = new(30, 200L * 1024 * 1024);
}
