namespace PackuilonMonitor.Broker;

/// <summary>
/// When the past of a stream is over, and what comes is news. A stream does not say where its present content ends: it arrives without a
/// pause, unless broker or reader are busy.
/// </summary>
public static class StreamPast
{
    /// <summary>So long the first message after the start of reading may take.</summary>
    public static readonly TimeSpan ToFirst = TimeSpan.FromSeconds(2);

    /// <summary>So long a message may take that the broker has.</summary>
    public static readonly TimeSpan ToKnown = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>How often that is asked.</summary>
    public static TimeSpan Interval => Pause / 2;

    /// <param name="startedAt">When reading began; null if the stream cannot be read now: then it is not over.</param>
    /// <param name="lastAt">When the last message arrived; null for none.</param>
    /// <param name="isBehind">The broker has messages that did not arrive yet.</param>
    public static bool IsOver(DateTimeOffset now, DateTimeOffset? startedAt, DateTimeOffset? lastAt, bool isBehind)
    {
        if (startedAt is not { } started)
            return false;
        var pause = isBehind ? ToKnown : lastAt is null ? ToFirst : Pause;
        return now - (lastAt ?? started) >= pause || now - started >= Longest;
    }
}
