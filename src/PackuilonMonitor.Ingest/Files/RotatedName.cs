using System.Globalization;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>The parsed name of a rotated file: its age among its siblings, and its compression.</summary>
/// <param name="Age">Smaller is older. Numbered files count as older than dated ones: a change to dates leaves numbers behind.</param>
/// <param name="Packing">The extension of a compressed file, such as <c>.gz</c>; empty for a plain one.</param>
internal readonly record struct RotatedName((int, long, long) Age, string Packing)
{
    private static readonly string[] Unread = [".Z", ".lz4", ".lzma", ".lz", ".lzo", ".zip", ".7z", ".br"];

    /// <summary>Extensions of compressed files, readable or only known.</summary>
    private static readonly string[] Packings = [".gz", ".xz", ".bz2", ".zst", .. Unread];

    /// <summary>Whether files with this extension can be read.</summary>
    public bool IsRead => Array.IndexOf(Unread, Packing) < 0;

    /// <summary>The compression extension of this name; empty for a plain one.</summary>
    public static string PackingOf(ReadOnlySpan<char> name)
    {
        foreach (var packing in Packings)
        {
            if (name.EndsWith(packing, StringComparison.Ordinal))
                return packing;
        }

        return "";
    }

    /// <summary>
    /// Parses a name as a rotation of a log: <c>messages.1</c>, <c>messages-20261122</c>, <c>messages.2026-11-22.1795338307</c>,
    /// <c>messages.old</c>, and with the log's extension at the end, <c>messages.1.log</c>. Null if it is not one.
    /// </summary>
    /// <param name="endingIsOurs">A <c>.log</c> after the date or number belongs to this log and no other.</param>
    public static RotatedName? Of(string log, ReadOnlySpan<char> name, bool endingIsOurs)
    {
        var packing = PackingOf(name);
        name = name[..^packing.Length];
        if (name.Length > log.Length && name.StartsWith(log, StringComparison.Ordinal))
        {
            var suffix = name[log.Length..];
            if (endingIsOurs && suffix.EndsWith(Ending, StringComparison.Ordinal))
                suffix = suffix[..^Ending.Length];
            if (AgeOf(suffix) is { } age)
                return new RotatedName(age, packing);
        }

        var dot = log.LastIndexOf('.');
        if (
            dot <= 0
            || name.Length <= log.Length
            || !name.StartsWith(log.AsSpan(0, dot), StringComparison.Ordinal)
            || !name.EndsWith(log.AsSpan(dot), StringComparison.Ordinal)
        )
            return null;
        return AgeOf(name[dot..^(log.Length - dot)]) is { } kept ? new RotatedName(kept, packing) : null;
    }

    private const string Ending = ".log";
    private const int Numbered = 0;
    private const int Dated = 1;
    private const int Old = 2;

    private static (int, long, long)? AgeOf(ReadOnlySpan<char> suffix)
    {
        if (suffix is ".old")
            return (Old, 0, 0);
        if (suffix.Length < 2 || suffix[0] is not ('.' or '-' or '_'))
            return null;
        var rest = suffix[1..];
        if (suffix[0] == '.' && rest.Length < 7)
            return Number(rest) is { } turn ? (Numbered, -turn, 0) : null;
        return DateOf(rest) is { } date ? (Dated, date.At, date.Ordinal) : null;
    }

    // 20261122   2026112209   20261122-1   2026-11-22   2026-11-22.1795338307   20261122T0905   1795338307
    private static (long At, long Ordinal)? DateOf(ReadOnlySpan<char> text)
    {
        if (Number(text) is { } whole)
            return Day(text[..Math.Min(8, text.Length)]) is { } day && text.Length is >= 8 and <= 14 ? (day + Time(text[8..]), 0)
                : text.Length is 9 or 10 ? (Epoch(whole), 0)
                : null;
        var hasHyphens = text.Length >= 10 && text[4] is '-' or '_' or '.' && text[7] == text[4];
        Span<char> digits = stackalloc char[8];
        if (hasHyphens)
            _ = text[..4].TryCopyTo(digits) && text[5..7].TryCopyTo(digits[4..]) && text[8..10].TryCopyTo(digits[6..]);
        else if (text.Length > 8)
            text[..8].CopyTo(digits);
        if (Day(digits) is not { } at)
            return null;
        var rest = text[(hasHyphens ? 10 : 8)..];
        if (rest.IsEmpty)
            return (at, 0);
        // Digits directly after the day are an hour; after a separator they are a time of day, an ordinal, or seconds since 1970.
        var digitsBehind = char.IsAsciiDigit(rest[0]) ? rest : rest[1..];
        if (digitsBehind.Length == rest.Length)
            return Of(rest, at);
        return
            rest[0] is '-' or '.' or '_' or 'T' && Number(digitsBehind.ToString().Replace(":", "", StringComparison.Ordinal)) is { } behind
            ? rest[0] == 'T'
                ? (at + Time(digitsBehind.ToString().Replace(":", "", StringComparison.Ordinal)), 0)
                : (at, behind)
            : null;

        static (long, long)? Of(ReadOnlySpan<char> hour, long day)
        {
            var sign = hour.IndexOfAny('-', '.');
            var time = sign < 0 ? hour : hour[..sign];
            var ordinal = sign < 0 ? 0 : Number(hour[(sign + 1)..]);
            return time.Length <= 6 && Number(time) is not null && ordinal is { } n ? (day + Time(time), n) : null;
        }
    }

    private static long? Day(ReadOnlySpan<char> digits) =>
        DateTime.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.Ticks : null;

    private static long Epoch(long seconds) => DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond;

    // Hours, minutes and seconds, as many as there are; even an impossible time gives an order.
    private static long Time(ReadOnlySpan<char> digits)
    {
        var seconds = 0L;
        for (var unit = 3600; digits.Length >= 2 && unit > 0; digits = digits[2..], unit /= 60)
            seconds += (Number(digits[..2]) ?? 0) * unit;
        return seconds * TimeSpan.TicksPerSecond;
    }

    private static long? Number(ReadOnlySpan<char> digits) =>
        digits.Length is > 0 and < 18 && !digits.ContainsAnyExceptInRange('0', '9')
            ? long.Parse(digits, CultureInfo.InvariantCulture)
            : null;
}
