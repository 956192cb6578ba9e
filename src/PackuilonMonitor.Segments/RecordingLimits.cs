namespace PackuilonMonitor.Segments;

/// <summary>How much is recorded; whole days go, the oldest first, and today's never does.</summary>
/// <param name="Days">So many days are kept, today's among them.</param>
/// <param name="Bytes">Room for all days, compressed.</param>
public sealed record RecordingLimits(int Days, long Bytes)
{
    public static readonly RecordingLimits Usual = new(30, 200L * 1024 * 1024);
}
