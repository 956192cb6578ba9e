using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Two daemons speak in one file with the same thread numbers: what is whose cannot be told.</summary>
internal static class TwoHosts
{
    public static Check? Of(Judging at)
    {
        var turns = at.Vitals.Hosts.Turns;
        if (
            turns.Count < HostTurns.Fewest
            || turns[^1].At - turns[^HostTurns.Fewest].At > HostTurns.Window
            || at.Elapsed(turns[^1].At) >= HostTurns.Window
            || at.Vitals.Hosts.Alike is not { Count: > 1 } hosts
        )
            return null;
        var names = string.Join(" and ", hosts);
        var item = new HealthItem(string.Join('+', hosts), $"{names} speak in turn with the same thread numbers", turns[0].At)
        {
            Lines = [.. turns],
        };
        return new Check(
            CheckCode.TwoHosts,
            Severity.Unknown,
            [item],
            Saying.Summary($"two hosts in one file: {names}"),
            "docs/factories.md: one file a host"
        );
    }
}
