using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>That nothing came after a line for long, and how long its step usually takes.</summary>
public static class LineGaps
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    /// <summary>
    /// At length if there is room for it. Null where the next line came soon, is not known or is not the next of the log.
    /// </summary>
    public static string? After(LogView view, LogPage page, int index, DateTimeOffset now, int room)
    {
        if (
            view.Look.Time is TimeColumn.Off
            || page.Request.Filter.Kind is not FilterKind.All
            || view.ArrivalOf(page.Lines[index]) is not { } at
        )
            return null;
        var isLast = index + 1 == page.Lines.Length;
        if (isLast && (view.IsOver || view.Position.Frozen || !page.AtEnd))
            return null;
        var gap = (isLast ? now : view.ArrivalOf(page.Lines[index + 1])) - at;
        if (gap is not { } silent || silent < Long)
            return null;
        var so = isLast ? "so far " : "";
        var words = $" ... {so}{Durations.Short(silent)} without a line";
        var atLength = $"{words}{Usual(view, page.Lines[index])} ...";
        return atLength.Length <= room ? atLength : $"{words} ...";
    }

    private static string Usual(LogView view, ShownLine line)
    {
        if (view.Build.LogShared || view.Build.Log is not { } log || line.Number is not { } number)
            return "";
        var key = StepTimes.Of(log).LastOrDefault(time => time.Step.Line <= number)?.Key;
        return view.Plan.Steps.FirstOrDefault(step => step.Key == key)?.Usual is { Count: >= Core.Snapshots.Past.FewestBuilds } usual
            ? $"; its step: usual {Durations.Short(usual.Median)}, worst {Durations.Short(usual.Worst)}"
            : "";
    }
}
