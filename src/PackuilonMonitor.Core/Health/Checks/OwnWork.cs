using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Something of the monitor itself does not work; only the process that does it can evaluate this.</summary>
internal static class OwnWork
{
    public static Check? Of(CheckInput at, CheckCode code)
    {
        var own = at.Around.Own.Where(trouble => trouble.Code == code).ToList();
        if (own.Count == 0)
            return null;
        var items = own.Select(trouble => new HealthItem(trouble.Item, trouble.Words, trouble.Since) { Severity = trouble.Severity })
            .ToImmutableArray();
        return new Check(
            code,
            own.Exists(trouble => trouble.Severity is Severity.Unknown) ? Severity.Unknown : Severity.Warn,
            items,
            CheckSummary.Of($"{items[0].Id}: {items[0].Text}"),
            "packuilon-monitor doctor"
        );
    }
}
