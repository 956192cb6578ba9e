namespace PackuilonMonitor.Terminal;

/// <summary>
/// Decides when the next picture is due. While changes continue there is one in each interval: a reader of a scrolling log sees no more.
/// Changes that are rarer are drawn at once, also some that follow each other closely. What a key asked for may be known a moment after
/// its picture, so these are drawn soon, too.
/// </summary>
/// <param name="interval">Between two pictures while changes continue.</param>
public sealed class FramePace(TimeSpan interval)
{
    /// <summary>So many may be drawn at once after as many intervals without one.</summary>
    private const int MostAtOnce = 3;

    /// <summary>Two pictures that nobody asked for are at least so far apart: the second shows all that came together.</summary>
    private readonly TimeSpan _closest = interval / 8;

    private TimeSpan? _last;
    private TimeSpan _credit = MostAtOnce * interval;
    private bool _isAnswer;
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
        if (_atOnce || _last is not { } last)
            return TimeSpan.Zero;
        var (room, apart) = (last + (_isAnswer ? TimeSpan.Zero : _closest) - now, interval - Credit(now));
        return room > apart ? room : apart;
    }

    public bool IsDue(TimeSpan now) => Until(now) <= TimeSpan.Zero;

    public void Drawn(TimeSpan now)
    {
        var left = Credit(now) - interval;
        _isAnswer = _atOnce && _last is not null;
        _credit = _isAnswer ? MostAtOnce * interval
            : left > TimeSpan.Zero ? left
            : TimeSpan.Zero;
        (_last, _changed, _atOnce) = (now, false, false);
    }

    /// <summary>Each picture costs an interval.</summary>
    private TimeSpan Credit(TimeSpan now)
    {
        var credit = _credit + (now - (_last ?? now));
        return credit < MostAtOnce * interval ? credit : MostAtOnce * interval;
    }
}
