using System.Globalization;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Screen.Logs;

/// <summary>How far a row of the steps is.</summary>
public enum StepProgress
{
    Done,
    Current,
    ToCome,
    Stopped,
}

/// <summary>A step, a stage of its script or a component in it.</summary>
/// <param name="Depth">0 for a step, more for what is inside.</param>
/// <param name="Took">Null where its time is unknown.</param>
/// <param name="Usual">The median of good builds, or null.</param>
public sealed record StepRow(StepProgress Progress, int Depth, string Name, TimeSpan? Took, TimeSpan? Usual);

/// <summary>The steps of a build, what is inside them, and those that good builds still have.</summary>
public static class StepRows
{
    /// <summary>At most this many rows; the least important are folded or left out.</summary>
    public static IReadOnlyList<StepRow> Of(LogView view, DateTimeOffset now, int most) => Fitted([.. All(view, now)], most);

    /// <summary>
    /// As many as there is room for, from the first that is asked for, and how many are above and below; about the current step where none
    /// is asked for.
    /// </summary>
    public static (IReadOnlyList<StepRow> Rows, int Above, int Below) Window(LogView view, DateTimeOffset now, int room)
    {
        var all = All(view, now).ToList();
        var start = Start(all, view.Look.StepsTop, Math.Max(0, room));
        var rows = all.GetRange(start, Math.Clamp(room, 0, all.Count - start));
        return (rows, start, all.Count - start - rows.Count);
    }

    /// <summary>The first row of the window after a move by so many rows, however far that is.</summary>
    public static int Moved(LogView view, int by, int room)
    {
        var all = All(view, default).ToList();
        return (int)Math.Clamp((long)Start(all, view.Look.StepsTop, room) + by, 0, Math.Max(0, all.Count - room));
    }

    private static int Start(List<StepRow> rows, int? asked, int room) =>
        Math.Clamp(
            asked ?? rows.FindLastIndex(row => row.Progress is not StepProgress.ToCome) - room / 2,
            0,
            Math.Max(0, rows.Count - room)
        );

    private static IEnumerable<StepRow> All(LogView view, DateTimeOffset now)
    {
        if (view.Build.Log is not { } log || view.Build.LogShared)
            yield break;
        var usual = view.Plan.Steps.ToDictionary(step => step.Key, step => step.Usual?.Median);
        var times = StepTimes.Of(log);
        var stopped = BuildWords.StoppedAt(view.Build);
        for (var at = 0; at < times.Length; at++)
        {
            var (key, step, took) = times[at];
            var last = at == times.Length - 1;
            var progress = step == stopped ? StepProgress.Stopped : last && !view.IsOver ? StepProgress.Current : StepProgress.Done;
            yield return new StepRow(
                progress,
                0,
                key.Name,
                took ?? (last && !view.IsOver ? now - step.StartedAt : null),
                usual.GetValueOrDefault(key)
            );
            foreach (var row in Inside(view, now, log, step.Line, last ? long.MaxValue : times[at + 1].Step.Line))
                yield return row;
        }

        if (view.IsOver)
            yield break;
        foreach (var planned in view.Plan.ToCome(log))
            yield return new StepRow(StepProgress.ToCome, 0, planned.Key.Name, null, planned.Usual?.Median);
    }

    /// <summary>The stages and components between two lines; in the current step, also those to come.</summary>
    private static IEnumerable<StepRow> Inside(LogView view, DateTimeOffset now, BuildLog log, long from, long to)
    {
        var current = to == long.MaxValue && !view.IsOver;
        var stages = StepTimes.Stages(log).Where(time => time.Stage.Line > from && time.Stage.Line < to).ToList();
        var components = log.Trail.Components.Where(component => component.Line > from && component.Line < to).ToList();
        var depth = stages.Count > 0 ? 2 : 1;
        foreach (var component in components.Where(component => stages.Count == 0 || component.Line < stages[0].Stage.Line))
            yield return Of(component, depth, view, now);
        for (var at = 0; at < stages.Count; at++)
        {
            var (stage, took) = stages[at];
            var last = at == stages.Count - 1;
            var running = last && current && log.Trail.Configured is null;
            var next = last ? to : stages[at + 1].Stage.Line;
            yield return new StepRow(
                running ? StepProgress.Current : StepProgress.Done, 1, stage.Name, took ?? (running ? now - stage.StartedAt : null),
                view.Plan.Stages.FirstOrDefault(planned => planned.Name == stage.Name)?.Usual?.Median);
            foreach (var component in components.Where(component => component.Line > stage.Line && component.Line < next))
                yield return Of(component, depth, view, now);
        }

        if (!current)
            yield break;
        if (components.Count > 0 && log.Trail.Configured is null)
        {
            foreach (var planned in view.Plan.Components.Where(planned => components.All(seen => seen.Name != planned.Name)))
                yield return new StepRow(StepProgress.ToCome, depth, planned.Name, null, planned.Usual?.Median);
        }

        if (stages.Count > 0)
        {
            foreach (var planned in view.Plan.Stages.Where(planned => stages.All(seen => seen.Stage.Name != planned.Name)))
                yield return new StepRow(StepProgress.ToCome, 1, planned.Name, null, planned.Usual?.Median);
        }
    }

    private static StepRow Of(Component component, int depth, LogView view, DateTimeOffset now)
    {
        var running = !view.IsOver && component == view.Build.Log!.Trail.Running;
        var progress = running ? StepProgress.Current : component.Errors is null or > 0 ? StepProgress.Stopped : StepProgress.Done;
        return new StepRow(progress, depth, component.Name, StepTimes.Of(component) ?? (running ? now - component.StartedAt : null),
            view.Plan.Components.FirstOrDefault(planned => planned.Name == component.Name)?.Usual?.Median);
    }

    /// <summary>
    /// Where not all fit: first the components that are done or to come give way, then the oldest steps, then the last to come.
    /// </summary>
    private static List<StepRow> Fitted(List<StepRow> rows, int room)
    {
        if (room <= 0)
            return [];
        rows = Folded(rows, room, StepProgress.Done);
        rows = Folded(rows, room, StepProgress.ToCome);
        if (rows.Count <= room)
            return rows;
        return rows.GetRange(Start(rows, null, room), room);
    }

    private static List<StepRow> Folded(List<StepRow> rows, int room, StepProgress progress)
    {
        var over = rows.Count - room;
        var depth = rows.Count > 0 ? rows.Max(row => row.Depth) : 0;
        var some = rows.FindAll(row => depth > 0 && row.Depth == depth && row.Progress == progress);
        if (over <= 0 || some.Count < 2)
            return rows;
        // The row that counts the folded ones takes one itself.
        var folded = (progress is StepProgress.Done ? some.Take(over + 1) : some.TakeLast(over + 1)).ToHashSet(
            ReferenceEqualityComparer.Instance
        );
        var first = rows.FindIndex(folded.Contains);
        var sum = rows.FindAll(folded.Contains);
        var fold = new StepRow(
            progress,
            depth,
            string.Create(CultureInfo.InvariantCulture, $"{sum.Count} more"),
            Sum(sum.Select(row => row.Took)),
            Sum(sum.Select(row => row.Usual))
        );
        return [.. rows.Take(first), fold, .. rows.Skip(first).Where(row => !folded.Contains(row))];
    }

    private static TimeSpan? Sum(IEnumerable<TimeSpan?> times) =>
        times.OfType<TimeSpan>().ToList() is { Count: > 0 } known ? TimeSpan.FromTicks(known.Sum(time => time.Ticks)) : null;
}
