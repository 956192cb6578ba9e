using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>STEPS: a build's steps as bars over those of the usual build.</summary>
public static class StepsPane
{
    private const int NameColumns = 20;
    private const int WideNameColumns = 30;
    private const int TimeColumns = 6;

    /// <summary>Rows below the list: the total, and what is out of the ordinary.</summary>
    private const int Foot = 7;

    private const int FootFrom = 16;

    /// <summary>A step is called longer than usual from here on.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan[] Ticks =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
        TimeSpan.FromHours(12), TimeSpan.FromDays(1),
    ];

    /// <summary>Rows below the list of such a screen.</summary>
    public static int Below(Size body) => body.Rows >= FootFrom ? Foot : 0;

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (snapshot.Find(view.Place.Subject) is not { } build)
        {
            ListPane.Heading(view, 0, into, paint, form, "STEPS", "this build is not remembered any more");
            return;
        }

        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var first = ListPane.Heading(view, rows.Count, into, paint, form, $"STEPS  {Title(build, paint)}", Why(build));
        Verdict(build, snapshot, into, 0, paint, form);
        var below = Below(into.Size);
        var list = into.Part(new Area(0, 0, into.Size.Columns, into.Size.Rows - below));
        var bars = new Bars(into.Size.Columns, [.. rows.OfType<StepBarRow>()], paint, form);
        if (first > 1)
            bars.Titles(list, 1);
        RowList.Render(
            list, first, rows, view.Place[Pane.Whole], true, paint, form, (cells, line, row) => bars.Draw(cells, line, (StepBarRow)row));
        var foot = into.Part(new Area(0, into.Size.Rows - below, into.Size.Columns, below));
        if (below > 0)
            RenderFoot(build, snapshot, [.. rows.OfType<StepBarRow>()], foot, paint, form);
    }

    /// <summary>Under a list, with a heading of its own: as many of the steps as there is room for, and the total.</summary>
    public static void RenderBelow(BuildView build, Snapshot snapshot, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, $"STEPS of {Title(build, paint)}", false, paint, form);
        Verdict(build, snapshot, into, 0, paint, form);
        StepBarRow[] all = [.. StepBars.Of(build, snapshot.PastBeside(build).Plan, paint.Now).OfType<StepBarRow>()];
        if (all.Length == 0)
        {
            into.Write(1, RowList.Gutter(form), Why(build), paint.Palette.Dim);
            return;
        }

        var rows = StepBars.Fitted(all, into.Size.Rows - 3);
        var bars = new Bars(into.Size.Columns, rows, paint, form);
        bars.Titles(into, 1);
        foreach (var (line, row) in rows.Index())
            bars.Draw(into, 2 + line, row);
        bars.Total(into, 2 + rows.Count, build, snapshot, Sentence(build, all));
    }

    private static string Title(BuildView build, Paint paint) =>
        $"{SafeText.Plain(Words.Name(build))}  {(build.StartedAt is { } at ? paint.Minute(at) : "")} {Words.Thread(build.Worker)}";

    private static string Why(BuildView build) =>
        build.LogShared
            ? "two builds wrote this log, so nothing is concluded from it"
            : "its log was not read, and no good build of it is known";

    /// <summary>How it ended, and how long it usually takes, at the right of the heading.</summary>
    private static void Verdict(BuildView build, Snapshot snapshot, CellBuffer into, int row, Paint paint, ScreenForm form)
    {
        var usual = snapshot.PastBeside(build).Usual is { } known ? $", usual {Words.Span(known)}" : "";
        var took = build.Took ?? (build.StartedAt is { } at ? paint.Now - at : null);
        var text = $" {Word(build)} {(took is { } time ? Words.Span(time) : "")}{usual} ";
        var x = into.Size.Columns - text.Length - (form is ScreenForm.Wide ? 2 : 1);
        if (x > TitleRoom(build, paint))
            into.Write(row, x, text, paint.Style(build.State));
    }

    private static int TitleRoom(BuildView build, Paint paint) => 12 + TextWidth.Of(Title(build, paint), paint.Glyphs.IsAscii);

    private static string Word(BuildView build) => build.State switch
    {
        BuildState.Building => "building",
        BuildState.Succeeded => "ok",
        BuildState.Failed => "FAILED",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "LOST",
        BuildState.Unknown => "unknown",
    };

    private static void RenderFoot(
        BuildView build, Snapshot snapshot, StepBarRow[] rows, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, null, false, paint, form);
        var bars = new Bars(into.Size.Columns, rows, paint, form);
        bars.Total(into, 1, build, snapshot, Sentence(build, rows));
        RowList.Rule(into, 2, null, false, paint, form);
        var (line, left) = (3, RowList.Gutter(form));
        var past = snapshot.PastBeside(build);
        var good = past.Ended.LastOrDefault(known => known.State is BuildState.Succeeded);
        into.Write(
            line++,
            left,
            good?.EndedAt is { } at
                ? $"Against the last {Words.Count(Math.Min(10, past.Plan.GoodBuilds), "good build")} ({paint.Minute(at)} was the last)"
                : "no good build of it is known",
            paint.Palette.Dim
        );
        var slower = Slower(rows).Take(2).ToArray();
        if (slower.Length > 0)
            Line(into, line++, "slower", string.Join(", ", slower.Select(AgainstUsual)), paint.Palette.Warning, left, paint);
        var never = build.Running ? [] : rows.Where(row => row is { Depth: 0, Begun: false }).Select(row => row.Name).ToArray();
        if (never.Length > 0)
            Line(into, line++, "not begun", string.Join(", ", never), paint.Palette.Plain, left, paint);
        if (rows.Length > 0 && rows.All(row => row.Now is null))
            Line(into, line, "no times", "the log was read afterwards", paint.Palette.Dim, left, paint);
    }

    private static string AgainstUsual(StepBarRow row)
    {
        var worst = row.Worst is { } known ? $", worst {Words.Span(known)}" : "";
        return $"{row.Name} {Words.Span(row.Now!.Value.Took)} (usual {Words.Span(row.Usual!.Value.Took)}{worst})";
    }

    private static void Line(CellBuffer into, int row, string name, string text, Style style, int left, Paint paint) =>
        into.Write(row, left, name, paint.Palette.Dim)
            .Write(row, left + 11, SafeText.Plain(text), style, Math.Max(0, into.Size.Columns - left - 12));

    private static IEnumerable<StepBarRow> Slower(IEnumerable<StepBarRow> rows) => rows
        .Where(row => row is { Now: { } now, Usual: { } usual } && now.Took - usual.Took > Floor && now.Took > usual.Took * 1.15)
        .OrderByDescending(row => row.Now!.Value.Took - row.Usual!.Value.Took);

    private static string Sentence(BuildView build, IEnumerable<StepBarRow> rows)
    {
        var slower = Slower(rows).FirstOrDefault();
        var over = slower is not { Now: { } now, Usual: { } usual }
            ? ""
            : $"{Words.Span(now.Took - usual.Took)} over its usual in \"{slower.Name}\"";
        var why = build.State is BuildState.Failed && build.Reason is { } reason ? $"failed: {reason.TrimEnd('.')}" : "";
        return string.Join("; ", new[] { why, over }.Where(text => text.Length > 0));
    }

    /// <summary>The bars of some steps, all to one scale.</summary>
    private sealed class Bars
    {
        private readonly Paint _paint;
        private readonly int _left;
        private readonly int _name;
        private readonly int _start;
        private readonly int _columns;
        private readonly TimeSpan _whole;

        public Bars(int width, IReadOnlyList<StepBarRow> rows, Paint paint, ScreenForm form)
        {
            _paint = paint;
            _left = RowList.Gutter(form);
            _name = form is ScreenForm.Wide ? WideNameColumns : NameColumns;
            _start = _left + _name + 2 * (TimeColumns + 1) + 1;
            _columns = Math.Max(1, width - _start - 2);
            _whole = rows.SelectMany(row => new[] { row.Now?.To, row.Usual?.To }).OfType<TimeSpan>().Append(TimeSpan.FromSeconds(1)).Max();
        }

        public void Titles(CellBuffer into, int line)
        {
            Write(into, line, "step", "now", "usual", _paint.Palette.Dim);
            var tick = Ticks.FirstOrDefault(tick => ColumnOf(tick) >= 11, Ticks[^1]);
            for (var at = TimeSpan.Zero; ColumnOf(at) + 5 <= _columns; at += tick)
                into.Write(line, _start + ColumnOf(at), Words.Span(at), _paint.Palette.Dim);
        }

        public void Draw(CellBuffer into, int line, StepBarRow row)
        {
            var style = row.Begun ? _paint.Palette.Plain : _paint.Palette.Dim;
            var name = new string(' ', row.Depth * 2) + SafeText.Plain(row.Name);
            Write(into, line, name, TimeOf(row.Now), TimeOf(row.Usual), style);
            if (row.Usual is { } usual)
                Fill(into, line, usual, _paint.Glyphs.Shade, _paint.Palette.Dim);
            if (row.Now is not { } now)
                return;
            Fill(into, line, now, _paint.Glyphs.IsAscii ? _paint.Glyphs.BarFill : _paint.Glyphs.Done, style);
            if (row.Usual is not { } expected || now.Took - expected.Took <= Floor)
                return;
            var end = ColumnOf(now.From + expected.Took);
            into.Restyle(new Area(_start + end, line, Math.Max(0, ColumnOf(now.To) - end + 1), 1), _ => _paint.Palette.Warning);
            into.Write(line, _start + end, _paint.Glyphs.BarParts, _paint.Palette.Warning);
        }

        public void Total(CellBuffer into, int line, BuildView build, Snapshot snapshot, string sentence)
        {
            var took = build.Took ?? (build.StartedAt is { } at ? Words.Positive(_paint.Now - at) : null);
            Write(
                into,
                line,
                "total",
                took is { } time ? Words.Span(time) : "-",
                snapshot.PastBeside(build).Usual is { } usual ? Words.Span(usual) : "-",
                _paint.Palette.Heading
            );
            into.Write(line, _start, SafeText.Plain(sentence), _paint.Palette.Plain, _columns);
        }

        private static string TimeOf(Stretch? stretch) => stretch is { } known ? Words.Span(known.Took) : "-";

        private void Write(CellBuffer into, int line, string name, string now, string usual, Style style) =>
            into.Write(line, _left, TextWidth.Truncate(name, _name, into.IsAscii), style)
                .Write(line, _left + _name, TextWidth.PadLeft(now, TimeColumns), style)
                .Write(line, _left + _name + TimeColumns + 1, TextWidth.PadLeft(usual, TimeColumns), _paint.Palette.Dim);

        private void Fill(CellBuffer into, int line, Stretch stretch, string sign, Style style)
        {
            if (stretch.Took <= TimeSpan.Zero)
                return;
            for (var column = ColumnOf(stretch.From); column <= Math.Max(ColumnOf(stretch.From), ColumnOf(stretch.To) - 1); column++)
                into.Write(line, _start + column, sign, style);
        }

        private int ColumnOf(TimeSpan at) => (int)Math.Clamp(at / _whole * _columns, 0, _columns - 1);
    }
}
