using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The bars of the timeline: a lane a worker, the time from left to right, what waited and failed below.</summary>
public sealed class TimelineChart(Snapshot snapshot, TimeAxis axis, int left, Paint paint)
{
    private const int FewestWithName = 6;
    private const int FewestWithParts = 24;

    private static readonly TimeSpan[] Ticks =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2),
    ];

    /// <summary>Round times at their places.</summary>
    public void Scale(CellBuffer into, int row)
    {
        const int apart = 14;
        var tick = Ticks.FirstOrDefault(tick => tick / axis.Column >= apart, Ticks[^1]);
        var first = TimeZoneInfo.ConvertTime(axis.From, paint.Zone);
        var local = new DateTimeOffset((first.Ticks + tick.Ticks - 1) / tick.Ticks * tick.Ticks, first.Offset);
        for (var at = local; at < axis.Until; at += tick)
        {
            var shown = TimeZoneInfo.ConvertTime(at, paint.Zone);
            var text = shown.ToString(shown.TimeOfDay == TimeSpan.Zero ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture);
            if (axis.ColumnOf(at) + text.Length <= axis.Columns)
                into.Write(row, left + axis.ColumnOf(at), text, paint.Palette.Dim);
        }
    }

    /// <summary>A worker's bars; two that end in one column show the worse end.</summary>
    public void Lane(CellBuffer into, int row, Lane lane, BuildView? chosen)
    {
        var ends = new Dictionary<int, (int Rank, string Sign, Style Style)>();
        foreach (var job in Lanes.Jobs(snapshot, lane, axis.From, axis.Until))
        {
            Bar(into, row, job);
            End(ends, job);
            if (chosen is not null && job.Builds.Any(build => build.Id == chosen.Id))
                into.Restyle(new Area(left + First(job), row, Last(job) - First(job) + 1, 1), style => style.With(Emphasis.Reverse));
        }

        foreach (var refused in snapshot.Ended.OfType<RejectionRow>().Where(refused => refused.Factory == lane.Factory
            && refused.Rejection.Worker is not null
            && refused.Rejection.Worker.Value.Number == lane.Thread
            && axis.Contains(refused.Rejection.At)))
            Put(ends, axis.ColumnOf(refused.Rejection.At), BuildState.Failed, isStuck: false);
        foreach (var (column, (_, sign, style)) in ends)
        {
            var reversed = into[row, left + column].Style.Emphasis & Emphasis.Reverse;
            into.Write(row, left + column, sign, style.With(reversed));
        }

        if (lane.Worker is { Activity: Lost lost } && lost.Since < axis.Until)
            Gone(into, row, lost);
    }

    /// <summary>How many messages waited, the most in each column.</summary>
    public void Waiting(CellBuffer into, int row)
    {
        var counts = new int[axis.Columns];
        var turns = snapshot.Factories
            .SelectMany(factory => factory.State.Triggers.Triggers)
            .Where(trigger => trigger.QueuedAt is not null && (trigger.TakenAt is not null || trigger.Waiting))
            .SelectMany(trigger => new[] { (At: trigger.QueuedAt!.Value, By: 1), (At: trigger.TakenAt ?? axis.Until, By: -1) })
            .OrderBy(turn => turn.At)
            .ThenBy(turn => turn.By);
        var (count, column) = (0, 0);
        foreach (var (at, by) in turns)
        {
            var next = axis.ColumnOf(at);
            for (; column < next; column++)
                counts[column] = Math.Max(counts[column], count);
            count += by;
            if (at < axis.Until)
                counts[column] = at < axis.From ? count : Math.Max(counts[column], count);
        }

        for (var place = 0; place < counts.Length && axis.From + axis.Column * place <= paint.Now; place++)
            Digit(into, row, place, counts[place], paint.Palette.Plain);
    }

    /// <summary>How many builds failed or were lost and how many messages were refused in each column.</summary>
    public void Failed(CellBuffer into, int row)
    {
        var counts = new int[axis.Columns];
        foreach (var ended in snapshot.Ended)
        {
            var isBad = NewsList.KindOf(ended) is NewsKind.Failed or NewsKind.Lost or NewsKind.Refused;
            if (isBad && NewsList.At(ended) is { } at && axis.Contains(at))
                counts[axis.ColumnOf(at)]++;
        }

        for (var place = 0; place < counts.Length; place++)
            Digit(into, row, place, counts[place], paint.Palette.Bad);
    }

    /// <summary>The checks that were raised, each at its time; one that has no room beside the one before is left out.</summary>
    public void Checks(CellBuffer into, int row, IEnumerable<HealthEvent> turns)
    {
        var free = 0;
        foreach (var turn in turns.Where(turn => turn.Turn is HealthTurn.Raised && axis.Contains(turn.At)).OrderBy(turn => turn.At))
        {
            var text = $"{paint.Glyphs.Problem} {Core.Health.CheckCodes.Name(turn.Code)}";
            var column = Math.Min(axis.ColumnOf(turn.At), axis.Columns - text.Length);
            if (column < free)
                continue;
            into.Write(row, left + column, text, paint.Palette.Warning);
            free = column + text.Length + 1;
        }
    }

    private int First(LaneJob job) => axis.ColumnOf(job.Start);

    private int Last(LaneJob job) => axis.ColumnOf(job.End ?? paint.Now);

    private void Bar(CellBuffer into, int row, LaneJob job)
    {
        var (first, last) = (First(job), Last(job));
        var inner = last - first - 1;
        into.Write(row, left + first, job.Start < axis.From ? paint.Glyphs.BarFromBefore : paint.Glyphs.BarBegins, paint.Palette.Plain);
        for (var column = first + 1; column < last; column++)
            into.Write(row, left + column, paint.Glyphs.BarFill, paint.Palette.Plain);
        if (inner + 2 >= FewestWithName)
        {
            var name = SafeText.Cells(job.Builds[0].Image.Text, paint.Palette.Plain, colours: false, into.IsAscii);
            into.Write(row, left + first + 1, name.Slice(0, inner));
        }

        foreach (var (place, build) in job.Builds.Index())
        {
            if (snapshot.PastOf(build).Usual is { } usual && build.StartedAt + usual is { } due && due < (build.EndedAt ?? paint.Now))
            {
                var (from, to) = (axis.ColumnOf(due), axis.ColumnOf(build.EndedAt ?? paint.Now));
                if (due >= axis.From && to > from)
                    into.Restyle(new Area(left + from + 1, row, to - from, 1), _ => paint.Palette.Warning);
            }

            if (place == 0 || axis.ColumnOf(build.StartedAt!.Value) is var begins && (begins <= first || begins >= last))
                continue;
            if (job.Builds[place - 1].State is BuildState.Failed or BuildState.Lost)
                into.Write(row, left + begins, paint.Glyphs.Failed, paint.Palette.Bad);
            else if (inner + 2 >= FewestWithParts)
                into.Write(row, left + begins, paint.Glyphs.BarParts, paint.Palette.Plain);
        }
    }

    private void End(Dictionary<int, (int Rank, string Sign, Style Style)> ends, LaneJob job)
    {
        var last = job.Builds[^1];
        if (job.End >= axis.Until)
            ends.TryAdd(axis.Columns - 1, (0, paint.Glyphs.BarRuns, paint.Palette.Plain));
        else
            Put(ends, Last(job), last.State, snapshot.OutlookOf(last, paint.Now).Stuck is not null);
    }

    private void Put(Dictionary<int, (int Rank, string Sign, Style Style)> ends, int column, BuildState state, bool isStuck)
    {
        var end = state switch
        {
            BuildState.Lost => (6, "?", paint.Palette.Bad),
            BuildState.Failed => (5, paint.Glyphs.Failed, paint.Palette.Bad),
            BuildState.Building when isStuck => (4, paint.Glyphs.Problem, paint.Palette.Warning),
            BuildState.Cancelled => (3, paint.Glyphs.Cancelled, paint.Palette.Warning),
            BuildState.Unknown => (2, "?", paint.Palette.Warning),
            BuildState.Building => (1, paint.Glyphs.BarRuns, paint.Palette.Running),
            BuildState.Succeeded => (0, paint.Glyphs.BarEnds, paint.Palette.Good),
        };
        if (!ends.TryGetValue(column, out var known) || known.Rank < end.Item1)
            ends[column] = end;
    }

    /// <summary>From then on the thread was not there.</summary>
    private void Gone(CellBuffer into, int row, Lost lost)
    {
        var from = axis.ColumnOf(lost.Since);
        var fill = into.IsAscii ? "x" : paint.Glyphs.Shade;
        for (var column = from; column < axis.Columns && axis.From + axis.Column * column <= paint.Now; column++)
            into.Write(row, left + column, fill, paint.Palette.Dim);
        var text = $" LOST {paint.Minute(lost.Since)} ";
        if (from + 1 + text.Length <= axis.Columns)
            into.Write(row, left + from + 1, text, paint.Palette.Bad);
    }

    private void Digit(CellBuffer into, int row, int column, int count, Style style)
    {
        if (count > 0)
            into.Write(row, left + column, count > 9 ? "+" : count.ToString(CultureInfo.InvariantCulture), style);
    }
}
