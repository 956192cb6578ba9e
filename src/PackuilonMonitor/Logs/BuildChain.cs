using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Logs;

/// <summary>The way of one build from the changed profile to the image, with the times that are known.</summary>
public static class BuildChain
{
    public static CellLine Line(BuildView build, MonitorState state, DateTimeOffset now, Palette palette, Glyphs glyphs)
    {
        var line = new CellLine.Builder(glyphs.IsAscii);
        DateTimeOffset? before = null;
        foreach (var (index, (what, at, reached)) in Links(build, state).Index())
        {
            if (index > 0)
                line.Add($" {glyphs.Arrow} ", palette.Rule);
            var when = at?.ToOffset(now.Offset);
            line.Add(when is { } time ? $"{Short(time, before)} {what}" : reached ? what : $"{what} {glyphs.ToDo}", reached ? palette.Plain : palette.Dim);
            before = when ?? before;
        }

        return line.ToLine();
    }

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
        yield return ("SSH", connected?.StartedAt, connected is not null);
        yield return build.ImageId is { } image
            ? ($"image {SafeText.Plain(image)}", build.EndedAt, true)
            : ("image", null, build.State is BuildState.Succeeded);
    }

    // Only what differs from the time before it.
    private static string Short(DateTimeOffset at, DateTimeOffset? before)
    {
        var format = before is not { } last || last.Date != at.Date || last.Hour != at.Hour ? "HH:mm:ss"
            : last.Minute != at.Minute ? "mm:ss"
            : "':'ss";
        return at.ToString(format, CultureInfo.InvariantCulture);
    }
}
