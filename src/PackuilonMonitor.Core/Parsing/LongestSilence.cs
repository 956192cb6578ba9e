using System.Text;
using PackuilonMonitor.Core.Slicing;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// The longest time between two consecutive lines of any program. A part whose first and last line are close in time is skipped unread, so
/// a busy log needs only two lines.
/// </summary>
public static class LongestSilence
{
    /// <summary>A shorter one does not count.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>Longer than any time with its possible prefix.</summary>
    private const int LongestStamp = 64;

    /// <summary>In whole lines, the last of which may lack its end; zero if no two of them have comparable times.</summary>
    public static TimeSpan In(ReadOnlySpan<byte> lines)
    {
        var (start, end) = (0, lines.TrimEnd((byte)'\n').LastIndexOf((byte)'\n') + 1);
        if (end <= 0 || TimeOf(lines, start) is not { } first || TimeOf(lines, end) is not { } last)
            return TimeSpan.Zero;
        return Between(lines, start, end, first, last);
    }

    /// <summary>Between the lines that begin at these two places.</summary>
    private static TimeSpan Between(ReadOnlySpan<byte> lines, int start, int end, TimeSpan first, TimeSpan last)
    {
        var longest = TimeSpan.Zero;
        while (last - first > Shortest)
        {
            if (Middle(lines, start, end) is not { } middle)
                return last - first > longest ? last - first : longest;
            var at = TimeOf(lines, middle)!.Value;
            var before = Between(lines, start, middle, first, at);
            longest = before > longest ? before : longest;
            (start, first) = (middle, at);
        }

        return longest;
    }

    /// <summary>The beginning of a line with a time between two others, near the middle; null if there is none.</summary>
    private static int? Middle(ReadOnlySpan<byte> lines, int start, int end)
    {
        var half = start + ((end - start) / 2);
        for (var at = Next(lines, half); at >= 0 && at < end; at = Next(lines, at))
        {
            if (TimeOf(lines, at) is not null)
                return at;
        }

        for (var at = Previous(lines, half); at > start; at = Previous(lines, at - 1))
        {
            if (TimeOf(lines, at) is not null)
                return at;
        }

        return null;
    }

    private static int Next(ReadOnlySpan<byte> lines, int from) =>
        lines[from..].IndexOf((byte)'\n') is >= 0 and var end && from + end + 1 < lines.Length ? from + end + 1 : -1;

    /// <summary>The beginning of the line that contains the byte before this place.</summary>
    private static int Previous(ReadOnlySpan<byte> lines, int before) => before <= 0 ? 0 : lines[..before].LastIndexOf((byte)'\n') + 1;

    /// <summary>Counted from an instant that is the same for all stamps of one form.</summary>
    private static TimeSpan? TimeOf(ReadOnlySpan<byte> lines, int at)
    {
        var line = lines[at..Math.Min(lines.Length, at + LongestStamp)];
        var stamp = SyslogGrammar.AnyStamp.ParseLine(Encoding.Latin1.GetString(line));
        if (!stamp.WasSuccessful)
            return null;
        if (stamp.Value.Exact is { } exact)
            return exact - DateTimeOffset.UnixEpoch;
        return stamp.Value.IsTimeOnly
            ? stamp.Value.TimeOfDay
            : new DateTime(LeapYear, stamp.Value.Month, stamp.Value.Day) - DateTime.UnixEpoch + stamp.Value.TimeOfDay;
    }

    private const int LeapYear = 2024;
}
