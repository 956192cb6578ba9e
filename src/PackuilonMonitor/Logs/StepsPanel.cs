using System.Globalization;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Logs;

/// <summary>The steps of a build with their times, those to come, and what it made in OpenStack.</summary>
public static class StepsPanel
{
    private const int TimeWidth = 6;

    private enum Progress
    {
        Done,
        Current,
        ToCome,
        Stopped,
    }

    private sealed record Row(Progress Progress, int Depth, string Name, TimeSpan? Took, TimeSpan? Usual);

    public static void Render(LogView view, DateTimeOffset now, CellBuffer into, Palette palette, Glyphs glyphs)
    {
        var (columns, rows) = (into.Size.Columns, into.Size.Rows);
        if (columns < 2 || rows < 1)
            return;
        var facts = Facts(view).ToList();
        // The facts give way to the steps.
        if (rows < facts.Count + 12)
            facts = [];
        var room = rows - 2 - facts.Count;
        Line(into, 0, "STEPS", "now", "usual", palette.Heading, palette.Dim, glyphs);
        var at = 1;
        foreach (var row in Fitted([.. Steps(view, now)], room))
            Line(into, at++, Sign(row.Progress, glyphs) + " " + new string(' ', row.Depth * 2) + row.Name, Time(row.Took), Time(row.Usual), Look(row.Progress, palette), palette.Dim, glyphs);

        var total = (view.Build.EndedAt ?? (view.IsOver ? null : now)) - view.Build.StartedAt;
        if (at < rows)
            Line(into, Math.Min(at + 1, rows - facts.Count - 1), "  total", Time(total), Time(view.Plan.Whole), palette.Heading, palette.Dim, glyphs);
        foreach (var (index, (name, text)) in facts.Index())
        {
            var row = rows - facts.Count + index;
            into.Write(row, 1, name, palette.Dim).Write(row, 9, SafeText.Plain(text), palette.Plain, columns - 10);
        }
    }

    private static void Line(CellBuffer into, int row, string name, string now, string usual, Style style, Style dim, Glyphs glyphs)
    {
        var width = into.Size.Columns - 2 * TimeWidth - 2;
        if (width < 4)
        {
            into.Write(row, 0, " " + name, style);
            return;
        }

        into.Write(row, 1, TextWidth.Truncate(name, width - 1, glyphs.IsAscii), style)
            .Write(row, width, TextWidth.PadLeft(now, TimeWidth), style)
            .Write(row, width + TimeWidth, TextWidth.PadLeft(usual, TimeWidth), dim);
    }

    private static IEnumerable<Row> Steps(LogView view, DateTimeOffset now)
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
            var progress = step == stopped ? Progress.Stopped : last && !view.IsOver ? Progress.Current : Progress.Done;
            yield return new Row(progress, 0, key.Name, took ?? (last && !view.IsOver ? now - step.StartedAt : null), usual.GetValueOrDefault(key));
            var next = last ? long.MaxValue : times[at + 1].Step.Line;
            foreach (var component in log.Trail.Components.Where(component => component.Line > step.Line && component.Line < next))
                yield return Of(component, view, now);
            if (progress is Progress.Current && step.Kind is StepKind.Provision && !log.Trail.Components.IsEmpty)
            {
                foreach (var planned in view.Plan.Components.Where(planned => log.Trail.Components.All(seen => seen.Name != planned.Name)))
                    yield return new Row(Progress.ToCome, 1, planned.Name, null, planned.Usual?.Median);
            }
        }

        if (view.IsOver)
            yield break;
        foreach (var planned in view.Plan.ToCome(log))
            yield return new Row(Progress.ToCome, 0, planned.Key.Name, null, planned.Usual?.Median);
    }

    private static Row Of(Component component, LogView view, DateTimeOffset now)
    {
        var running = !view.IsOver && component == view.Build.Log!.Trail.Running;
        var progress = running ? Progress.Current : component.Errors is null or > 0 ? Progress.Stopped : Progress.Done;
        return new Row(progress, 1, component.Name, StepTimes.Of(component) ?? (running ? now - component.StartedAt : null),
            view.Plan.Components.FirstOrDefault(planned => planned.Name == component.Name)?.Usual?.Median);
    }

    /// <summary>Where not all fit: first the components that are done or to come give way, then the oldest steps, then the last to come.</summary>
    private static List<Row> Fitted(List<Row> rows, int room)
    {
        if (room <= 0)
            return [];
        rows = Folded(rows, room, Progress.Done);
        rows = Folded(rows, room, Progress.ToCome);
        if (rows.Count <= room)
            return rows;
        var current = rows.FindLastIndex(row => row.Progress is not Progress.ToCome);
        var start = Math.Clamp(current - room / 2, 0, rows.Count - room);
        return rows.GetRange(start, room);
    }

    private static List<Row> Folded(List<Row> rows, int room, Progress progress)
    {
        var over = rows.Count - room;
        var some = rows.FindAll(row => row.Depth == 1 && row.Progress == progress);
        if (over <= 0 || some.Count < 2)
            return rows;
        // The row that counts the folded ones takes one itself.
        var folded = progress is Progress.Done ? some.Take(over + 1).ToHashSet(ReferenceEqualityComparer.Instance) : some.TakeLast(over + 1).ToHashSet(ReferenceEqualityComparer.Instance);
        var first = rows.FindIndex(row => folded.Contains(row));
        var sum = rows.Where(folded.Contains).ToList();
        var fold = new Row(progress, 1, string.Create(CultureInfo.InvariantCulture, $"{sum.Count} more"), Sum(sum.Select(row => row.Took)), Sum(sum.Select(row => row.Usual)));
        return [.. rows.Take(first), fold, .. rows.Skip(first).Where(row => !folded.Contains(row))];
    }

    private static TimeSpan? Sum(IEnumerable<TimeSpan?> times) =>
        times.OfType<TimeSpan>().ToList() is { Count: > 0 } known ? TimeSpan.FromTicks(known.Sum(time => time.Ticks)) : null;

    private static IEnumerable<(string Name, string Text)> Facts(LogView view)
    {
        var made = view.Build.LogShared ? null : view.Build.Log?.Belongings;
        if (made?.ServerId is { } server)
            yield return ("SERVER", server);
        if (made?.HostName is { } host)
            yield return ("HOST", host);
        if (made?.Keypair is { } keypair)
            yield return ("KEYPAIR", keypair);
        yield return ("LOG", view.Build.Name.File);
    }

    private static string Time(TimeSpan? time) => time is { } known ? Durations.Short(known) : "";

    private static string Sign(Progress progress, Glyphs glyphs) => progress switch
    {
        Progress.Done => glyphs.Succeeded,
        Progress.Current => glyphs.Running,
        Progress.ToCome => glyphs.ToDo,
        Progress.Stopped => glyphs.Failed,
    };

    private static Style Look(Progress progress, Palette palette) => progress switch
    {
        Progress.Done => palette.Plain,
        Progress.Current => palette.Running,
        Progress.ToCome => palette.Dim,
        Progress.Stopped => palette.Bad,
    };
}
