namespace PackuilonMonitor.Terminal;

/// <summary>When the next picture is due: the first change after quiet at once, then no sooner than the shortest time apart.</summary>
public sealed class FramePace(TimeSpan shortest)
{
    private TimeSpan? _last;
    private bool _changed = true;
    private bool _atOnce = true;

    /// <summary>Something on the screen may have changed; a key's answer is due at once.</summary>
    public void Changed(bool atOnce)
    {
        _changed = true;
        _atOnce |= atOnce;
    }

    /// <summary>Time until a picture is due at <paramref name="now"/>, none or less if it is; null if nothing changed.</summary>
    public TimeSpan? Until(TimeSpan now)
    {
        if (!_changed)
            return null;
        return _atOnce || _last is null ? TimeSpan.Zero : _last + shortest - now;
    }

    public bool IsDue(TimeSpan now) => Until(now) <= TimeSpan.Zero;

    public void Drawn(TimeSpan now)
    {
        _last = now;
        _changed = false;
        _atOnce = false;
    }
}
