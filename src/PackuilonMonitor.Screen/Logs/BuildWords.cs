using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>A build in the words of the log view.</summary>
public static class BuildWords
{
    private const string TemplateEnd = ".json";

    /// <summary>Image and template, without <c>.json</c>.</summary>
    public static string Name(BuildView build)
    {
        var template = build.Template;
        if (template?.EndsWith(TemplateEnd, StringComparison.Ordinal) == true)
            template = template[..^TemplateEnd.Length];
        return template is null ? build.Image.Text : $"{build.Image.Text}.{template}";
    }

    public static string State(BuildState state, Glyphs glyphs) => state switch
    {
        BuildState.Building => $"{glyphs.Running} BUILDING",
        BuildState.Succeeded => $"{glyphs.Succeeded} OK",
        BuildState.Failed => $"{glyphs.Failed} FAILED",
        BuildState.Cancelled => $"{glyphs.Cancelled} CANCELLED",
        BuildState.Lost => $"{glyphs.Failed} LOST",
        BuildState.Unknown => $"{glyphs.Problem} UNKNOWN",
    };

    public static Style Style(BuildState state, Palette palette) => state switch
    {
        BuildState.Building => palette.Running,
        BuildState.Succeeded => palette.Good,
        BuildState.Failed or BuildState.Lost => palette.Bad,
        BuildState.Cancelled or BuildState.Unknown => palette.Warning,
    };

    /// <summary>
    /// The step at which a build stopped short: after an error Packer still clears up, which is not where it failed. Null where its log
    /// does not tell.
    /// </summary>
    public static Step? StoppedAt(BuildView build) =>
        build.Running || build.State is BuildState.Succeeded || build.LogShared || HasEndedAlone(build)
            ? null
            : build.Log?.Trail.Steps.LastOrDefault(step =>
                !step.IsClearingUp && !(build.State is BuildState.Lost && step.StartedAt > build.EndedAt)
            );

    /// <summary>
    /// Packer may run on by itself when nobody waits for it any more; null where nothing in the log of a lost build says so.
    /// </summary>
    public static string? RanOn(BuildView build)
    {
        var span =
            build is { State: BuildState.Lost, LogShared: false, EndedAt: { } end, Log.LastLineAt: { } last }
            && last - end > TimeSpan.FromSeconds(2)
                ? $" for {Durations.Short(last - end)}"
                : "";
        return span.Length > 0 || HasEndedAlone(build)
            ? $"packer ran on without it{span}{(HasEndedAlone(build) ? ", to the end of its log" : "")}"
            : null;
    }

    private static bool HasEndedAlone(BuildView build) =>
        build is { State: BuildState.Lost, LogShared: false, Log.Evidence.Finished: true };

    /// <summary>When it was, without the date for today.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now, string time)
    {
        var local = at.ToOffset(now.Offset);
        return local.ToString(
            local.Date == now.Date ? time
                : local.Year == now.Year ? $"d MMM {time}"
                : $"d MMM yyyy {time}",
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>
    /// How much of a running build is done, from 0 to 1: by time where good builds tell how long it takes, else by steps.
    /// </summary>
    public static double? Part(LogView view, BuildLog log, DateTimeOffset now)
    {
        if (Outlook.Of(view.Build, view.Past, now).Done is { } done)
            return done;
        return view.Plan.ProgressOf(log) is { Total: { } total and > 0, Position: var position } ? (double)position / total : null;
    }

    /// <summary>The step a running build is at, with the Quattor component; since when, and how long that usually takes.</summary>
    public static (string What, DateTimeOffset? Since, Spread? Usual) Doing(LogView view)
    {
        if (view.Build.Log?.Trail is not { Current: { } step } trail)
            return ("nothing yet", null, null);
        if (trail.Running is not { } component)
            return (step.Name, step.StartedAt, view.Plan.Steps.FirstOrDefault(planned => planned.Key.Name == step.Name)?.Usual);
        var total = Math.Max(view.Plan.Components.Length, trail.Components.Length);
        var place = view.Plan.Components.IsEmpty
            ? trail.Components.Length.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{trail.Components.Length}/{total}");
        return ($"{step.Name} > quattor > {component.Name} {place}", component.StartedAt,
            view.Plan.Components.FirstOrDefault(planned => planned.Name == component.Name)?.Usual);
    }
}
