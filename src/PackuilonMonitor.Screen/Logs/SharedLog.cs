using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>A log that several builds wrote at once: it says so first, and how each of them ended by the system log.</summary>
public static class SharedLog
{
    /// <summary>The system log shows several writers; a log that only looks torn has one build.</summary>
    public static bool IsOf(LogView view) => view.Build.Build?.SharedLog == true;

    /// <summary>All builds that wrote the file, oldest first.</summary>
    public static IReadOnlyList<BuildView> Writers(LogView view) =>
        [.. view.OtherWriters.Append(view.Build).OrderBy(build => build.StartedAt).ThenBy(build => build.Worker?.Number)];

    /// <summary>Those among the builds of the same image that wrote the file while this one did.</summary>
    public static IEnumerable<BuildView> OtherWriters(BuildView build, IEnumerable<BuildView> builds) =>
        build.Build?.SharedLog != true
            ? []
            : builds.Where(other =>
                other.Id != build.Id
                && other.Name.File == build.Name.File
                && other.Build?.SharedLog == true
                && !(other.EndedAt < build.StartedAt)
                && !(other.StartedAt > build.EndedAt)
            );

    public static string Title(LogView view)
    {
        string[] threads = [.. Writers(view).Select(build => Words.Thread(build.Worker))];
        var who = threads.Length > 1 ? $"{string.Join(", ", threads[..^1])} and {threads[^1]}" : threads[0];
        return threads.Length > 2
            ? string.Create(CultureInfo.InvariantCulture, $"{who}   log written by {threads.Length} builds")
            : $"{who}   {Words.SharedLog}";
    }

    /// <summary>What that means for the reader.</summary>
    public static IReadOnlyList<string> Warning(LogView view, TimeSpan offset)
    {
        var writers = Writers(view);
        var who = string.Join(", ", writers.Select(build => $"{Words.Thread(build.Worker)} since {Clock(build.StartedAt, offset)}"));
        return
        [
            writers.Count switch
            {
                1 => "Another build wrote this file at the same time.",
                2 => $"Two builds wrote this file at once ({who}).",
                _ => string.Create(CultureInfo.InvariantCulture, $"{writers.Count} builds wrote this file at once ({who})."),
            },
            "Nothing is concluded from it: no cause, step, exit code or image id.",
        ];
    }

    internal static CellLine Writer(BuildView build, HeaderSheet sheet)
    {
        var line = sheet.Line()
            .Add($"{Words.Thread(build.Worker)}  ")
            .Add(BuildWords.State(build.State, sheet.Glyphs).PadRight(StateWidth), BuildWords.Style(build.State, sheet.Palette));
        if (build.EndedAt is { } ended)
            line.Add(BuildWords.Moment(ended, sheet.Now, "HH:mm:ss"));
        var source = build.State switch
        {
            BuildState.Failed => "   says rabbit2packer; the cause is unknown",
            BuildState.Succeeded or BuildState.Cancelled => "   says rabbit2packer",
            BuildState.Building or BuildState.Lost or BuildState.Unknown => "",
        };
        return line.Add(source, sheet.Palette.Dim).ToLine();
    }

    private const int StateWidth = 13;

    private static string Clock(DateTimeOffset? at, TimeSpan offset) =>
        at?.ToOffset(offset).ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "?";
}
