using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// Events are not shipped. Whoever ships them says so of itself; whoever reads them hears no heartbeat, and cannot see the factory then.
/// </summary>
internal static class ShipBehind
{
    public static Check? Of(CheckInput at) => Unheard(at) is { } item
        ? new Check(CheckCode.ShipBehind, Severity.Unknown, [item], CheckSummary.Of($"{item.Id}: {item.Text}"), item.Do!)
        : OwnWork.Of(at, CheckCode.ShipBehind);

    private static HealthItem? Unheard(CheckInput at)
    {
        // A stream that cannot be read has a check of its own.
        if (
            at.Around.From is not { } from
            || at.SystemLogs.FirstOrDefault(reading => reading.Source.Path == from.Stream)?.Health
                is not { State: SourceState.Following } stream
        )
            return null;
        var last = at.Vitals.HeartbeatAt;
        // While it is followed, a stream that was just opened has not been read to its end.
        if (at.Now - (last ?? (at.Around.IsLive ? stream.Since : DateTimeOffset.MinValue)) <= HealthLimits.HeartbeatMissed)
            return null;
        var words = last is { } beat
            ? $"no heartbeat of its shipper for {Words.Span(at.Now - beat)}"
            : "no heartbeat of a shipper in the stream";
        return new HealthItem(from.Factory, words, last)
        {
            Severity = Severity.Unknown,
            Do = "systemctl status packuilon-monitor-ship   # on the factory's host",
        };
    }
}
