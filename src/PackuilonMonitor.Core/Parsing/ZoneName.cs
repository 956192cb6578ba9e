using System.Globalization;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>The short names of time zones that journalctl writes with <c>short-full</c>.</summary>
internal static class ZoneName
{
    private const int Longest = 5;

    // Minutes east of UTC. A name that several countries use has several.
    private const string Table = """
        UTC:0 GMT:0 WET:0 WEST:60 BST:60/360/660 IST:60/330/120 CET:60 CEST:120 MET:60 MEST:120 EET:120
        EEST:180 IDT:180 SAST:120 MSK:180 PKT:300 WIB:420 HKT:480 SGT:480 AWST:480 JST:540 KST:540 ACST:570
        ACDT:630 AEST:600 AEDT:660 NZST:720 NZDT:780 NST:-210 NDT:-150 AST:-240 ADT:-180 EST:-300 EDT:-240
        CST:-360/480/-300 CDT:-300/-240 MST:-420 MDT:-360 PST:-480/480 PDT:-420 AKST:-540 AKDT:-480 HST:-600
        """;

    private static readonly Dictionary<string, int[]> Offsets = Table
        .Split([' ', '\n'])
        .Select(static entry => entry.Split(':'))
        .ToDictionary(
            static entry => entry[0],
            static entry => entry[1].Split('/').Select(static minutes => int.Parse(minutes, CultureInfo.InvariantCulture)).ToArray(),
            StringComparer.Ordinal
        );

    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Offsets.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>The known name with which the text begins, before a space; null if there is none.</summary>
    public static string? At(ReadOnlySpan<char> text)
    {
        var length = text.IndexOf(' ');
        return length is >= 3 and <= Longest && Lookup.TryGetValue(text[..length], out var name, out _) ? name : null;
    }

    /// <summary>The offset that a name means at this time: one that the log's own zone has then, otherwise the usual one.</summary>
    public static TimeSpan OffsetOf(string name, DateTime local, TimeZoneInfo zone)
    {
        var meanings = Offsets[name];
        var own = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
        foreach (var offset in own)
        {
            if (Array.IndexOf(meanings, (int)offset.TotalMinutes) >= 0)
                return offset;
        }

        return TimeSpan.FromMinutes(meanings[0]);
    }
}
