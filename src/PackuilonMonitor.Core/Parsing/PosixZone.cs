using System.Globalization;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Time zones in the form of the variable TZ: <c>&lt;+03&gt;-3</c>, <c>CET-1CEST,M3.5.0,M10.5.0/3</c>.</summary>
public static class PosixZone
{
    private const int FirstYear = 1970;
    private const int LastYear = 2100;

    /// <summary>The rule if summer time has no dates, as in glibc.</summary>
    private const string UsualDates = ",M3.2.0,M11.1.0";

    /// <summary>The zone, or null if the text is not one.</summary>
    public static TimeZoneInfo? Of(string text)
    {
        var rest = text.AsSpan();
        if (!Name(ref rest, out var standard) || !Time(ref rest, 24, out var west))
            return null;
        var offset = -west;
        if (rest.IsEmpty)
            return Zone(() => TimeZoneInfo.CreateCustomTimeZone(text, offset, standard, standard));

        if (!Name(ref rest, out var summer))
            return null;
        var delta = TimeSpan.FromHours(1);
        if (!rest.IsEmpty && rest[0] != ',')
        {
            if (!Time(ref rest, 24, out var summerWest))
                return null;
            delta = west - summerWest;
        }

        if (rest.IsEmpty)
            rest = UsualDates;
        return Change.Read(ref rest) is { } begin && Change.Read(ref rest) is { } end && rest.IsEmpty
            ? Zone(() =>
                TimeZoneInfo.CreateCustomTimeZone(
                    text,
                    offset,
                    standard,
                    standard,
                    summer,
                    [.. Enumerable.Range(FirstYear, LastYear - FirstYear).Select(year => Rule(year, delta, begin, end))]
                )
            )
            : null;
    }

    // The library refuses offsets that no clock has.
    private static TimeZoneInfo? Zone(Func<TimeZoneInfo> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InvalidTimeZoneException)
        {
            return null;
        }
    }

    private static TimeZoneInfo.AdjustmentRule Rule(int year, TimeSpan delta, Change begin, Change end) =>
        TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new DateTime(year, 1, 1),
            new DateTime(year, 12, 31),
            delta,
            Transition(begin.In(year)),
            Transition(end.In(year))
        );

    private static TimeZoneInfo.TransitionTime Transition(DateTime at) =>
        TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1).Add(at.TimeOfDay), at.Month, at.Day);

    // CET   <+03>
    private static bool Name(ref ReadOnlySpan<char> text, out string name)
    {
        var quoted = text is ['<', ..];
        var end = quoted ? text.IndexOf('>') : text.IndexOfAnyExcept(Letters);
        if (end < 0)
            end = text.Length;
        name = text[(quoted ? 1 : 0)..end].ToString();
        var isName =
            name.Length >= 3
            && (!quoted || (end < text.Length && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-')));
        text = text[Math.Min(quoted ? end + 1 : end, text.Length)..];
        return isName;
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    // 3   -3:30   +10:30:15
    private static bool Time(ref ReadOnlySpan<char> text, int mostHours, out TimeSpan time)
    {
        time = default;
        var sign = text is ['-', ..] ? -1 : 1;
        if (text is ['-' or '+', ..])
            text = text[1..];
        if (Number(ref text, mostHours) is not { } hours)
            return false;
        var (minutes, seconds) = (0, 0);
        if (text is [':', ..])
        {
            text = text[1..];
            if (Number(ref text, 59) is not { } said)
                return false;
            minutes = said;
            if (text is [':', ..])
            {
                text = text[1..];
                if (Number(ref text, 59) is not { } more)
                    return false;
                seconds = more;
            }
        }

        time = sign * new TimeSpan(hours, minutes, seconds);
        return true;
    }

    private static int? Number(ref ReadOnlySpan<char> text, int most)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        if (end < 0)
            end = text.Length;
        if (end is 0 or > 3 || int.Parse(text[..end], CultureInfo.InvariantCulture) is var number && number > most)
            return null;
        text = text[end..];
        return number;
    }

    /// <summary>When summer time begins or ends: a weekday of a month, or a day of the year.</summary>
    private readonly record struct Change(int Month, int Week, int Day, bool CountsLeapDay, TimeSpan At)
    {
        private const int MostHours = 167;

        // ,M3.5.0/3   ,J60   ,59/2
        public static Change? Read(ref ReadOnlySpan<char> text)
        {
            if (text is not [',', ..])
                return null;
            text = text[1..];
            Change? change;
            if (text is ['M', ..])
            {
                text = text[1..];
                change =
                    Number(ref text, 12) is >= 1 and var month
                    && Dot(ref text)
                    && Number(ref text, 5) is >= 1 and var week
                    && Dot(ref text)
                    && Number(ref text, 6) is { } day
                        ? new Change(month, week, day, false, TimeSpan.Zero)
                        : null;
            }
            else if (text is ['J', ..])
            {
                text = text[1..];
                change = Number(ref text, 365) is >= 1 and var day ? new Change(0, 0, day - 1, false, TimeSpan.Zero) : null;
            }
            else
            {
                change = Number(ref text, 365) is { } day ? new Change(0, 0, day, true, TimeSpan.Zero) : null;
            }

            var at = TimeSpan.FromHours(2);
            if (text is ['/', ..])
            {
                text = text[1..];
                if (!Time(ref text, MostHours, out at))
                    return null;
            }

            return change is { } read ? read with { At = at } : null;
        }

        public DateTime In(int year)
        {
            var day =
                Month > 0 ? Weekday(year)
                : CountsLeapDay || !DateTime.IsLeapYear(year)
                    ? new DateTime(year, 1, 1).AddDays(Math.Min(Day, DateTime.IsLeapYear(year) ? 365 : 364))
                : new DateTime(2001, 1, 1).AddDays(Day) is var common ? new DateTime(year, common.Month, common.Day)
                : default;
            return day + At;
        }

        private DateTime Weekday(int year)
        {
            var first = new DateTime(year, Month, 1);
            var day = first.AddDays(((Day - (int)first.DayOfWeek + 7) % 7) + 7 * (Week - 1));
            return day.Month == Month ? day : day.AddDays(-7);
        }

        private static bool Dot(ref ReadOnlySpan<char> text)
        {
            var isDot = text is ['.', ..];
            if (isDot)
                text = text[1..];
            return isDot;
        }
    }
}
