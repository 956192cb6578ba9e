using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Slicing;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// Decides from the bytes of a line whether it can be one of our programs'. Runs over every line of the system log, so it allocates nothing
/// and checks only the place of the tag.
/// </summary>
public static class LineFilter
{
    /// <summary>Longer than any name of ours with its pid.</summary>
    private const int LongestName = 64;

    /// <summary>Longer than any time with its possible prefix, and the host after it.</summary>
    private const int LongestStamp = 128;

    private enum Claim
    {
        None,

        /// <summary>Only the text can decide: the format lost the name, or one of the system log's own daemons wrote the line.</summary>
        Perhaps,
        Ours,
    }

    /// <summary>Whether the line must become text. False is certain; true also for lines that only their text can decide.</summary>
    public static bool Concerns(ReadOnlySpan<byte> line) => Of(line) is not Claim.None;

    /// <summary>Whether the line has one of our programs' names in the place of a tag.</summary>
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

        // Nearly all lines have one of two forms: the traditional stamp contains spaces, the other ends at its first.
        var usual = line.Length > 0 && char.IsAsciiLetter((char)line[0]) ? 15 : line.IndexOf((byte)' ');
        if (Tagged(line, usual) is not Claim.None and var claim)
            return claim;
        Span<char> start = stackalloc char[LongestStamp];
        start = start[..Encoding.Latin1.GetChars(line[..Math.Min(line.Length, LongestStamp)], start)];
        return Stamp.Read(start, out _) is > 0 and var length && length != usual ? Tagged(line, length) : Claim.None;
    }

    /// <summary>Host and tag after a stamp of this length.</summary>
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

    // The length of a frame precedes its priority.
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
        // Time and host. A time with a space is not RFC 5424, and its line is parsed like any other.
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

    /// <summary>Of the system log's daemons only sentences about messages matter to us, of systemd only those about our units.</summary>
    private static Claim Of(Speaker? speaker, ReadOnlySpan<byte> line) => speaker switch
    {
        null => Claim.None,
        Speaker.SystemLog => line.IndexOf(" messages"u8) < 0 ? Claim.None : Claim.Perhaps,
        Speaker.Systemd => line.IndexOf("rabbit2packer"u8) < 0 && line.IndexOf("cdp-listend"u8) < 0 ? Claim.None : Claim.Perhaps,
        _ => Claim.Ours,
    };

    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> line) =>
        line.IndexOf((byte)' ') is var blank and >= 0 ? line[..blank] : line;

    /// <summary>
    /// The part after the path, which may have any length. Our names are ASCII and short; anything else is another program.
    /// </summary>
    private static ReadOnlySpan<char> Name(ReadOnlySpan<byte> tag, Span<char> room)
    {
        tag = tag[(tag.LastIndexOf((byte)'/') + 1)..];
        return Encoding.Latin1.TryGetChars(tag, room, out var length) ? room[..length] : default;
    }
}
