using System.Text;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Tells from the bytes of a line whether it can be one of our programs'. Runs over every line of the system log,
/// so it allocates nothing and looks only where the tag stands.
/// </summary>
public static class LineFilter
{
    /// <summary>More than any name of ours with its pid.</summary>
    private const int LongestName = 64;

    /// <summary>More than any time with what may stand before it.</summary>
    private const int LongestStamp = 64;

    private enum Claim
    {
        None,

        /// <summary>Only the text can tell: the format lost the name, or one of the system log's own daemons speaks.</summary>
        Perhaps,
        Ours,
    }

    /// <summary>Whether the line must become text. False is certain; true also for lines that only their text can tell.</summary>
    public static bool Concerns(ReadOnlySpan<byte> line) => Of(line) is not Claim.None;

    /// <summary>Whether the line bears one of our programs' names where a tag stands.</summary>
    public static bool NamesUs(ReadOnlySpan<byte> line) => Of(line) is Claim.Ours;

    /// <summary>Whether the line begins with a time, as any program's does.</summary>
    public static bool HasStamp(ReadOnlySpan<byte> line) =>
        SyslogGrammar.AnyStamp.ParseLine(Encoding.Latin1.GetString(line[..Math.Min(line.Length, LongestStamp)])).WasSuccessful;

    private static Claim Of(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)'<', ..])
        {
            var close = line.IndexOf((byte)'>');
            if (close < 0)
                return Claim.None;
            line = line[(close + 1)..];
            if (line is [(byte)'1', (byte)' ', ..])
                return OfStructured(line[2..]);
        }

        // The traditional stamp holds blanks; the others end at their first.
        var stamp = line.Length > 0 && char.IsAsciiLetter((char)line[0]) ? 15 : line.IndexOf((byte)' ');
        if (stamp < 0 || stamp >= line.Length || line[stamp] != ' ')
            return Claim.None;
        line = line[(stamp + 1)..];
        var host = line.IndexOf((byte)' ');
        if (host < 0)
            return Claim.None;
        var tag = FirstWord(line[(host + 1)..]);
        return Of(Ident.OfTag(Name(tag, stackalloc char[LongestName]), out _), line);
    }

    private static Claim OfStructured(ReadOnlySpan<byte> line)
    {
        for (var field = 0; field < 2; field++)
        {
            var blank = line.IndexOf((byte)' ');
            if (blank < 0)
                return Claim.None;
            line = line[(blank + 1)..];
        }

        var name = FirstWord(line);
        if (name is [(byte)'-'])
            return Claim.Perhaps;
        return Of(Ident.OfName(Name(name, stackalloc char[LongestName])), line);
    }

    /// <summary>Of the system log's own daemons only what they say of messages can concern us.</summary>
    private static Claim Of(Speaker? speaker, ReadOnlySpan<byte> line) => speaker switch
    {
        null => Claim.None,
        Speaker.SystemLog => line.IndexOf(" messages"u8) < 0 ? Claim.None : Claim.Perhaps,
        _ => Claim.Ours,
    };

    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> line) =>
        line.IndexOf((byte)' ') is var blank and >= 0 ? line[..blank] : line;

    /// <summary>What follows the path, which may be of any length. Names of ours are ASCII and short; anything else is nobody's.</summary>
    private static ReadOnlySpan<char> Name(ReadOnlySpan<byte> tag, Span<char> room)
    {
        tag = tag[(tag.LastIndexOf((byte)'/') + 1)..];
        return tag.Length <= room.Length && Encoding.Latin1.TryGetChars(tag, room, out var length) ? room[..length] : default;
    }
}
