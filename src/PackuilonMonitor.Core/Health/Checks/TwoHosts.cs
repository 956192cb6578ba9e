namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Two daemons write to one file with the same thread numbers: their lines cannot be separated.</summary>
internal static class TwoHosts
{
    public static Check? Of(CheckInput at)
    {
        var turns = at.Vitals.Hosts.Turns;
        if (turns.Count == 0 || at.Vitals.Hosts.MixedAt(turns[^1].At + at.Elapsed(turns[^1].At)) is not { } hosts)
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
            CheckSummary.Of($"two hosts in one file: {names}"),
            "docs/factories.md: one file a host"
        );
    }
}
