using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>The way of one build from the changed profile to the image, with the times that are known.</summary>
public static class BuildChain
{
    /// <param name="width">Links that do not fit into so many columns are left out, and … stands for them.</param>
    public static CellLine Line(BuildView build, MonitorState state, DateTimeOffset now, int width, Palette palette, Glyphs glyphs)
    {
        var line = new CellLine.Builder(glyphs.IsAscii);
        DateTimeOffset? before = null;
        var links = Links(build, state).ToArray();
        foreach (var (index, (what, at, reached)) in links.Index())
        {
            var arrow = index > 0 ? $" {glyphs.Arrow} " : "";
            var when = at?.ToOffset(now.Offset);
            var text = when is { } time ? $"{Short(time, before, now)} {what}" : reached ? what : $"{what} {glyphs.ToDo}";
            var rest = index < links.Length - 1 ? Rest.Length : 0;
            if (line.Width + arrow.Length + TextWidth.Of(text, glyphs.IsAscii) + rest > width)
                return line.Add(index > 0 ? $" {glyphs.Ellipsis}" : TextWidth.Truncate(text, width, glyphs.IsAscii), palette.Rule).ToLine();
            line.Add(arrow, palette.Rule).Add(text, reached ? palette.Plain : palette.Dim);
            before = when ?? before;
        }

        return line.ToLine();
    }

    /// <summary>As wide as the sign of links that were left out.</summary>
    private const string Rest = " >";

    private const int ShortImage = 8;

    private static IEnumerable<(string What, DateTimeOffset? At, bool Reached)> Links(BuildView build, MonitorState state)
    {
        var trigger = build.Build?.Trigger is { } id ? state.Triggers.Triggers.LastOrDefault(known => known.Id == id) : null;
        if (trigger is not null)
        {
            yield return ("profile", trigger.At, true);
            yield return (trigger.ByName ? "queued" : "queued (by order)", trigger.QueuedAt, true);
        }
        else
        {
            yield return ("no trigger seen", null, true);
        }

        if (build.Worker is { } worker)
            yield return (string.Create(CultureInfo.InvariantCulture, $"T{worker.Number}"), build.Build?.TakenAt, true);
        yield return ("packer", build.StartedAt, true);
        if (build.LogShared)
            yield break;
        var connected = build.Log?.Trail.Steps.FirstOrDefault(step => step.Kind is StepKind.Connected);
        // Of a build that has ended nothing is still to come.
        if (connected is not null || build.Running)
            yield return ("SSH", connected?.StartedAt, connected is not null);
        else if (build is { Log: not null, State: BuildState.Failed or BuildState.Cancelled })
            yield return ("no SSH", null, true);
        yield return build.ImageId is { } image
            ? ($"image {SafeText.Plain(image[..Math.Min(ShortImage, image.Length)])}", build.EndedAt, true)
        : build.Running ? ("image", null, false)
        : build.State is BuildState.Failed or BuildState.Cancelled ? ("no image", null, true)
        : (build.State is BuildState.Lost ? "image unknown" : "image", null, true);
    }

    // Only what differs from the time before it; the date only where it is not today's.
    private static string Short(DateTimeOffset at, DateTimeOffset? before, DateTimeOffset now)
    {
        if (before?.Date != at.Date && at.Date != now.Date)
            return BuildWords.Moment(at, now, "HH:mm:ss");
        var format = before is not { } last || last.Date != at.Date || last.Hour != at.Hour ? "HH:mm:ss"
            : last.Minute != at.Minute ? "mm:ss"
            : "':'ss";
        return at.ToString(format, CultureInfo.InvariantCulture);
    }
}
