namespace PackuilonMonitor.Core.Parsing;

/// <summary>A time as a header writes it; <see cref="SyslogClock"/> supplies the missing parts.</summary>
/// <param name="Year">0 if the stamp has none.</param>
/// <param name="Month">0 if the stamp has only the time of day.</param>
/// <param name="Offset">The distance from UTC, if it is a number.</param>
/// <param name="Zone">The short name of a zone, as in <c>Sun 2026-11-22 09:05:07 CET</c>.</param>
internal readonly record struct Stamp(int Year, int Month, int Day, TimeSpan TimeOfDay, TimeSpan? Offset = null, string? Zone = null)
{
    /// <summary>A stamp with only the time of day.</summary>
    public bool IsTimeOnly => Month == 0;

    public bool HasYear => Year > 0;

    /// <summary>The instant, if the stamp is complete.</summary>
    public DateTimeOffset? Exact => Offset is { } offset ? new DateTimeOffset(Local, offset) : null;

    /// <summary>The wall time, if the year is known.</summary>
    public DateTime Local => new DateTime(Year, Month, Day).Add(TimeOfDay);

    /// <summary>No system log is older or younger. Beyond that the arithmetic of years and zones would overflow.</summary>
    public const int EarliestYear = 1970;
    public const int LatestYear = 2999;

    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string Weekdays = "MonTueWedThuFriSatSun";

    /// <summary>The length of the stamp with which the text begins; 0 if there is none.</summary>
    public static int Read(ReadOnlySpan<char> text, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 8)
            return 0;
        if (char.IsAsciiDigit(text[0]))
            return ReadNumeric(text, hasWeekday: false, out stamp);
        if (IsOneOf(Months, text) >= 0)
            return ReadTraditional(text, out stamp);
        if (IsOneOf(Weekdays, text) < 0 || text[3] != ' ')
            return 0;
        var rest = text[4..];
        var length = char.IsAsciiDigit(rest[0]) ? ReadNumeric(rest, hasWeekday: true, out stamp) : ReadTraditional(rest, out stamp);
        return length == 0 ? 0 : length + 4;
    }

    // 2026-11-22T12:29:46.123456+00:00   12:29:46   1795350586.123456
    private static int ReadNumeric(ReadOnlySpan<char> text, bool hasWeekday, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 8)
            return 0;
        if (text[4] == '-')
            return ReadIso(text, hasWeekday, out stamp);
        if (hasWeekday)
            return 0;
        if (text[2] != ':')
            return ReadEpoch(text, out stamp);
        var length = ReadTime(text, out var time);
        stamp = new Stamp(0, 0, 0, time);
        return length;
    }

    // Nov 22 12:29:46   Nov  2 12:29:46   Nov 2 12:29:46   Nov 22 12:29:46.123456   Nov 22 2026 12:29:46   Nov 22 12:29:46 2026
    private static int ReadTraditional(ReadOnlySpan<char> text, out Stamp stamp)
    {
        stamp = default;
        var month = IsOneOf(Months, text) + 1;
        if (month == 0 || text.Length < 14 || text[3] != ' ')
            return 0;
        var at = text[4] == ' ' ? 5 : 4;
        var length = text[at + 1] == ' ' ? 1 : 2;
        var day = Digits(text.Slice(at, length));
        at += length + 1;
        if (day < 1 || text[at - 1] != ' ' || day > DateTime.DaysInMonth(2024, month))
            return 0;

        var year = Year4(text[at..]);
        if (year > 0)
            at += 5;
        var time = ReadTime(text[at..], out var ofDay);
        if (time == 0)
            return 0;
        at += time;
        if (
            year == 0
            && at < text.Length
            && text[at] == ' '
            && Year4(text[(at + 1)..]) is > 0 and var behind
            && IsBeforeHost(text[(at + 6)..])
        )
            (year, at) = (behind, at + 5);
        if (year > 0 && day > DateTime.DaysInMonth(year, month))
            return 0;
        stamp = new Stamp(year, month, day, ofDay);
        return at;
    }

    // 2026-11-22T12:29:46.123456+00:00   2026-11-22 12:29:46,123 +0000   2026-11-22 12:29:46
    private static int ReadIso(ReadOnlySpan<char> text, bool hasWeekday, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 19 || text[7] != '-' || text[10] is not ('T' or ' '))
            return 0;
        var (year, month, day) = (Year4(text, end: '-'), Digits(text[5..7]), Digits(text[8..10]));
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return 0;
        var length = ReadTime(text[11..], out var time);
        if (length == 0)
            return 0;
        var end = 11 + length;
        stamp = new Stamp(year, month, day, time);
        if (end == text.Length)
            return end;

        var blank = text[end] == ' ' ? 1 : 0;
        var rest = text[(end + blank)..];
        if (ReadOffset(rest, out var offset) is > 0 and var written && (written == rest.Length || rest[written] == ' '))
        {
            stamp = stamp with { Offset = offset };
            return end + blank + written;
        }

        if (blank == 0)
            return 0;
        if (ZoneName.At(rest) is { } zone && (hasWeekday || IsBeforeHost(rest[Math.Min(zone.Length + 1, rest.Length)..])))
        {
            stamp = stamp with { Zone = zone };
            return end + 1 + zone.Length;
        }

        // An unknown zone in its place: the date is valid, and the zone is that of the log.
        return hasWeekday && rest.IndexOf(' ') is > 0 and var word ? end + 1 + word : end;
    }

    // 1795350586.123456
    private static int ReadEpoch(ReadOnlySpan<char> text, out Stamp stamp)
    {
        stamp = default;
        var end = 0;
        var seconds = 0L;
        for (; end < text.Length && end < 12 && char.IsAsciiDigit(text[end]); end++)
            seconds = seconds * 10 + (text[end] - '0');
        if (end is < 9 or > 11 || DateTimeOffset.UnixEpoch.AddSeconds(seconds) is not { Year: <= LatestYear } at)
            return 0;
        end += ReadFraction(text[end..], out var ticks);
        if (end < text.Length && text[end] != ' ')
            return 0;
        stamp = new Stamp(at.Year, at.Month, at.Day, at.TimeOfDay + new TimeSpan(ticks), TimeSpan.Zero);
        return end;
    }

    // Z   +00:00   +0000   +00
    private static int ReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is ['Z', ..])
            return 1;
        if (text.Length < 3 || text[0] is not ('+' or '-'))
            return 0;
        var hours = Digits(text[1..3]);
        var colon = text.Length > 3 && text[3] == ':' ? 1 : 0;
        var hasMinutes = text.Length >= 5 + colon && char.IsAsciiDigit(text[3 + colon]);
        var minutes = hasMinutes ? Digits(text.Slice(3 + colon, 2)) : 0;
        if (hours is < 0 or > 14 || minutes is < 0 or > 59 || (colon > 0 && !hasMinutes) || (hours == 14 && minutes > 0))
            return 0;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return hasMinutes ? 5 + colon : 3;
    }

    // 12:29:46   12:29:46.123456   12:29:46,123
    private static int ReadTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':')
            return 0;
        var (hour, minute, second) = (Digits(text[..2]), Digits(text[3..5]), Digits(text[6..8]));
        // A leap second is written as :60.
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
            return 0;
        var length = 8 + ReadFraction(text[8..], out var ticks);
        time = new TimeSpan(hour, minute, Math.Min(second, 59)) + new TimeSpan(ticks);
        return length;
    }

    private static int ReadFraction(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 2 || text[0] is not ('.' or ',') || !char.IsAsciiDigit(text[1]))
            return 0;
        var end = 1;
        for (var unit = TimeSpan.TicksPerSecond; end < text.Length && char.IsAsciiDigit(text[end]); end++)
            ticks += (text[end] - '0') * (unit /= 10);
        return end;
    }

    /// <summary>A year before this end; 0 if there is none.</summary>
    private static int Year4(ReadOnlySpan<char> text, char end = ' ') =>
        text.Length > 4 && text[4] == end && Digits(text[..4]) is >= EarliestYear and <= LatestYear and var year ? year : 0;

    /// <summary>Whether a host is here, and not yet the tag: otherwise the word before is the host.</summary>
    private static bool IsBeforeHost(ReadOnlySpan<char> text) => text.IndexOf(' ') is > 0 and var blank && text[blank - 1] != ':';

    private static int IsOneOf(string names, ReadOnlySpan<char> text)
    {
        var at = text.Length < 3 ? -1 : names.AsSpan().IndexOf(text[..3], StringComparison.Ordinal);
        return at >= 0 && at % 3 == 0 ? at / 3 : -1;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return -1;
            number = number * 10 + (digit - '0');
        }

        return number;
    }
}
