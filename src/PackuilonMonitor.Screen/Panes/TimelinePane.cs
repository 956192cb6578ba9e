using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// TIMELINE: a bar for each message on its worker's line, and below the builds of the worker with the cursor. Up to now at the right edge.
/// </summary>
public static class TimelinePane
{
    private static readonly Column<Row>[] Narrow =
    [
        new("began", 6, (row, _, paint) => new(Began(row) is { } at ? paint.Minute(at) : "-", paint.Palette.Plain)),
        new("thr", 3, (row, _, paint) => new(ThreadOf(row), paint.Palette.Dim)) { Drop = 2 },
        new("image.template", 18, (row, _, paint) => new(RecentPane.NameOf(row), paint.Palette.Plain))
        {
            Grows = 1,
            Cut = ShortName.In,
            Takes = RoomTaken.OfEmpty,
        },
        new("end", 8, (row, snapshot, paint) => End(row, snapshot, paint)),
        new("took", 7, (row, _, paint) => new(Took(row, paint), paint.Palette.Plain)) { Right = true, Drop = 1 },
        new("cause, or image id", 18, (row, snapshot, paint) => Cause(row, snapshot, paint))
        {
            Grows = 1,
            Shorter = CauseWords.WithoutDirectories,
        },
    ];

    private static readonly Column<Row>[] Wide =
    [
        Narrow[0],
        Narrow[2] with { Width = 30, Grows = 0 },
        Narrow[3] with { Width = 10 },
        Narrow[4],
        new("usual", 7, (row, snapshot, paint) => new(RecentPane.UsualOf(row, snapshot), paint.Palette.Dim)) { Right = true },
        Narrow[5],
    ];

    public static void Render(Snapshot snapshot, ScreenState state, CellBuffer into, Paint paint, ScreenForm form)
    {
        var (window, lanes) = (state.User.Place.Window, Lanes.Of(snapshot));
        var layout = TimelineLayout.Of(state);
        var (left, right) = form switch
        {
            ScreenForm.Wide => (10, 3),
            ScreenForm.Narrow => (8, 2),
            ScreenForm.Minimal or ScreenForm.TooSmall => (5, 0),
        };
        var axis = TimeAxis.Of(window, into.Size.Columns - left - right, paint.Now);
        Title(into, window, axis, paint, form);
        var chosen = Lanes.Chosen(snapshot, window, lanes);
        if (chosen is null)
        {
            into.Write(TimelineLayout.Above, RowList.Gutter(form), "no worker seen yet", paint.Palette.Dim);
            return;
        }

        var chart = new TimelineChart(snapshot, axis, left, paint);
        chart.Scale(into, 1);
        Rows(snapshot, lanes, chosen, Selection.Build(state), into.Part(layout.Lanes), chart, paint, form);
        var counts = into.Part(layout.Counts);
        if (counts.Size.Rows > 0)
        {
            counts.Write(1, RowList.Gutter(form), "queue", paint.Palette.Dim).Write(2, RowList.Gutter(form), "FAILED", paint.Palette.Dim);
            chart.Waiting(counts, 1);
            chart.Failed(counts, 2);
            if (form is ScreenForm.Wide)
            {
                counts.Write(3, RowList.Gutter(form), "checks", paint.Palette.Dim);
                chart.Checks(counts, 3, state.Alerts.Health.Events);
            }
        }

        List(snapshot, state, chosen, into, layout, paint, form);
        if (Selection.Build(state) is { } build && !layout.Steps.IsEmpty)
            StepsPane.RenderBelow(build, snapshot, into.Part(layout.Steps), paint, form);
        Strip(state, snapshot, into.Part(layout.Strip), paint, form);
    }

    private static void Title(CellBuffer into, TimeWindow window, TimeAxis axis, Paint paint, ScreenForm form)
    {
        var glyphs = paint.Glyphs;
        var until = window.Until is { } end ? $" to {paint.Minute(end)}" : "";
        string[] legend =
        [
            $"{glyphs.BarBegins} begins", $"{glyphs.BarEnds} ok", $"{glyphs.Failed} failed", $"{glyphs.Cancelled} cancelled",
            $"{glyphs.BarRuns} runs", "? lost", $"{glyphs.Problem} stuck",
        ];
        RowList.Rule(into, 0, $"TIMELINE  {Long(window.Span)}{until}, a column is {Exact(axis.Column)}", true, paint, form);
        if (form is ScreenForm.Wide)
        {
            Legend(into.Size.Columns - 2, legend);
            return;
        }

        var title = $"TIMELINE  {Short(window.Span)}{until}, {Exact(axis.Column)} a column ";
        into.Write(0, 1, title, paint.Palette.Heading, into.Size.Columns - 2);
        // What is beside the title has the most frequent signs first.
        var fits = legend.Length;
        while (fits > 0 && title.Length + Width(legend.Take(fits)) + 2 > into.Size.Columns)
            fits--;
        Legend(into.Size.Columns, legend.Take(fits));

        void Legend(int end, IEnumerable<string> signs)
        {
            if (Width(signs) is > 2 and var columns)
                into.Write(0, end - columns, $" {string.Join("  ", signs)} ", paint.Palette.Plain);
        }

        static int Width(IEnumerable<string> signs) => string.Join("  ", signs).Length + 2;
    }

    /// <summary>The lanes about the chosen one; a factory's name above its own.</summary>
    private static void Rows(
        Snapshot snapshot,
        IReadOnlyList<Lane> lanes,
        Lane chosen,
        BuildView? build,
        CellBuffer into,
        TimelineChart chart,
        Paint paint,
        ScreenForm form
    )
    {
        var lines = new List<(Lane? Lane, string? Heading)>();
        foreach (var (place, lane) in lanes.Index())
        {
            if (snapshot.IsNamed && (place == 0 || lanes[place - 1].Factory != lane.Factory))
                lines.Add((null, lane.Factory));
            lines.Add((lane, null));
        }

        var here = lines.FindIndex(line => line.Lane?.Id == chosen.Id);
        var top = Math.Clamp(here - into.Size.Rows / 2, 0, Math.Max(0, lines.Count - into.Size.Rows));
        foreach (var (row, (lane, heading)) in lines.Skip(top).Take(into.Size.Rows).Index())
        {
            if (heading is not null)
            {
                Factories.Heading(into, row, RowList.Gutter(form), heading, snapshot, paint, form);
                continue;
            }

            var style = lane!.Id == chosen.Id ? paint.Palette.Heading : paint.Palette.Plain;
            into.Write(row, RowList.Gutter(form), Words.Thread(lane.Thread), style);
            chart.Lane(into, row, lane, build);
        }
    }

    private static void List(
        Snapshot snapshot, ScreenState state, Lane chosen, CellBuffer into, TimelineLayout layout, Paint paint, ScreenForm form)
    {
        var view = state.User;
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var gutter = RowList.Gutter(form);
        var list = into.Part(layout.List);
        var columns = new Columns<Row>(form is ScreenForm.Wide ? Wide : Narrow, into.Size.Columns - gutter - 1)
            .FitTo(RowList.Visible(rows, view.Place[Pane.Whole], focused: true, list.Size.Rows), snapshot, paint);
        var heading = into.Part(layout.Heading);
        RowList.Rule(heading, 0, RowList.Title(Sum(chosen, rows, view.Place.Window), view.Place.Cursor, rows.Count), true, paint, form);
        columns.Titles(heading, 1, gutter, paint.Palette.Dim);
        if (rows.Count == 0)
            list.Write(0, gutter, view.Place.Cursor.Filter.Length > 0 ? "none match" : "nothing was built in this time", paint.Palette.Dim);
        RowList.Render(
            list, 0, rows, view.Place[Pane.Whole], true, paint, form,
            (cells, line, row) => columns.Row(cells, line, gutter, row, snapshot, paint),
            row => NewsList.IsUnseen(row, snapshot, view.Sight.Mark));
    }

    private static string Sum(Lane lane, IReadOnlyList<Row> rows, TimeWindow window)
    {
        var parts = new[]
            {
                (rows.Count(row => row.Build?.State is BuildState.Succeeded), "ok"),
                (rows.Count(row => row.Build?.State is BuildState.Failed), "FAILED"),
                (rows.Count(row => row.Build?.State is BuildState.Lost), "LOST"),
                (rows.Count(row => row.Build?.State is BuildState.Cancelled), "cancelled"),
                (rows.Count(row => row is RejectionRow), "refused"),
            }
            .Where(part => part.Item1 > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}"));
        var sum = string.Join(", ", parts);
        var name = FactoryName.Own(lane.Factory, Words.Thread(lane.Thread));
        var builds = Words.Count(rows.Count(row => row.Build is not null), "build");
        return $"{name}  {builds} in {Long(window.Span)}{(sum.Length > 0 ? $": {sum}" : "")}";
    }

    private static void Strip(ScreenState state, Snapshot snapshot, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (into.Size.Rows > 0)
            RowStrip.Render(Selection.Row(state), snapshot, into, paint, form);
    }

    private static DateTimeOffset? Began(Row row) => row is RejectionRow refused ? refused.Rejection.At : row.Build?.StartedAt;

    private static string ThreadOf(Row row) =>
        Words.Thread(row is RejectionRow refused ? refused.Rejection.Worker : row.Build?.Worker);

    private static Piece End(Row row, Snapshot snapshot, Paint paint) => row.Build switch
    {
        null => new("REFUSED", paint.Palette.Bad),
        { Running: true } build when snapshot.OutlookOf(build, paint.Now).Stuck is not null => new("STUCK", paint.Palette.Warning),
        { State: BuildState.Building } => new("building", paint.Palette.Running),
        var build => new(Words.Result(build.State), paint.Style(build.State)),
    };

    private static string Took(Row row, Paint paint) => row.Build switch
    {
        { Took: { } took } => Words.Span(took),
        { StartedAt: { } at, Running: true } => paint.Since(at),
        _ => "",
    };

    private static Piece Cause(Row row, Snapshot snapshot, Paint paint) => row.Build switch
    {
        null => new(RecentPane.WhyOf(row, snapshot), paint.Palette.Bad),
        { Running: true } build => new(StepWords.Of(build, snapshot.PastOf(build).Plan), paint.Palette.Plain),
        { ImageId: { } id } build => new($"{id[..Math.Min(8, id.Length)]} {RecentPane.WhyOf(row, snapshot)}".TrimEnd(), paint.Palette.Dim),
        var build => new(RecentPane.WhyOf(row, snapshot), paint.Style(build.State)),
    };

    private static string Long(TimeSpan span) =>
        span.TotalHours < 1 ? Words.Count((long)span.TotalMinutes, "minute")
        : span.TotalDays > 1 ? Words.Count((long)span.TotalDays, "day")
        : Words.Count((long)span.TotalHours, "hour");

    private static string Short(TimeSpan span) =>
        span.TotalHours < 1 ? $"{span.TotalMinutes:0} min" : span.TotalDays > 1 ? $"{span.TotalDays:0} days" : $"{span.TotalHours:0} h";

    private static string Exact(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m{span.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h{span.Minutes:00}m"),
    };
}
