using System.Globalization;

namespace PackuilonMonitor.Core.Health.Checks;

/// <summary>Texts that several checks use.</summary>
internal static class CheckText
{
    public static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The same with the day if it is not today.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now) =>
        (now.ToOffset(at.Offset).Date - at.Date).Days == 0 ? Time(at) : at.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>A template without the extension that all have.</summary>
    public static string Pair(string id) => id.EndsWith(".json", StringComparison.Ordinal) ? id[..^".json".Length] : id;
}
