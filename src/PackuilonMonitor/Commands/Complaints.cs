using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Commands;

/// <summary>The sources that could not be read, told on standard error.</summary>
internal static class Complaints
{
    /// <summary>Prints a line for each and returns the exit code that follows from them.</summary>
    public static int Print(MonitorState state)
    {
        var unread = state.Sources.Readings.Where(reading => reading.Health is { State: not SourceState.Following }).ToList();
        foreach (var reading in unread)
            Console.Error.WriteLine($"packuilon-monitor: {reading.Source.Path}: {reading.Health!.Text}");
        return unread.Count == 0 ? ExitCodes.Done : ExitCodes.Unreadable;
    }
}
