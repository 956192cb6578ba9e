using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>A build's steps beside those of the usual build, each at its own time.</summary>
public static class StepBars
{
    /// <summary>Steps that take no longer stand together in one row.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    /// <summary>A longer part of a step gets a row.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(15);

    /// <summary>In the order of the usual build; a step that this build has besides stands where it was done.</summary>
    public static IReadOnlyList<Row> Of(BuildView build, StepPlan plan, DateTimeOffset now)
    {
        var done = build is { LogShared: false, Log: { } log } ? Done(build, log, now) : [];
        var planned = plan.Steps.Select(step => step.Key).ToHashSet();
        var left = new Queue<DoneStep>(done);
        var rows = new List<StepBarRow>();
        var offset = TimeSpan.Zero;
        foreach (var step in plan.Steps)
        {
            var usual = new Stretch(offset, step.Usual?.Median ?? TimeSpan.Zero);
            offset = usual.To;
            var own = done.Find(known => known.Key == step.Key);
            while (own is not null && left.TryPeek(out var before) && !planned.Contains(before.Key))
                rows.Add(Row(left.Dequeue(), null, null));
            if (left.TryPeek(out var next) && next == own)
                left.Dequeue();
            rows.Add(own is null ? NotBegun(step, usual) : Row(own, usual, step.Usual?.Worst));
            rows.AddRange(Inside(own, step, usual, plan, build, now));
        }

        rows.AddRange(left.Where(step => !planned.Contains(step.Key)).Select(step => Row(step, null, null)));
        return [.. Together(rows).Select((row, place) => row with { Number = place })];
    }

    /// <summary>At most so many rows: those that took least go first.</summary>
    public static IReadOnlyList<StepBarRow> Fitted(IReadOnlyList<StepBarRow> rows, int room)
    {
        if (rows.Count <= room)
            return rows;
        var kept = rows.OrderByDescending(Weight).Take(Math.Max(0, room)).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. rows.Where(kept.Contains)];
    }

    private sealed record DoneStep(StepKey Key, Step Step, Stretch? Stretch);

    private static List<DoneStep> Done(BuildView build, BuildLog log, DateTimeOffset now)
    {
        var start = build.StartedAt ?? log.Trail.Steps.FirstOrDefault()?.StartedAt;
        return
        [
            .. StepTimes.Of(log).Select((time, place) =>
            {
                var isCurrent = build.Running && place == log.Trail.Steps.Length - 1;
                var took = time.Duration ?? (isCurrent && time.Step.StartedAt is { } began ? Words.Positive(now - began) : null);
                return new DoneStep(
                    time.Key,
                    time.Step,
                    time.Step.StartedAt is { } at && start is { } zero && took is { } known
                        ? new Stretch(Words.Positive(at - zero), known)
                        : null
                );
            }),
        ];
    }

    private static StepBarRow NotBegun(PlannedStep step, Stretch usual) =>
        new(0, StepWords.Short(new Step(step.Kind, step.Key.Name, 0, null)), 0, null, usual);

    private static StepBarRow Row(DoneStep step, Stretch? usual, TimeSpan? worst) =>
        new(0, StepWords.Short(step.Step), 0, step.Stretch, usual) { Worst = worst, Begun = true };

    /// <summary>The longer stages of a provisioning script, one behind the other.</summary>
    private static IEnumerable<StepBarRow> Inside(
        DoneStep? own, PlannedStep planned, Stretch usual, StepPlan plan, BuildView build, DateTimeOffset now)
    {
        if (planned.Kind is not StepKind.Provision || planned.Key.Occurrence > 0)
            yield break;
        var stages = own is null || build.Log is not { } log
            ? []
            : StepTimes.Stages(log).Where(time => time.Stage.Line > own.Step.Line).ToArray();
        var offset = usual.From;
        foreach (var stage in plan.Stages)
        {
            var expected = new Stretch(offset, stage.Usual?.Median ?? TimeSpan.Zero);
            offset = expected.To;
            var (seen, took) = stages.FirstOrDefault(time => time.Stage.Name == stage.Name);
            var isCurrent = build.Running && seen is not null && seen == stages[^1].Stage;
            var lasts = took ?? (isCurrent && seen!.StartedAt is { } began ? now - began : null);
            var stretch = seen?.StartedAt is { } at && build.StartedAt is { } start && lasts is { } known
                ? new Stretch(Words.Positive(at - start), Words.Positive(known))
                : (Stretch?)null;
            if (expected.Took > Long || stretch?.Took > Long)
                yield return new StepBarRow(0, stage.Name, 1, stretch, expected) { Worst = stage.Usual?.Worst, Begun = seen is not null };
        }
    }

    /// <summary>Neighbours of a second or less as one row.</summary>
    private static List<StepBarRow> Together(List<StepBarRow> rows)
    {
        var joined = new List<StepBarRow>();
        foreach (var row in rows)
        {
            if (joined is [.., var last] && IsShort(last) && IsShort(row) && last.Begun == row.Begun)
                joined[^1] = last with
                {
                    Name = last.Name.Contains(',', StringComparison.Ordinal)
                        ? $"{last.Name[..last.Name.IndexOf(',', StringComparison.Ordinal)]}, …, {row.Name}"
                        : $"{last.Name}, {row.Name}",
                    Now = Sum(last.Now, row.Now),
                    Usual = Sum(last.Usual, row.Usual),
                };
            else
                joined.Add(row);
        }

        return joined;
    }

    private static bool IsShort(StepBarRow row) => row.Depth == 0 && Weight(row) <= Short && (row.Now is not null || row.Usual is not null);

    private static TimeSpan Weight(StepBarRow row) =>
        (row.Now?.Took ?? TimeSpan.Zero) > (row.Usual?.Took ?? TimeSpan.Zero) ? row.Now!.Value.Took : row.Usual?.Took ?? TimeSpan.Zero;

    private static Stretch? Sum(Stretch? one, Stretch? other) => one is { } first
        ? other is { } second ? first with { Took = second.To - first.From } : first
        : other;
}
