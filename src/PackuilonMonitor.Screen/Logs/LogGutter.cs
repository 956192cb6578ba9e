using System.Globalization;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>What stands before a log line: a mark or a hit, a problem or a new line, and a time.</summary>
public static class LogGutter
{
    /// <summary>Its columns, the blank behind it included.</summary>
    public static int Width(TimeColumn time) => 2 + TimeWidth(time);

    /// <summary>The time of a line, padded to its column; blank where nobody saw it arrive, empty where the column is off.</summary>
    public static string Text(TimeColumn time, DateTimeOffset? at, DateTimeOffset? previous, DateTimeOffset? start, TimeSpan offset)
    {
        var text = time switch
        {
            TimeColumn.Off => "",
            TimeColumn.SinceStart => at is { } arrived && start is { } began ? "+" + Durations.Short(arrived - began) : "",
            TimeColumn.Clock => at is { } arrived ? arrived.ToOffset(offset).ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "",
            TimeColumn.Gap => at is { } arrived && previous is { } before ? Gap(arrived - before) : "",
        };
        return text.PadRight(TimeWidth(time));
    }

    /// <summary>A time from the line itself, by another clock than ours.</summary>
    public static string About(TimeColumn time, DateTimeOffset at, DateTimeOffset? start, TimeSpan offset)
    {
        var text = time switch
        {
            TimeColumn.SinceStart when start is { } began => "~" + Durations.Short(at - began),
            TimeColumn.Clock => at.ToOffset(offset).ToString("~HH:mm", CultureInfo.InvariantCulture),
            TimeColumn.Off => "",
            TimeColumn.SinceStart or TimeColumn.Gap => "",
        };
        return text.PadRight(TimeWidth(time));
    }

    private static int TimeWidth(TimeColumn time) => time switch
    {
        TimeColumn.Off => 0,
        TimeColumn.SinceStart or TimeColumn.Gap => 7,
        TimeColumn.Clock => 9,
    };

    // Most lines follow at once: only a pause is worth ink.
    private static string Gap(TimeSpan gap) => gap < TimeSpan.FromSeconds(1) ? "" : Durations.Short(gap);
}
