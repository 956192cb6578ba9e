using System.Globalization;

namespace PackuilonMonitor.Core.Text;

/// <summary>Lengths of time in few columns.</summary>
public static class Durations
{
    /// <summary>
    /// Minutes and seconds, <c>3:12</c>; from an hour on <c>2h05m</c>, from four days on <c>5d06h</c>. Clocks may be set back: nothing is
    /// negative.
    /// </summary>
    public static string Short(TimeSpan time)
    {
        var whole = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        if (whole.TotalDays >= 4)
            return Words.Span(whole);
        return whole.TotalHours < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)whole.TotalHours}h{whole.Minutes:00}m");
    }

    /// <summary>How long ago, coarse under a minute so that a still screen stays still.</summary>
    public static string Ago(TimeSpan age) => age.TotalSeconds switch
    {
        < 10 => "<10s ago",
        < 60 => "<1m ago",
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m ago"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d ago"),
    };
}
