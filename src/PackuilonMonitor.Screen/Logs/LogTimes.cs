using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>
/// When lines arrived: by the page, or for the first line of a step by the build. For a log that was not seen growing, by the times in
/// its own lines.
/// </summary>
internal static class LogTimes
{
    /// <summary>What times are counted from.</summary>
    public static DateTimeOffset? Start(this LogView view) =>
        view.Build.StartedAt ?? view.Build.Log?.Trail.Steps.FirstOrDefault()?.StartedAt;

    /// <summary>When a line arrived; null where nobody saw it.</summary>
    public static DateTimeOffset? ArrivalOf(this LogView view, ShownLine line) =>
        line.ArrivedAt
        ?? (
            line.Number is { } number && view.Build.Log?.Trail is { } trail
                ? trail.Steps.FirstOrDefault(step => step.Line == number)?.StartedAt
                    ?? trail.Components.FirstOrDefault(component => component.Line == number)?.StartedAt
                : null
        );

    /// <summary>
    /// The times that the lines of a log carry which was read after its build had ended; none where lines were seen to arrive.
    /// </summary>
    public static IEnumerable<Clue> Clues(this LogView view) =>
        view.Build is { LogShared: false, Log: { LastLineAt: null } log, EndedAt: { } to } && view.Start() is { } from
            ? Clue.Of(log, from, to)
            : [];

    /// <summary>About when a line was written, by what it says itself.</summary>
    public static DateTimeOffset? ClueOf(this LogView view, ShownLine line) =>
        line.Number is { } number ? view.Clues().FirstOrDefault(clue => clue.Line == number)?.At : null;
}
