using PackuilonMonitor.Core.Events;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>Every sentence of cdp-listend, before and since its rewording of 2022.</summary>
internal static class CdpListendGrammar
{
    // Starting /usr/sbin/cdp-listend with configuration file /etc/cdp-listend.conf
    private static readonly Parser<MonitorEvent> Starting =
        from start in Literal("Starting ")
        from program in Until(" with configuration file ")
        from configuration in Rest
        select new ListenerStarting(configuration);

    // /usr/sbin/cdp-listend daemon successfully started on port 7777
    private static readonly Parser<MonitorEvent> Started =
        from program in Until(" daemon successfully started on port ")
        from port in Number
        select new ListenerStarted(port);

    // Startup invocation of /usr/local/bin/cdb2rabbit.py
    private static readonly Parser<MonitorEvent> StartupCalled =
        from start in Literal("Startup invocation of ")
        from program in Rest
        select new StartupCalled(program);

    // Received UDP packet (cdb|1486571445) from 192.0.2.7
    private static readonly Parser<MonitorEvent> PacketReceived =
        from start in Literal("Received UDP packet (")
        from kind in Until("|")
        from epoch in Number
        from middle in Literal(") from ")
        from address in Rest
        select new PacketReceived(kind, epoch, address);

    private static readonly Parser<string> Detail = Perhaps(' ', Literal(" (").Then(static _ => UntilLast(")")));

    // /usr/local/bin/cdb2rabbit.py will be called in 0 seconds
    // /usr/sbin/ccm-fetch will be called in 1 seconds (offset=0, smear=1)
    private static readonly Parser<MonitorEvent> CallScheduled =
        from program in Until(" will be called in ")
        from seconds in Number
        from unit in Literal(" seconds")
        from detail in Detail
        select new CallScheduled(program, seconds);

    private static readonly Parser<string> Dated =
        from program in Until(" with unix time ")
        from epoch in Number
        from after in Literal(" (after ")
        from seconds in UntilLast(" seconds)")
        select program;

    private static readonly Parser<string> Called = FirstOf(Dated, UntilLast(" now"), Word);

    // Calling /usr/local/bin/cdb2rabbit.py with unix time 1486571445 (after 0 seconds)
    // Calling /usr/local/bin/cdb2rabbit.py now
    // Calling /usr/local/bin/cdb2rabbit.py
    private static readonly Parser<MonitorEvent> CallMade =
        from start in Literal("Calling ")
        from program in Called
        select new CallMade(program);

    // [ERROR] call of cdbsync-nch (/usr/local/bin/cdb2rabbit.py) failed: No such file or directory
    // [ERROR] call of /usr/local/bin/cdb2rabbit.py failed:
    // [WARN] Startup invocation of ccm-fetch (/usr/sbin/ccm-fetch) failed: No such file or directory
    private static readonly Parser<MonitorEvent> CallFailed =
        from start in FirstOf(Literal("[ERROR] call of "), Literal("[WARN] Startup invocation of "))
        from program in Until(" failed:")
        from error in Rest
        select new CallFailed(program, error.Trim());

    // [ERROR] Ignoring packet, unknown notification type
    private static readonly Parser<MonitorEvent> PacketIgnored =
        from text in Literal("[ERROR] Ignoring packet, unknown notification type")
        select new PacketIgnored();

    // Exiting: error creating UDP listener: Address already in use
    // Cannot write PID to file "/run/cdp-listend.pid": Permission denied : Exiting
    private static readonly Parser<MonitorEvent> Failed =
        from start in Literal("Exiting: ").Or(Literal("Cannot write PID to file "))
        from text in Rest
        select new ListenerFailed();

    public static readonly Parser<MonitorEvent> Content = ByStart(
        ("Received", PacketReceived),
        ("Calling", CallMade),
        ("Startup", StartupCalled),
        ("Starting", Starting),
        ("[ERROR] Ignoring", PacketIgnored),
        ("[", CallFailed),
        ("", FirstOf(CallScheduled, Started, Failed)));
}
