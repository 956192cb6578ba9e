using PackuilonMonitor.Cells;

namespace PackuilonMonitor.Faults;

/// <summary>The full report of a bug, in a file of its own, so that one line is enough on the terminal.</summary>
public static class CrashReport
{
    /// <summary>Writes the report and returns the line to print. A message may quote a log: neither contains an escape.</summary>
    /// <param name="messages">The last messages to the screen; null for a command without one.</param>
    public static string Write(Exception bug, string? messages = null)
    {
        var summary = $"a bug: {bug.GetType().Name}: {SafeText.Plain(bug.Message)}";
        try
        {
            var folder = Directory.CreateTempSubdirectory("packuilon-monitor-crash-");
            var path = Path.Combine(folder.FullName, "report.txt");
            File.WriteAllText(
                path,
                $"packuilon-monitor {typeof(CrashReport).Assembly.GetName().Version}"
                + $"\n{Environment.OSVersion}\n\n{Safe(bug)}\n{(messages is null ? "" : $"\n{messages}\n")}"
            );
            return messages is null
                ? $"{summary}; the full report is in {path}"
                : $"{summary}; the full report, with the last keys, typed text and names, is in {path}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{summary}\n{Safe(bug)}";
        }
    }

    private static string Safe(Exception bug) =>
        string.Join('\n', bug.ToString().Split('\n').Select(line => $"{(line.StartsWith(' ') ? "   " : "")}{SafeText.Plain(line)}"));
}
