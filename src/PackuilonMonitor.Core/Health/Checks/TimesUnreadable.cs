using System.Collections.Immutable;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Times are not reliable, so no check that depends on time is evaluated.</summary>
internal static class TimesUnreadable
{
    public static Check? Of(CheckInput at)
    {
        var items = Items(at).ToImmutableArray();
        return items.IsEmpty
            ? null
            : new Check(CheckCode.TimesUnreadable, Severity.Unknown, items, CheckSummary.Of(items[0].Text), "packuilon-monitor doctor");
    }

    private static IEnumerable<HealthItem> Items(CheckInput at)
    {
        if (at.IsAhead && at.LastLineAt is { } last)
            yield return new HealthItem(
                "clock",
                $"the newest line is {Words.Span(last - at.Now)} ahead of now: a wrong zone or clock",
                last
            );
        if (at.Around.IsUndated)
            yield return new HealthItem("dates", "the lines name no date; say the day with --now", null);
        if (at.HeadersAreDamaged)
        {
            var damaged = at.Vitals.Speech.DamagedAt;
            yield return new HealthItem(
                "headers",
                $"more than 20 lines in an hour have a damaged header, the newest {CheckText.When(damaged[^1], at.Now)}",
                damaged[0]
            );
        }
    }
}
