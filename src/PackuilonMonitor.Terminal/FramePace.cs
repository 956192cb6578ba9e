namespace PackuilonMonitor.Terminal;

/// <summary>
/// Decides when the next picture is due: the first change after quiet at once, the next soon after it, and while changes continue at
/// growing intervals up to a maximum. A reader of a scrolling log sees no more, and somebody who waits sees the change soon. What a key
/// asked for may be known a moment after its picture, so that change is drawn at once, too.
/// </summary>
public sealed class FramePace(TimeSpan longest)
{
    private const int Doublings = 3;

    private readonly TimeSpan _shortest = longest / (1 << Doublings);
    private TimeSpan? _last;
    private TimeSpan _apart;
    private bool _changed = true;
    private bool _atOnce = true;

    /// <summary>Something on the screen may have changed; the answer to a key is due at once.</summary>
    public void Changed(bool atOnce)
    {
        _changed = true;
        _atOnce |= atOnce;
    }

    /// <summary>Time until a picture is due at <paramref name="now"/>, zero or less if it is due; null if nothing changed.</summary>
    public TimeSpan? Until(TimeSpan now)
    {
        if (!_changed)
            return null;
        return _atOnce || _last is null ? TimeSpan.Zero : _last + _apart - now;
    }

    public bool IsDue(TimeSpan now) => Until(now) <= TimeSpan.Zero;

    public void Drawn(TimeSpan now)
    {
        // Twice the interval without a picture is quiet enough to start again.
        _apart =
            _last is null ? _shortest
            : _atOnce ? TimeSpan.Zero
            : now - _last > 2 * longest ? _shortest
            : TimeSpan.FromTicks(Math.Clamp(2 * _apart.Ticks, _shortest.Ticks, longest.Ticks));
        _last = now;
        _changed = false;
        _atOnce = false;
    }
}
