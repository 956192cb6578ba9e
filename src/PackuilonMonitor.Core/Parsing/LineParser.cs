using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Slicing;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Parses the lines of one stream of the system log, in order; the clock passes from line to line.</summary>
public static class LineParser
{
    /// <summary>
    /// The meaning of the line, or null if none of our programs wrote it. A line of ours that no rule accepts is
    /// <see cref="Unrecognised"/>.
    /// </summary>
    public static Observation? Parse(LogLine line, ref SyslogClock clock)
    {
        var header = SyslogGrammar.Header.ParseLine(line.Text);
        if (!header.WasSuccessful)
            return Headless(line, header, clock);

        var (stamp, host, program, start, pid) = header.Value;
        clock = clock.After(stamp, out var at);
        var text = line.Text[start..];
        var (said, count) = Repeated(text);
        // Of a repeat bracket only its last character follows the sentence.
        var before = said.Length == text.Length ? 0 : text.Length - said.Length - 1;
        // Of these daemons only the sentences that concern us are ours; other lines belong to nobody.
        if (program is Speaker.SystemLog or Speaker.Systemd)
            return GrammarOf(program.Value).ParseLine(said) is { WasSuccessful: true, Value: var told }
                ? new Observation(at, line.Source, host, program.Value, text, told, count) { Offset = line.Offset, Pid = pid }
                : null;
        if (program is { } named)
            return new Observation(at, line.Source, host, named, text, Content(named, said, before), count)
            {
                Offset = line.Offset,
                Pid = pid,
            };
        return Unnamed(said) is (var speaker, { } what)
            ? new Observation(at, line.Source, host, speaker, text, what, count) { Offset = line.Offset, Pid = pid }
            : null;
    }

    /// <summary>The meaning of a program's message, and its count; <see cref="Parse"/> gave it the same meaning in its line.</summary>
    public static (MonitorEvent Meaning, int Count) Read(Speaker program, string text)
    {
        var (said, count) = Repeated(text);
        return (Content(program, said, said.Length == text.Length ? 0 : text.Length - said.Length - 1), count);
    }

    /// <summary>The instant of any program's line, or null if its stamp is unknown.</summary>
    public static DateTimeOffset? TimeOf(LogLine line, ref SyslogClock clock)
    {
        var stamp = SyslogGrammar.AnyStamp.ParseLine(line.Text);
        if (!stamp.WasSuccessful)
            return null;
        clock = clock.After(stamp.Value, out var at);
        return at;
    }

    private static MonitorEvent Content(Speaker program, string text, int offset)
    {
        var result = GrammarOf(program).ParseLine(text);
        return result.WasSuccessful
            ? result.Value
            : new Unrecognised($"column {result.Remainder.Column + offset}: expected {string.Join(" or ", result.Expectations)}");
    }

    private static Parser<MonitorEvent> GrammarOf(Speaker program) => program switch
    {
        Speaker.Rabbit2Packer => Rabbit2PackerGrammar.Content,
        Speaker.Cdb2Rabbit => Cdb2RabbitGrammar.Content,
        Speaker.CdpListend => CdpListendGrammar.Content,
        Speaker.SystemLog => DroppedGrammar.Content,
        Speaker.Systemd => UnitGrammar.Content,
        Speaker.Monitor => Silent,
    };

    private static readonly Parser<MonitorEvent> Silent = input => Result.Failure<MonitorEvent>(input, "no lines of its own", []);

    /// <summary>
    /// Without a name only the text shows the program; a sentence that none of the grammars accepts may be any program's.
    /// </summary>
    private static (Speaker, MonitorEvent?) Unnamed(string text)
    {
        if (text == "Starting")
            return (Speaker.Rabbit2Packer, new UnnamedStarted());
        foreach (var program in (ReadOnlySpan<Speaker>)[Speaker.Rabbit2Packer, Speaker.Cdb2Rabbit, Speaker.CdpListend])
        {
            var result = GrammarOf(program).ParseLine(text);
            if (result.WasSuccessful)
                return (program, result.Value);
        }

        return (default, null);
    }

    // message repeated 2 times: [ packer build starting, see: /log/norm.managed.json.log for details]
    private static readonly Parser<(string Text, int Count)> Bracket =
        from opening in Literal("message repeated ")
        from count in Number
        from middle in Literal(" times: [")
        from blank in Literal(" ").Or(Literal(""))
        from text in UntilLast("]")
        from end in End
        where count is > 0 and <= MostRepeats
        select (text, (int)count);

    /// <summary>More than rsyslog collapses between two of its own marks; a forged count must not cost time.</summary>
    private const int MostRepeats = 10_000;

    private static (string Text, int Count) Repeated(string text)
    {
        if (!text.StartsWith("message repeated ", StringComparison.Ordinal))
            return (text, 1);
        var bracket = Bracket.ParseLine(text);
        return bracket.WasSuccessful ? bracket.Value : (text, 1);
    }

    /// <summary>
    /// A line with our tag and an unreadable stamp still counts; its time is unknown, and its place follows the line before it.
    /// </summary>
    private static Observation? Headless(LogLine line, IResult<SyslogHeader> failure, SyslogClock clock)
    {
        var bytes = Encoding.UTF8.GetBytes(line.Text.Length > 1024 ? line.Text[..1024] : line.Text);
        return LineFilter.NamesUs(bytes)
            ? new Observation(
                clock.Last ?? DateTimeOffset.UnixEpoch,
                line.Source,
                "",
                Speaker.Monitor,
                line.Text,
                new Unrecognised($"header: expected {string.Join(" or ", failure.Expectations)}")
            )
            {
                Offset = line.Offset,
                HasNoTime = true,
            }
            : null;
    }
}
