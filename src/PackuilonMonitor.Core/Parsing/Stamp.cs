namespace PackuilonMonitor.Core.Parsing;

/// <summary>A time as a header writes it; what it leaves out is for <see cref="SyslogClock"/> to say.</summary>
internal readonly record struct Stamp(int Month, int Day, TimeSpan TimeOfDay, DateTimeOffset? Exact)
{
    /// <summary>A stamp that says only the time of day.</summary>
    public bool IsTimeOnly => Month == 0 && Exact is null;

    /// <summary>No system log is older or younger. Further out the arithmetic of years and zones would overflow.</summary>
    public const int EarliestYear = 1970;
    public const int LatestYear = 2999;

    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    // Nov 22 12:29:46
    public static int ReadTraditional(ReadOnlySpan<char> text, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 15 || text[3] != ' ' || text[6] != ' ')
            return 0;
        var month = Months.AsSpan().IndexOf(text[..3], StringComparison.Ordinal);
        var day = Digits(text[4] == ' ' ? text[5..6] : text[4..6]);
        if (month < 0 || month % 3 != 0 || day is < 1 or > 31 || !ReadTime(text[7..15], out var time))
            return 0;
        if (day > DateTime.DaysInMonth(2024, month / 3 + 1))
            return 0;
        stamp = new Stamp(month / 3 + 1, day, time, null);
        return 15;
    }

    // 16:30:45
    public static int ReadTimeOnly(ReadOnlySpan<char> text, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 8 || !ReadTime(text[..8], out var time))
            return 0;
        stamp = new Stamp(0, 0, time, null);
        return 8;
    }

    // 2026-11-22T12:29:46.123456+00:00
    public static int ReadIso(ReadOnlySpan<char> text, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || !ReadTime(text[11..19], out var time))
            return 0;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        if (year is < EarliestYear or > LatestYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return 0;

        var end = 19;
        long ticks = 0;
        if (text[end] == '.')
        {
            var unit = TimeSpan.TicksPerSecond;
            for (end++; end < text.Length && char.IsAsciiDigit(text[end]); end++)
                ticks += (text[end] - '0') * (unit /= 10);
        }

        if (!ReadOffset(text[end..], out var offset, out var length))
            return 0;
        var local = new DateTime(year, month, day).Add(time).AddTicks(ticks);
        stamp = new Stamp(month, day, time, new DateTimeOffset(local, offset));
        return end + length;
    }

    private static bool ReadOffset(ReadOnlySpan<char> text, out TimeSpan offset, out int length)
    {
        (offset, length) = (TimeSpan.Zero, 1);
        if (text is ['Z', ..])
            return true;
        length = 6;
        if (text.Length < 6 || text[0] is not ('+' or '-') || text[3] != ':')
            return false;
        var (hours, minutes) = (Digits(text[1..3]), Digits(text[4..6]));
        if (hours is < 0 or > 13 || minutes is < 0 or > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool ReadTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        var (hour, minute, second) = (Digits(text[..2]), Digits(text[3..5]), Digits(text[6..8]));
        // A leap second is written as :60.
        var valid = text[2] == ':' && text[5] == ':' && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and <= 60;
        time = valid ? new TimeSpan(hour, minute, Math.Min(second, 59)) : default;
        return valid;
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
