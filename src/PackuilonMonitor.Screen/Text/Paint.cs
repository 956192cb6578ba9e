using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Text;

/// <summary>How and when a picture is drawn: its colours and signs, and the moment it shows, in whole seconds.</summary>
public sealed record Paint
{
    public Paint(Palette palette, Glyphs glyphs, TimeZoneInfo zone, DateTimeOffset now)
    {
        (Palette, Glyphs, Zone) = (palette, glyphs, zone);
        // Every time on the screen then changes with the clock, and not a little after it.
        Now = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, now.Offset);
    }

    public Palette Palette { get; }

    public Glyphs Glyphs { get; }

    /// <summary>The zone that times are shown in.</summary>
    public TimeZoneInfo Zone { get; }

    public DateTimeOffset Now { get; init; }

    public string Clock(DateTimeOffset at) => Words.Clock(at, Now, Zone);

    public string Minute(DateTimeOffset at) => Words.Minute(at, Now, Zone);

    /// <summary>The day and the time of day, in twelve columns; of another year the day alone.</summary>
    public string DayAndMinute(DateTimeOffset at)
    {
        var (local, current) = (TimeZoneInfo.ConvertTime(at, Zone), TimeZoneInfo.ConvertTime(Now, Zone));
        return local.ToString(local.Year == current.Year ? "dd MMM HH:mm" : "dd MMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>The time since then.</summary>
    public string Since(DateTimeOffset at) =>
        Words.Span(Now - new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, at.Offset));

    public string Age(DateTimeOffset at) => Words.Age(Now - at);

    public string Sign(BuildState state) => Sign(state, Glyphs);

    public static string Sign(BuildState state, Glyphs glyphs) => state switch
    {
        BuildState.Building => glyphs.Running,
        BuildState.Succeeded => glyphs.Succeeded,
        BuildState.Failed or BuildState.Lost => glyphs.Failed,
        BuildState.Cancelled => glyphs.Cancelled,
        BuildState.Unknown => glyphs.Problem,
    };

    public Style Style(BuildState state) => state switch
    {
        BuildState.Building => Palette.Running,
        BuildState.Succeeded => Palette.Good,
        BuildState.Failed or BuildState.Lost => Palette.Bad,
        BuildState.Cancelled or BuildState.Unknown => Palette.Warning,
    };
}
