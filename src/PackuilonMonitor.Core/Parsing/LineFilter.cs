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

    /// <summary>More than any time with what may stand before it, and with the host behind it.</summary>
    private const int LongestStamp = 128;

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
    public static bool HasStamp(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(ByteOrderMark))
            line = line[ByteOrderMark.Length..];
        return SyslogGrammar.AnyStamp.ParseLine(Encoding.Latin1.GetString(line[..Math.Min(line.Length, LongestStamp)])).WasSuccessful;
    }

    private static Claim Of(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(ByteOrderMark))
            line = line[ByteOrderMark.Length..];
        line = line[FrameLength(line)..];
        if (line is [(byte)'<', ..])
        {
            var close = line.IndexOf((byte)'>');
            if (close < 0)
                return Claim.None;
            line = line[(close + 1)..];
            if (line is [(byte)'1', (byte)' ', ..])
                return OfStructured(line[2..]);
        }

        // Nearly all lines are of the two usual forms: the traditional stamp holds blanks, the other ends at its first.
        var usual = line.Length > 0 && char.IsAsciiLetter((char)line[0]) ? 15 : line.IndexOf((byte)' ');
        if (Tagged(line, usual) is not Claim.None and var claim)
            return claim;
        Span<char> start = stackalloc char[LongestStamp];
        start = start[..Encoding.Latin1.GetChars(line[..Math.Min(line.Length, LongestStamp)], start)];
        return Stamp.Read(start, out _) is > 0 and var length && length != usual ? Tagged(line, length) : Claim.None;
    }

    /// <summary>Host and tag behind a stamp of this length.</summary>
    private static Claim Tagged(ReadOnlySpan<byte> line, int stamp)
    {
        if (stamp < 0 || stamp >= line.Length || line[stamp] != ' ')
            return Claim.None;
        line = line[(stamp + 1)..];
        var host = line.IndexOf((byte)' ');
        if (host < 0)
            return Claim.None;
        var tag = FirstWord(line[(host + 1)..]);
        return Of(Ident.OfTag(Name(tag, stackalloc char[LongestName]), out _), line);
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // The length of a frame stands before its priority.
    private static int FrameLength(ReadOnlySpan<byte> line)
    {
        var digits = 0;
        while (digits < line.Length && digits < LongestFrame && char.IsAsciiDigit((char)line[digits]))
            digits++;
        return digits > 0 && digits + 1 < line.Length && line[digits] == ' ' && line[digits + 1] == '<' ? digits + 1 : 0;
    }

    private const int LongestFrame = 7;

    private static Claim OfStructured(ReadOnlySpan<byte> line)
    {
        // Time and host. A time with a blank in it is none of RFC 5424, and its line is read as any other.
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

    /// <summary>
    /// Of the system log's own daemons only what they say of messages can concern us, of systemd only what it says of our units.
    /// </summary>
    private static Claim Of(Speaker? speaker, ReadOnlySpan<byte> line) => speaker switch
    {
        null => Claim.None,
        Speaker.SystemLog => line.IndexOf(" messages"u8) < 0 ? Claim.None : Claim.Perhaps,
        Speaker.Systemd => line.IndexOf("rabbit2packer"u8) < 0 && line.IndexOf("cdp-listend"u8) < 0 ? Claim.None : Claim.Perhaps,
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
