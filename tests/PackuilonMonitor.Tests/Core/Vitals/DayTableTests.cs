using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Core.Vitals;

/// <summary>The vitals and the changes after each line of a drawn day. ACCEPT=1 rewrites the tables.</summary>
public sealed class DayTableTests
{
    [TestCase(DayKind.Programs)]
    [TestCase(DayKind.Threads)]
    public void Vitals_LineByLine_ChangeAsListed(DayKind kind) => Golden.Matches($"Days.Vitals.{kind}.txt", DayTable.Of(kind, Parts));

    private static Dictionary<string, object?> Parts(MonitorState state)
    {
        var vitals = state.Vitals;
        var parts = new Dictionary<string, object?>
        {
            ["moments"] = new { vitals.TakenAt, vitals.PacketAt, vitals.HeartbeatAt },
            ["daemon"] = vitals.Daemon,
            ["listener"] = vitals.Listener,
            ["broker"] = vitals.Broker,
            ["runs"] = vitals.Runs,
            ["speech"] = new { vitals.Speech.IsStrange, vitals.Speech.Shapes, vitals.Speech.DamagedAt },
            ["hosts"] = new { vitals.Hosts.Turns, Alike = vitals.Hosts.Alike.ToList() },
            ["dropped"] = vitals.Dropped,
            ["silences"] = vitals.Silences,
        };
        foreach (var (number, trigger) in state.Triggers.Triggers.Index())
            parts[$"change {number}"] = trigger;
        return parts;
    }
}
