using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Commands;

/// <summary>The sources that could not be read, told on standard error.</summary>
internal static class Complaints
{
    /// <summary>A line for each source that cannot be read.</summary>
    public static IReadOnlyList<string> Of(MonitorState state) =>
    [
        .. state.Sources.Readings
            .Where(reading => reading.Health is { State: not SourceState.Following })
            .Select(reading => $"{reading.Source.Path}: {reading.Health!.Text}"),
    ];

    /// <summary>Prints them and returns the exit code that follows from them.</summary>
    public static int Print(MonitorState state)
    {
        var unread = Of(state);
        foreach (var line in unread)
            Console.Error.WriteLine($"packuilon-monitor: {line}");
        foreach (var open in state.Sources.Readings.Where(reading => reading.Health is { State: SourceState.Following, Why: StreamSource.NotEnded }))
            Console.Error.WriteLine($"packuilon-monitor: {open.Source.Path}: {open.Health!.Text}");
        return unread.Count == 0 ? ExitCodes.Done : ExitCodes.Unreadable;
    }
}
