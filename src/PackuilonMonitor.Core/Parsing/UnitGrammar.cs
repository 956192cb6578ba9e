using PackuilonMonitor.Core.Events;
using Sprache;
using static PackuilonMonitor.Core.Slicing.Slices;

namespace PackuilonMonitor.Core.Parsing;

/// <summary>
/// systemd's sentences about the units of rabbit2packer and cdp-listend, from EL 7 to today. Its lines about other units are skipped, also
/// if a name only begins or ends like ours.
/// </summary>
internal static class UnitGrammar
{
    private const string Ending = ".service";

    private static readonly string[] Ours = [UnitName.Daemon, UnitName.Listener];

    // rabbit2packer.service
    private static readonly Parser<string> Named = OneOf(unit => unit);

    // .   - Packuilon's builds.
    private static readonly Parser<string> Description = Choose(' ', Literal(" - ").Then(static _ => UntilLast(".")), Literal("."));

    // rabbit2packer.   rabbit2packer.service.   rabbit2packer.service - Packuilon's builds.
    private static readonly Parser<string> Described =
        from unit in FirstOf(Named, OneOf(unit => unit[..^Ending.Length]))
        from description in Description
        select unit;

    // Started rabbit2packer.
    private static readonly Parser<MonitorEvent> Started =
        from verb in Literal("Started ")
        from unit in Described
        select new UnitStarted(unit);

    // Stopped rabbit2packer.service - rabbit2packer.
    private static readonly Parser<MonitorEvent> Stopped =
        from verb in Literal("Stopped ")
        from unit in Described
        select new UnitStopped(unit);

    // Failed to start rabbit2packer.service - rabbit2packer.
    private static readonly Parser<MonitorEvent> NotStarted =
        from verb in Literal("Failed to start ")
        from unit in Described
        select new UnitFailed(unit, "failed to start");

    // Unit rabbit2packer.service entered failed state.
    private static readonly Parser<MonitorEvent> EnteredFailedState =
        from start in Literal("Unit ")
        from unit in Named
        from end in Literal(" entered failed state.")
        select new UnitFailed(unit, "failed");

    // start request repeated too quickly for rabbit2packer.service
    private static readonly Parser<MonitorEvent> TooQuicklyOfOld =
        from start in Literal("start request repeated too quickly for ")
        from unit in Named
        select new UnitFailed(unit, "started too often");

    private static readonly Parser<string> Exit =
        from start in FirstOf(Literal(": Main process exited, code="), Literal(": main process exited, code="))
        from code in Until(", status=")
        from status in Until("/")
        from name in Rest
        select $"{code} (status {status})";

    private static readonly Parser<string> Failure = FirstOf(
        Exit,
        Literal(": Failed with result '").Then(static _ => UntilLast("'.")).Select(static result => $"failed ({result})"),
        Literal(": Start request repeated too quickly.").Select(static _ => "started too often"),
        Literal(" failed.").Select(static _ => "failed"));

    // rabbit2packer.service: Main process exited, code=killed, status=9/KILL
    // rabbit2packer.service: main process exited, code=exited, status=1/FAILURE
    // rabbit2packer.service: Failed with result 'exit-code'.
    // rabbit2packer.service: Start request repeated too quickly.
    // rabbit2packer.service failed.
    private static readonly Parser<MonitorEvent> Failed =
        from unit in Named
        from why in Failure
        select new UnitFailed(unit, why);

    // rabbit2packer.service: A process of this unit has been killed by the OOM killer.
    private static readonly Parser<MonitorEvent> OutOfMemory =
        from unit in Named
        from text in Literal(": A process of this unit has been killed by the OOM killer.")
        select new UnitFailed(unit, "out of memory", IsOneProcess: true);

    // rabbit2packer.service: Succeeded.
    // rabbit2packer.service: Deactivated successfully.
    private static readonly Parser<MonitorEvent> Ended =
        from unit in Named
        from how in FirstOf(Literal(": Succeeded."), Literal(": Deactivated successfully."))
        select new UnitStopped(unit);

    public static readonly Parser<MonitorEvent> Content = ByStart(
        ("Started ", Started),
        ("Stopped ", Stopped),
        ("Failed to start ", NotStarted),
        ("Unit ", EnteredFailedState),
        ("start request ", TooQuicklyOfOld),
        ("", FirstOf(Ended, OutOfMemory, Failed)));

    private static Parser<string> OneOf(Func<string, string> form) =>
        FirstOf(Ours.Select(unit => Literal(form(unit)).Select(_ => unit)).ToArray());
}
