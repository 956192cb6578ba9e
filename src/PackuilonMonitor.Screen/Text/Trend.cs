using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Screen.Text;

/// <summary>Builds of one image and template in a row: a bar as high as each took where it was good, else the sign of its result.</summary>
public static class Trend
{
    /// <summary>The bars and how many were good; nothing of no builds.</summary>
    /// <param name="builds">Oldest first.</param>
    public static string Of(IReadOnlyList<BuildView> builds, Glyphs glyphs)
    {
        if (builds.Count == 0)
            return "";
        var greatest = builds.Max(known => known.Took?.TotalSeconds ?? 0);
        var bars = builds.Select(known => known.State is BuildState.Succeeded && known.Took is { } took
            ? Level(took.TotalSeconds, greatest, glyphs)
            : Paint.Sign(known.State, glyphs));
        var good = builds.Count(known => known.State is BuildState.Succeeded);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Concat(bars)} {good}/{builds.Count}");
    }

    private static string Level(double value, double greatest, Glyphs glyphs) =>
        glyphs.Levels[
            greatest <= 0 ? 0 : Math.Clamp((int)(value / greatest * (glyphs.Levels.Count - 3) + 0.5), 0, glyphs.Levels.Count - 1)
        ];
}
