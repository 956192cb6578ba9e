using System.Globalization;

namespace PackuilonMonitor.Core.Text;

/// <summary>A moment of the past as somebody types it.</summary>
public static class TimePhrase
{
    private static readonly string[] Clocks = ["H:mm", "H:mm:ss"];

    /// <summary>
    /// The moment, in a zone, by the offset of its own day; a time of day alone is the last one there was. Null where it is none.
    /// </summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset present, TimeZoneInfo zone)
    {
        var now = TimeZoneInfo.ConvertTime(present, zone);
        var words = text.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var time] when Clock(time) is { } clock => Last(now, clock, zone),
            ["today", var time] when Clock(time) is { } clock => OnDay(now, 0, clock, zone),
            ["yesterday", var time] when Clock(time) is { } clock => OnDay(now, 1, clock, zone),
            ["yesterday"] => OnDay(now, 1, TimeSpan.Zero, zone),
            [var span, "ago"] => Ago(span) is { } age ? now - age : null,
            [var number, [not (>= '0' and <= '9'), ..] unit, "ago"] => Ago(number + unit) is { } age ? now - age : null,
            [var day, var time] when Clock(time) is { } clock && Days(day, now, clock, zone) is { } days => OnDay(now, days, clock, zone),
            _ => Instant(text.Trim(), zone),
        };
    }

    private static TimeSpan? Clock(string text) =>
        TimeOnly.TryParseExact(text, Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;

    private static DateTimeOffset Last(DateTimeOffset now, TimeSpan clock, TimeZoneInfo zone) =>
        OnDay(now, 0, clock, zone) is var today && today <= now ? today : OnDay(now, 1, clock, zone);

    private static DateTimeOffset OnDay(DateTimeOffset now, int daysBefore, TimeSpan clock, TimeZoneInfo zone) =>
        In(zone, now.Date.AddDays(-daysBefore) + clock);

    private static DateTimeOffset In(TimeZoneInfo zone, DateTime local) => new(local, zone.GetUtcOffset(local));

    private static TimeSpan? Ago(string span)
    {
        var digits = span.TakeWhile(char.IsAsciiDigit).Count();
        return int.TryParse(span.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100_000
            ? span[digits..].ToLowerInvariant() switch
            {
                "s" or "sec" or "second" or "seconds" => TimeSpan.FromSeconds(number),
                "m" or "min" or "minute" or "minutes" => TimeSpan.FromMinutes(number),
                "h" or "hour" or "hours" => TimeSpan.FromHours(number),
                "d" or "day" or "days" => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;
    }

    /// <summary>How many days ago the last day of that name was.</summary>
    private static int? Days(string name, DateTimeOffset now, TimeSpan clock, TimeZoneInfo zone)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        for (var days = 0; days <= 7; days++)
        {
            var day = now.AddDays(-days).DayOfWeek;
            if (
                (
                    name.Equals(names.GetAbbreviatedDayName(day), StringComparison.OrdinalIgnoreCase)
                    || name.Equals(names.GetDayName(day), StringComparison.OrdinalIgnoreCase)
                )
                && OnDay(now, days, clock, zone) <= now
            )
                return days;
        }

        return null;
    }

    private static DateTimeOffset? Instant(string text, TimeZoneInfo zone)
    {
        if (text.Length < 8 || !char.IsAsciiDigit(text[0])
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return null;
        // Without a zone it is the screen's.
        return
            DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local)
            && local.Kind is DateTimeKind.Unspecified
            ? In(zone, local)
            : instant;
    }
}
