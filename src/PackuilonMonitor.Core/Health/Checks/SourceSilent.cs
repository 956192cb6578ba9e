using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>
/// A source can be read and is silent for longer than usual, or has no line of the factory: the log, or the way to it, may be dead.
/// </summary>
internal static class SourceSilent
{
    public const string Factory = "factory";

    public static Check? Of(CheckInput at)
    {
        if (at.TimesAreUnreadable)
            return null;
        var items = at
            .SystemLogs.Select(reading => Item(at, reading))
            .Append(OfFactory(at))
            .OfType<HealthItem>()
            .OrderByDescending(item => item.Since)
            .ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var first = items[0];
        return new Check(
            CheckCode.SourceSilent,
            Severity.Unknown,
            items,
            first.Id == Factory ? CheckSummary.Of(first.Text) : new CheckSummary("", [first.Id], $" {first.Text}"),
            first.Do!
        );
    }

    private static HealthItem? Item(CheckInput at, SourceReading reading)
    {
        // An unreadable source has a check of its own, and one that another reader has no lines of its own.
        if (
            !at.MayNotBeSilent(reading)
            || reading.Health is not (null or { State: SourceState.Following })
            || reading.Health?.Why?.StartsWith("read as ", StringComparison.Ordinal) == true
        )
            return null;
        if (reading.Lines == 0)
            return new HealthItem(reading.Source.Path, "is empty, and there is no older file", reading.Health?.Since)
            {
                Path = reading.Source.Path,
                Do = "packuilon-monitor doctor",
            };
        var limit = at.LimitOf(reading);
        if (reading.LastLineAt is not { } last || at.Now - last <= limit)
            return null;
        return new HealthItem(reading.Source.Path, $"silent for {Words.Span(at.Now - last)} (limit {Words.Span(limit)})", last)
        {
            Path = reading.Source.Path,
            Do = "systemctl status rsyslog",
        };
    }

    /// <summary>There are lines, and none is of our programs: the wrong host, or a filter on the way.</summary>
    private static HealthItem? OfFactory(CheckInput at)
    {
        if (
            at.Vitals.HasLines
            || at.Around.Remembers
            || at.SystemLogs.Sum(reading => reading.Lines) == 0
            || at.SystemLogs.Any(reading => reading.Health is not (null or { State: SourceState.Following }))
        )
            return null;
        var first = at.SystemLogs.Min(reading => at.Vitals.Silences.Of(reading.Source)?.FirstAt);
        var since = first is { } known ? $", {CheckText.When(known, at.Now)}" : "";
        return new HealthItem(Factory, $"no line of the factory since the logs begin{since}", first) { Do = "packuilon-monitor doctor" };
    }
}
