using System.Globalization;

namespace PackuilonMonitor.Segments;

/// <summary>The files of a recording: one per day, and one for the newest frames.</summary>
internal static class RecordingFolder
{
    private const string Day = "yyyy-MM-dd";
    private const string Ending = ".lines";
    private const string Open = "open-";

    public static string DayFile(string folder, DateOnly day) =>
        Path.Combine(folder, day.ToString(Day, CultureInfo.InvariantCulture) + Ending);

    /// <summary>The file of frames that are not compressed yet; each time a new one, so that readers of the old one keep it.</summary>
    public static string OpenFile(string folder, long first) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Open}{first:D12}{Ending}"));

    /// <summary>The days that have a file, oldest first; none without a folder.</summary>
    public static IReadOnlyList<DateOnly> Days(string folder) =>
        [
            .. Names(folder)
                .Select(name =>
                    DateOnly.TryParseExact(Stem(name), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        ? day
                        : (DateOnly?)null
                )
                .OfType<DateOnly>()
                .Order(),
        ];

    /// <summary>The open files, oldest first.</summary>
    public static IReadOnlyList<string> OpenFiles(string folder) =>
        [
            .. Names(folder)
                .Where(name => name.StartsWith(Open, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Path.Combine(folder, name)),
        ];

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*{Ending}").Select(path => Path.GetFileName(path)) : [];

    private static string Stem(string name) => name[..^Ending.Length];
}
