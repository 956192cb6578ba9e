using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>A source cannot be read. Without a system log nothing is known; without Packer's logs reasons are missing.</summary>
internal static class SourceUnreadable
{
    public static Check? Of(CheckInput at)
    {
        var items = at
            .State.Sources.Readings.SelectMany(reading => Items(at, reading))
            .Concat(Logs(at))
            .OrderByDescending(item => item.Since)
            .ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var worst = items.FirstOrDefault(item => item.Severity is Severity.Unknown) ?? items[0];
        var more = items.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {items.Length - 1} more") : "";
        return new Check(
            CheckCode.SourceUnreadable,
            worst.Severity ?? Severity.Warn,
            items,
            new CheckSummary("cannot read ", [$"{worst.Id}: {worst.Text}"], more),
            "packuilon-monitor doctor"
        );
    }

    /// <summary>RabbitMQ answers and refuses us, or has no such queue.</summary>
    public static bool IsRefused(CheckInput at) => at.State.Sources.Readings.Any(reading => IsRefused(at, reading));

    private static bool IsRefused(CheckInput at, SourceReading reading) =>
        reading.Source.Path == at.Around.Broker
        && reading.Health is { State: not SourceState.Following, Why: { } why }
        && (
            why.Contains("not accepted", StringComparison.Ordinal)
            || why.Contains("no queue", StringComparison.Ordinal)
            || why.Contains("refused for user", StringComparison.Ordinal)
            || why.Contains("ACCESS", StringComparison.Ordinal)
        );

    private static IEnumerable<HealthItem> Items(CheckInput at, SourceReading reading)
    {
        var isDirectory = reading.Source.Path == at.Around.LogDirectory;
        var isBroker = reading.Source.Path == at.Around.Broker;
        foreach (var unread in reading.Unread)
            yield return new HealthItem(unread.Split(": ")[0], unread, null) { Severity = Severity.Warn, Path = unread.Split(": ")[0] };
        if (
            reading.Health is not { State: not SourceState.Following } health
            || isDirectory && !at.Around.LogDirectoryIsNamed
            || isBroker && !IsRefused(at, reading)
        )
            yield break;
        // While a log is rotated its name has no file for a moment. What was never read has no such excuse.
        if (at.Around.IsLive && reading.LastLineAt is not null && at.Now - health.Since < HealthLimits.Rotation)
            yield break;
        yield return new HealthItem(reading.Source.Path, health.Text, health.Since)
        {
            Severity = isDirectory || isBroker ? Severity.Warn : Severity.Unknown,
            Path = reading.Source.Path,
        };
    }

    /// <summary>A directory that is unreadable as a whole has thousands of logs: it counts as one.</summary>
    private static IEnumerable<HealthItem> Logs(CheckInput at)
    {
        var refused = at.State.Logs.Refused.Where(refused => refused.IsLog).ToList();
        if (refused.Count > 0)
        {
            var path = at.Around.LogDirectory ?? "the log directory";
            yield return new HealthItem(
                path,
                $"{CheckText.Count(refused.Count, "log", "logs")} in it, {refused[0].File}: {refused[0].Why}",
                null
            )
            {
                Severity = Severity.Warn,
                Path = path,
            };
        }
    }
}
