namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Adds the missing year (or date) and zone to the stamps of one stream of lines. The first line gets the latest year that puts it no later
/// than a day after now; each later line follows the line before it. A stamp that is far off is set aside: later lines follow it only if
/// they stay near it. File times play no part.
/// </summary>
/// <param name="Zone">The zone of stamps without one.</param>
/// <param name="Now">The present, for stamps without a year.</param>
public readonly record struct SyslogClock(TimeZoneInfo Zone, DateTimeOffset Now)
{
    /// <summary>A clock that was set back, or a late line, moves lines back; further than this it is the next year instead.</summary>
    private static readonly TimeSpan Far = TimeSpan.FromDays(31);

    /// <summary>A line this soon after the lines in place ends those set aside.</summary>
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>How long lines set aside must continue before they replace the lines in place.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Lines of several programs that arrive slightly out of order.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMinutes(1);

    /// <summary>The wall time of the last line in place.</summary>
    private DateTime? Before { get; init; }

    /// <summary>The wall time of the last line set aside.</summary>
    private DateTime? Aside { get; init; }

    private DateTime AsideSince { get; init; }

    /// <summary>Whether the lines set aside may be right: they are later, and not in the future.</summary>
    private bool AsideMayBe { get; init; }

    /// <summary>The newest reliable instant; null before the first line with a time.</summary>
    public DateTimeOffset? Last { get; private init; }

    /// <summary>The clock after a line with this stamp.</summary>
    /// <param name="at">The instant of the line.</param>
    internal SyslogClock After(Stamp stamp, out DateTimeOffset at)
    {
        if (Before is not { } before)
            return InPlace(
                stamp,
                stamp.HasYear ? Wall(stamp)
                    : stamp.IsTimeOnly ? Today.Date.Add(stamp.TimeOfDay)
                    : Latest(stamp, Today.Year + 1, Limit),
                out at
            );
        if (stamp.IsTimeOnly)
            return InPlace(stamp, Dated(stamp, before), out at);
        if (Aside is { } aside)
        {
            var (home, on) = (Near(before, stamp), Near(aside, stamp));
            if (home - before >= -Day && home - before <= Week && (home - before).Duration() <= (on - aside).Duration())
                return InPlace(stamp, home, out at);
            if (IsStep(aside, on))
                return on - AsideSince > Day
                    ? InPlace(stamp, on, out at)
                    : StandingAside(stamp, before, on, AsideSince, AsideMayBe, out at);
            before = aside;
        }

        var next = Near(before, stamp);
        if (IsStep(before, next) || IsProof(stamp, before))
            return InPlace(stamp, next, out at);
        var mayBe = next > before && next <= Limit;
        if (!mayBe && !stamp.HasYear)
            next = Latest(stamp, next.Year, Limit);
        return StandingAside(stamp, before, next, next, mayBe, out at);
    }

    private SyslogClock InPlace(Stamp stamp, DateTime local, out DateTimeOffset at)
    {
        at = Instant(stamp, local);
        return this with { Before = local, Aside = null, Last = at };
    }

    private SyslogClock StandingAside(Stamp stamp, DateTime before, DateTime local, DateTime since, bool mayBe, out DateTimeOffset at)
    {
        at = Instant(stamp, local);
        return this with { Before = before, Aside = local, AsideSince = since, AsideMayBe = mayBe, Last = mayBe ? at : Last };
    }

    /// <summary>Whether a line may follow another: at any time within a month, but not from the present into the future.</summary>
    private bool IsStep(DateTime from, DateTime to) => to - from >= -Far && (to - from <= Day || (to - from <= Far && to <= Limit));

    /// <summary>A leap day shows that the year of the lines around it was wrong.</summary>
    private static bool IsProof(Stamp stamp, DateTime before) =>
        !stamp.HasYear && In(before.Year, stamp) is null && (new DateTime(before.Year, 3, 1) - before).Duration() <= Far;

    private DateTime Today => Within(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    private DateTime Limit => Today + Day;

    /// <summary>The wall time of a stamp with a year, in the zone of the log.</summary>
    private DateTime Wall(Stamp stamp) => Exactly(stamp) is { } exact ? TimeZoneInfo.ConvertTime(exact, Zone).DateTime : stamp.Local;

    private DateTimeOffset? Exactly(Stamp stamp) =>
        stamp.Zone is { } zone ? new DateTimeOffset(stamp.Local, ZoneName.OffsetOf(zone, stamp.Local, Zone)) : stamp.Exact;

    private DateTimeOffset Instant(Stamp stamp, DateTime local) => Exactly(stamp) ?? Zoned(local);

    /// <summary>The stamp in the year in which it follows this line.</summary>
    private DateTime Near(DateTime before, Stamp stamp)
    {
        if (stamp.HasYear)
            return Wall(stamp);
        if (In(before.Year - 1, stamp) is { } late && late >= before - Far)
            return late;
        if (In(before.Year, stamp) is { } same && same >= before - Far)
            return same;
        return In(before.Year + 1, stamp) ?? In(before.Year, stamp) ?? Latest(stamp, before.Year, DateTime.MaxValue);
    }

    /// <summary>The stamp in the latest year, from this one back, that has such a day and respects the limit.</summary>
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

    private static DateTime Dated(Stamp stamp, DateTime before)
    {
        var same = before.Date.Add(stamp.TimeOfDay);
        return (same - before).TotalHours switch
        {
            < -12 => same.AddDays(1),
            > 12 => same.AddDays(-1),
            _ => same,
        };
    }

    /// <summary>
    /// The doubled hour of autumn is the earlier one until that would go back in time. A stamp in the hour that spring skips is the moment
    /// of the change, so lines in order stay in order.
    /// </summary>
    private DateTimeOffset Zoned(DateTime local)
    {
        if (Zone.IsInvalidTime(local))
            return new DateTimeOffset(Change(local), Zone.GetUtcOffset(Change(local)));
        if (!Zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, Zone.GetUtcOffset(local));
        var readings = Zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset)).Order().ToList();
        var last = Last;
        var inOrder = readings.FindIndex(reading => last is null || reading >= last - Jitter);
        return readings[inOrder < 0 ? readings.Count - 1 : inOrder];
    }

    /// <summary>The first minute after the skipped ones. No zone ever skipped more than a day.</summary>
    private DateTime Change(DateTime local)
    {
        var minute = local.Date.AddMinutes(Math.Floor(local.TimeOfDay.TotalMinutes));
        while (Zone.IsInvalidTime(minute))
            minute = minute.AddMinutes(1);
        return minute;
    }

    private static DateTime Within(DateTime time) =>
        time.Year < Stamp.EarliestYear ? new DateTime(Stamp.EarliestYear, 1, 1)
        : time.Year > Stamp.LatestYear ? new DateTime(Stamp.LatestYear, 1, 1)
        : time;
}
