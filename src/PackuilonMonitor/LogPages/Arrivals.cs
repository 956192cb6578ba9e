namespace PackuilonMonitor.LogPages;

/// <summary>
/// When the bytes of a log arrived, to the second. Beyond 20,000 times the oldest are dropped: the times of those lines are unknown
/// again.
/// </summary>
internal sealed class Arrivals
{
    public const int Most = 20_000;

    private static readonly TimeSpan Finest = TimeSpan.FromSeconds(1);

    private readonly Queue<(long From, DateTimeOffset? At)> _times = new();
    private (long From, DateTimeOffset At)? _newest;

    /// <summary>From this position on, bytes arrived at this time.</summary>
    public void Add(long from, DateTimeOffset at)
    {
        if (_newest is { } newest && at >= newest.At && at - newest.At < Finest)
            return;
        _times.Enqueue((from, at));
        _newest = (from, at);
        if (_times.Count > Most)
            _times.Dequeue();
    }

    /// <summary>From the observations of another reader.</summary>
    public void Set(IEnumerable<(long From, DateTimeOffset? At)> known)
    {
        Clear();
        foreach (var time in known)
            _times.Enqueue(time);
    }

    public void Clear()
    {
        _times.Clear();
        _newest = null;
    }

    /// <summary>When each of some positions arrived, which must be sorted; null if unknown.</summary>
    public IReadOnlyList<DateTimeOffset?> Of(IReadOnlyList<long> offsets)
    {
        var found = new DateTimeOffset?[offsets.Count];
        var index = 0;
        DateTimeOffset? at = null;
        foreach (var (from, time) in _times)
        {
            for (; index < offsets.Count && offsets[index] < from; index++)
                found[index] = at;
            at = time;
        }

        for (; index < offsets.Count; index++)
            found[index] = at;
        return found;
    }
}
