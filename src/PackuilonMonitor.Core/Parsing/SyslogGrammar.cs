using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Slicing;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>The header before a message.</summary>
/// <param name="Speaker">The program, or null if the format lost its name.</param>
/// <param name="Message">Where in the line the message begins.</param>
/// <param name="Pid">The program's process, or null if the header has none.</param>
internal sealed record SyslogHeader(Stamp Stamp, string Host, Speaker? Speaker, int Message, int? Pid);

/// <summary>
/// Headers as rsyslog and journalctl write them: a time in any of the forms of <see cref="Stamp"/>, a host and a tag, or RFC 5424.
/// </summary>
internal static class SyslogGrammar
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly Parser<string> Blank = Literal(" ");

    // <14>
    private static readonly Parser<string> Priority =
        from open in Literal("<")
        from number in Number
        from close in Literal(">")
        select "";

    private static readonly Parser<string> AnyPriority = Perhaps('<', Priority);

    private static readonly string[] ATime = ["a time"];

    // 2026-11-22T12:29:46.123456+00:00
    private static readonly Parser<Stamp> Stamped = input =>
        Stamp.Read(input.Source.AsSpan(input.Position), out var stamp) is var length and > 0
            ? Result.Success(stamp, LineInput.At(input, input.Position + length))
            : Result.Failure<Stamp>(input, "unexpected text", ATime);

    /// <summary>The same without a space in it, as a field of RFC 5424.</summary>
    private static readonly Parser<Stamp> StampField = input =>
    {
        var text = input.Source.AsSpan(input.Position);
        var field = text.IndexOf(' ') is >= 0 and var blank ? text[..blank] : text;
        return Stamp.Read(field, out var stamp) is var length and > 0
            ? Result.Success(stamp, LineInput.At(input, input.Position + length))
            : Result.Failure<Stamp>(input, "unexpected text", ATime);
    };

    /// <summary>A tag of one of our programs; the first space after it belongs to the header.</summary>
    private static readonly Parser<(Speaker Speaker, int Message, int? Pid)> OurTag = input =>
        ReadTag(input.Source, input.Position, out var tag)
            ? Result.Success(tag, input)
            : Result.Failure<(Speaker, int, int?)>(input, "another program's tag", ["a tag of ours"]);

    private static bool ReadTag(string line, int at, out (Speaker Speaker, int Message, int? Pid) tag)
    {
        var text = line.AsSpan(at);
        var length = text.IndexOf(' ') is var blank and >= 0 ? blank : text.Length;
        var program = Ident.OfTag(text[..length], out var pid);
        tag = (program.GetValueOrDefault(), Unmarked(line, Math.Min(at + length + 1, line.Length)), pid);
        return program is not null;
    }

    // Nov 22 12:29:46 vm-factory /rabbit2packer.py: Starting
    // 2026-11-22T12:29:46.123456+00:00 vm-factory /rabbit2packer.py: Starting
    // 16:30:45 vm-factory /usr/sbin/cdp-listend[3580]: Received UDP packet (cdb|1486571445) from 192.0.2.7
    private static readonly Parser<SyslogHeader> Tagged =
        from priority in AnyPriority
        from stamp in Stamped
        from blank in Blank
        from host in Field
        from tag in OurTag
        select new SyslogHeader(stamp, host, tag.Speaker, tag.Message, tag.Pid);

    /// <summary>
    /// The same in one step, without a priority: nearly each line begins so. Where it fails, the rule finds what is wrong.
    /// </summary>
    private static readonly Parser<SyslogHeader> Plain = input =>
    {
        var (line, start) = (input.Source, input.Position);
        if (Stamp.Read(line.AsSpan(start), out var stamp) is var length and > 0 && line.AsSpan(start + length) is [' ', .. var rest]
            && rest.IndexOf(' ') is var host and > 0 && ReadTag(line, line.Length - rest.Length + host + 1, out var tag))
            return Result.Success(new SyslogHeader(stamp, SharedText.Of(rest[..host]), tag.Speaker, tag.Message, tag.Pid), input);
        return Tagged(input);
    };

    /// <summary>Structured data: nothing, or elements whose values may contain an escaped bracket.</summary>
    private static readonly Parser<bool> StructuredData = input =>
    {
        var (text, end) = (input.Source, input.Position);
        if (end < text.Length && text[end] == '-')
            end++;
        while (end < text.Length && text[end] == '[')
        {
            for (end++; end < text.Length && text[end] != ']'; end++)
            {
                if (text[end] == '\\')
                    end++;
            }

            end = Math.Min(end + 1, text.Length);
        }

        return end > input.Position && (end == text.Length || text[end] == ' ')
            ? Result.Success(true, LineInput.At(input, Math.Min(end + 1, text.Length)))
            : Result.Failure<bool>(input, "unexpected text", ["structured data"]);
    };

    private static readonly Parser<int> MessageStart = input =>
    {
        var start = Unmarked(input.Source, input.Position);
        if (start < input.Source.Length && input.Source[start] == ' ')
            start++;
        return Result.Success(start, input);
    };

    /// <summary>
    /// rsyslog cuts the name at a slash, so <c>/rabbit2packer.py</c> leaves "-"; it also keeps the space that follows the tag, so a second
    /// one precedes the message.
    /// </summary>
    private static readonly Parser<SyslogHeader> Structured =
        // <14>1 2026-11-22T12:29:46.123456+00:00 vm-factory - - - -  Starting
        from priority in Priority
        from version in Literal("1 ")
        from stamp in StampField
        from blank in Blank
        from host in Field
        from name in Field
        from pid in Field
        from id in Field
        from data in StructuredData
        from start in MessageStart
        let speaker = Ident.OfName(name)
        where name == "-" || speaker is not null
        select new SyslogHeader(stamp, host, speaker, start, Ident.Pid(pid));

    /// <summary>Only a line with a priority can be structured.</summary>
    public static readonly Parser<SyslogHeader> Header = Unframed(Choose('<', FirstOf(Structured, Tagged), Plain));

    /// <summary>The stamp of any program's line, for the time that passes between ours.</summary>
    public static readonly Parser<Stamp> AnyStamp = Unframed(
        from priority in AnyPriority
        from version in Literal("1 ").Or(Literal(""))
        from stamp in Stamped
        select stamp);

    /// <summary>
    /// The rule after anything that a file or a connection may put before a line: a byte-order mark, or the length of the frame as in RFC
    /// 6587.
    /// </summary>
    private static Parser<T> Unframed<T>(Parser<T> rule) => input =>
    {
        var start = Unmarked(input.Source, input.Position);
        start += FrameLength(input.Source.AsSpan(start));
        return rule(start == input.Position ? input : LineInput.At(input, start));
    };

    // 83 <14>1 2026-11-22T12:29:46Z vm-factory - - - -  Starting
    private static int FrameLength(ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && digits < LongestFrame && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits > 0 && digits + 1 < text.Length && text[digits] == ' ' && text[digits + 1] == '<' ? digits + 1 : 0;
    }

    private const int LongestFrame = 7;

    private static int Unmarked(string text, int at) => at < text.Length && text[at] == ByteOrderMark ? at + 1 : at;
}
