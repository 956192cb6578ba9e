using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Slicing;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// The sentences of rsyslogd and journald about dropped messages, if ours may be among them: those of the whole socket or journal, of an
/// unknown process, and of our programs by name. Drops of other programs are skipped.
/// </summary>
internal static class DroppedGrammar
{
    private static readonly string[] Interpreters = ["python", "platform-python", "perl"];

    private static readonly string[] Units = ["rabbit2packer", "cdb2rabbit", "cdp-listend", "packuilon"];

    // imuxsock[pid: 57, name: /usr/bin/python3.6] from <vm:rabbit2packer.py>
    private static readonly Parser<bool> Process =
        from start in Literal("imuxsock[")
        from process in Until("]")
        from trigger in Rest
        select IsOurProcess(process) && IsOurTrigger(trigger);

    /// <summary>A limiter without a process counts everything that arrives, whoever exceeded the limit.</summary>
    private static readonly Parser<bool> Limiter = FirstOf(
        Process,
        from start in FirstOf(Literal("imuxsock"), Literal("imjournal"))
        from trigger in Rest
        select trigger.Length == 0 || trigger[0] == ' ');

    // imjournal: begin to drop messages due to rate-limiting
    // imuxsock[pid 22830]: begin to drop messages due to rate-limiting
    private static readonly Parser<MonitorEvent> Begun =
        from limiter in Until(": begin to drop messages due to rate-limiting")
        from rest in Rest
        where Concerns(limiter)
        select new MessagesDropped(null);

    // imjournal: 236 messages lost due to rate-limiting (20000 allowed within 600 seconds)
    private static readonly Parser<MonitorEvent> Counted =
        from said in Until(" messages lost due to rate-limiting")
        from rest in Rest
        let number = said.LastIndexOf(' ') + 1
        where number >= 2 && said[number - 2] == ':' && Concerns(said[..(number - 2)])
        let count = CountOf(said[number..])
        where count is not null
        select new MessagesDropped(count);

    // imuxsock begins to drop messages from pid 4242 due to rate-limiting
    // imuxsock lost 255 messages from pid 4242 due to rate-limiting
    private static readonly Parser<MonitorEvent> OfOldProcess =
        from start in Literal("imuxsock ")
        from count in FirstOf(
            Literal("begins to drop").Select(_ => (long?)null),
            from lost in Literal("lost ") from number in Number select (long?)number)
        from middle in Literal(" messages from pid ")
        from pid in Number
        from end in Literal(" due to rate-limiting")
        from rest in Rest
        select new MessagesDropped(count);

    // Suppressed 917 messages from /system.slice/rabbit2packer.service
    private static readonly Parser<MonitorEvent> Suppressed =
        from start in Literal("Suppressed ")
        from count in Number
        from middle in Literal(" messages from ")
        from unit in Rest
        where unit == "/" || Units.Any(name => unit.Contains(name, StringComparison.OrdinalIgnoreCase))
        select new MessagesDropped(count);

    // Forwarding to syslog missed 8 messages.
    private static readonly Parser<MonitorEvent> NotForwarded =
        from start in Literal("Forwarding to syslog missed ")
        from count in Number
        from end in Literal(" messages")
        from rest in Rest
        select new MessagesDropped(count);

    public static readonly Parser<MonitorEvent> Content = FirstOf(Suppressed, NotForwarded, Begun, Counted, OfOldProcess);

    private static bool Concerns(string limiter) => Limiter.ParseLine(limiter) is { WasSuccessful: true, Value: true };

    /// <summary>A pid alone may be any program's; a name is the running program, which for a script is its interpreter.</summary>
    private static bool IsOurProcess(string process)
    {
        var at = process.IndexOf("name: ", StringComparison.Ordinal);
        if (at < 0)
            return true;
        var name = process[(process.LastIndexOf('/') is var slash && slash > at ? slash + 1 : at + 6)..];
        return Ident.OfName(name) is not null || Interpreters.Any(interpreter => name.StartsWith(interpreter, StringComparison.Ordinal));
    }

    /// <summary>The message that exceeded the limit; rsyslog loses a name that begins with a slash.</summary>
    private static bool IsOurTrigger(string trigger)
    {
        var name = trigger.EndsWith('>') ? trigger[(trigger.LastIndexOf(':') + 1)..^1] : "";
        return name is "" or "-" || Ident.OfName(name) is not null;
    }

    private static long? CountOf(string text) =>
        Number.ParseLine(text) is { WasSuccessful: true, Remainder.AtEnd: true } read ? read.Value : null;
}
