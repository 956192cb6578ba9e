using System.Globalization;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Inputs;

/// <summary>What of its sources a command cannot read, on standard error.</summary>
public static class SourceComplaints
{
    /// <summary>A line for each source that cannot be read, or whose times cannot.</summary>
    public static IReadOnlyList<string> Of(MonitorState state) =>
    [
        .. state.Sources.Readings
            .Where(reading => reading.Health is { State: not SourceState.Following })
            .Select(reading => SafeText.Plain($"{Whose(state)}{reading.Source.Path}: {reading.Health!.Text}")),
        .. state.Sources.Readings
            .Where(reading => reading.Untimed is not null)
            .Select(reading => SafeText.Plain($"{Whose(state)}{reading.Source.Path}: {reading.UntimedText}")),
    ];

    private const int MostLogs = 5;

    /// <summary>Prints them, and a line for each rotated file and log that could not be read. Returns the resulting exit code.</summary>
    /// <param name="goesOn">The command continues with new lines.</param>
    public static int Print(MonitorState state, bool goesOn = false)
    {
        var unread = Of(state)
            .Concat(state.Sources.Readings.SelectMany(reading => reading.Unread).Select(why => $"{Whose(state)}{why}"))
            .Concat(Logs(state, state.Logs.Refused.Where(refused => refused.IsLog)))
            .ToList();
        foreach (
            var line in Logs(state, state.Logs.Refused.Where(refused => !refused.IsLog && state.Builds.LastOf(refused.File) is not null))
        )
            Complaints.Print(line);
        foreach (var line in unread)
            Complaints.Print(line);
        foreach (
            var open in state.Sources.Readings.Where(reading =>
                !goesOn
                && reading.Health is { State: SourceState.Following, Why: { } why }
                && (why == StreamSource.NotEnded || why.StartsWith(ShippedSource.Foreign, StringComparison.Ordinal))
            )
        )
            Complaints.Print($"{Whose(state)}{open.Source.Path}: {open.Health!.Text}");
        return unread.Count == 0 ? ExitCodes.Done : ExitCodes.Unreadable;
    }

    /// <summary>The same for several factories.</summary>
    public static int Print(IEnumerable<MonitorState> states) => states.Select(state => Print(state)).ToList().Max();

    // A directory that is unreadable as a whole has thousands.
    private static IEnumerable<string> Logs(MonitorState state, IEnumerable<BuildLogRefused> refused)
    {
        var all = refused.ToList();
        foreach (var log in all.Take(MostLogs))
            yield return $"{Whose(state)}{log.File}: {log.Why}";
        if (all.Count > MostLogs)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Whose(state)}and {all.Count - MostLogs} more logs");
    }

    private static string Whose(MonitorState state) => state.Factory is { } factory ? $"{factory}: " : "";
}
