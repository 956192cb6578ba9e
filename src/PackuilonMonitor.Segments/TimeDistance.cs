namespace PackuilonMonitor.Segments;

/// <summary>Times as distances from the one before: what is stored together happened together, so these are small numbers.</summary>
internal struct TimeDistance
{
    private long _ticks;
    private long _minutes;

    public (long Ticks, long Minutes) To(DateTimeOffset time)
    {
        var (ticks, minutes) = (time.UtcTicks - _ticks, (long)time.Offset.TotalMinutes - _minutes);
        (_ticks, _minutes) = (time.UtcTicks, (long)time.Offset.TotalMinutes);
        return (ticks, minutes);
    }

    /// <exception cref="InvalidDataException">That is no time.</exception>
    public DateTimeOffset From(long ticks, long minutes)
    {
        (_ticks, _minutes) = (_ticks + ticks, _minutes + minutes);
        return ByteReader.TimeOf(_ticks, _minutes);
    }
}
