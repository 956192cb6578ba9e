namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Gives the stamps of one stream of lines their year (or date) and zone. The first line gets the latest year that puts
/// it no later than a day after now; each later line follows the line before it. File times play no part.
/// </summary>
public sealed class SyslogClock(TimeZoneInfo zone, DateTimeOffset now)
{
    private readonly DateTime _today = Within(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    /// <summary>A clock that was set back moves lines back; further than this it is the next year instead.</summary>
    private static readonly TimeSpan Setback = TimeSpan.FromDays(31);

    /// <summary>Lines that arrive late over the turn of a year.</summary>
    private static readonly TimeSpan Straggle = TimeSpan.FromDays(1);

    /// <summary>Lines of several programs that come a little out of order.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(1);

    private DateTime? _before;

    /// <summary>The last instant that was resolved, or the clock's own now before the first.</summary>
    public DateTimeOffset Last { get; private set; } = now;

    internal DateTimeOffset Resolve(Stamp stamp)
    {
        if (stamp.Exact is { } exact)
        {
            _before = TimeZoneInfo.ConvertTime(exact, zone).DateTime;
            return Last = exact;
        }

        var local = stamp.IsTimeOnly ? Dated(stamp) : Yeared(stamp);
        var first = _before is null;
        _before = local;
        return Last = Zoned(local, first);
    }

    private DateTime Yeared(Stamp stamp)
    {
        if (_before is not { } before)
            return Latest(stamp, _today.Year + 1, _today + Straggle);

        if (In(before.Year - 1, stamp) is { } straggler && straggler >= before - Straggle)
            return straggler;
        if (In(before.Year, stamp) is { } same && same >= before - Setback)
            return same;
        return In(before.Year + 1, stamp) ?? In(before.Year, stamp) ?? Latest(stamp, before.Year, DateTime.MaxValue);
    }

    /// <summary>The stamp in the latest year, from this one back, that has such a day and keeps to the limit.</summary>
    private static DateTime Latest(Stamp stamp, int year, DateTime limit)
    {
        for (; ; year--)
        {
            if (In(year, stamp) is { } candidate && candidate <= limit)
                return candidate;
        }
    }

    private static DateTime? In(int year, Stamp stamp) =>
        year <= Stamp.LatestYear && stamp.Day <= DateTime.DaysInMonth(year, stamp.Month)
            ? new DateTime(year, stamp.Month, stamp.Day).Add(stamp.TimeOfDay)
            : null;

    private DateTime Dated(Stamp stamp)
    {
        if (_before is not { } before)
            return _today.Date.Add(stamp.TimeOfDay);
        var same = before.Date.Add(stamp.TimeOfDay);
        return (same - before).TotalHours switch
        {
            < -12 => same.AddDays(1),
            > 12 => same.AddDays(-1),
            _ => same,
        };
    }

    /// <summary>
    /// The hour that comes twice in autumn is the earlier one until that would go back in time. In the hour that spring
    /// leaves out it is the moment of the change all the time, so that lines in order stay in order.
    /// </summary>
    private DateTimeOffset Zoned(DateTime local, bool first)
    {
        if (zone.IsInvalidTime(local))
            return new DateTimeOffset(Change(local), zone.GetUtcOffset(Change(local)));
        if (!zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        var readings = zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset)).Order().ToList();
        var inOrder = readings.FindIndex(reading => first || reading >= Last - Jitter);
        return readings[inOrder < 0 ? readings.Count - 1 : inOrder];
    }

    /// <summary>The first minute after the one that spring leaves out. No zone ever left out more than a day.</summary>
    private DateTime Change(DateTime local)
    {
        var minute = local.Date.AddMinutes(Math.Floor(local.TimeOfDay.TotalMinutes));
        while (zone.IsInvalidTime(minute))
            minute = minute.AddMinutes(1);
        return minute;
    }

    private static DateTime Within(DateTime time) =>
        time.Year < Stamp.EarliestYear ? new DateTime(Stamp.EarliestYear, 1, 1)
        : time.Year > Stamp.LatestYear ? new DateTime(Stamp.LatestYear, 1, 1)
        : time;
}
