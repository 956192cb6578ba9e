namespace PackuilonMonitor.Terminal;

/// <summary>Esc may be a key or the start of a sequence: it is a key if the rest does not arrive in time.</summary>
internal sealed class EscapeTimer(TimeSpan patience)
{
    private TimeSpan? _due;

    public bool IsRunning => _due is not null;

    public void Restart(TimeSpan now) => _due = now + patience;

    public void Stop() => _due = null;

    /// <summary>The time left, zero or less if it is over; null if nothing waits.</summary>
    public TimeSpan? Until(TimeSpan now) => _due - now;

    /// <summary>Whether the time is over; true only once.</summary>
    public bool IsOver(TimeSpan now)
    {
        if (!(_due <= now))
            return false;
        _due = null;
        return true;
    }
}
