using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>One row a thread, always in the same place: what it builds, at which step, for how long and how long still.</summary>
public static class WorkersPane
{
    private static readonly Column<WorkerRow> Thread = new("thr", 3, (row, _, paint) => new(Words.Thread(row.Thread), paint.Palette.Plain));

    private static readonly Column<WorkerRow> Sign = new("", 1, (row, snapshot, paint) => WorkerWords.Sign(row, snapshot, paint));

    private static readonly Column<WorkerRow> Image =
        new("image", 27, (row, _, paint) => new(row.Running?.Image.Text ?? "", paint.Palette.Plain))
        {
            Grows = 1,
            Takes = RoomTaken.OfEmpty,
        };

    private static readonly Column<WorkerRow> Name = new("image.template", 12, (row, _, paint) =>
        new(row.Running is { } build ? Words.Name(build) : "", paint.Palette.Plain)
    )
    {
        Grows = 3,
        Cut = ShortName.In,
        Takes = RoomTaken.OfEmpty,
    };

    private static readonly Column<WorkerRow> Place =
        new("tpl", 3, (row, _, paint) => new(WorkerWords.Place(row), paint.Palette.Plain)) { Drop = 3 };

    private static readonly Column<WorkerRow> Template = new("template", 8, (row, _, paint) =>
        new($"{WorkerWords.Place(row)} {Words.Template(row.Running?.Template)}".TrimStart(), paint.Palette.Plain)
    )
    {
        Takes = RoomTaken.OfEmpty,
    };

    private static readonly Column<WorkerRow> Step = new("step", 8, (row, snapshot, paint) =>
        new(WorkerWords.Step(row, snapshot, paint), paint.Palette.Plain)
    )
    {
        Grows = 2,
    };

    private static readonly Column<WorkerRow> WideStep = Step with { Width = 19, Grows = 1 };

    private static readonly Column<WorkerRow> Elapsed = new("elapsed", 7, (row, _, paint) =>
        new(row.Running?.StartedAt is { } at ? paint.Since(at) : "", paint.Palette.Plain)
    )
    {
        Right = true,
    };

    private static readonly Column<WorkerRow> Left = new("left", 7, WorkerWords.Left) { Right = true, Drop = 1 };

    private static readonly Column<WorkerRow> Progress = new("progress", 36, WorkerWords.Progress) { Drop = 4 };

    private static readonly Column<WorkerRow>[] Narrow = [Thread, Sign, Name, Place, Step, Elapsed, Left];

    private static readonly Column<WorkerRow>[] Wide = [Thread, Sign, Image, Template, WideStep, Elapsed, Left, Progress];

    private static readonly Column<WorkerRow>[] Minimal =
    [
        Thread,
        Sign,
        Name,
        Elapsed,
        Left with
        {
            Width = 6,
            Shorter = static text => text == WorkerWords.Overdue ? "late" : text,
        },
    ];

    /// <summary>
    /// Columns of a screen from which on there is room for the progress, which says of a stuck build why it is called so.
    /// </summary>
    private const int ProgressFrom = 120;

    /// <summary>The lines that the workers need, with those under the stuck ones where there is no column for it.</summary>
    public static int Lines(Snapshot snapshot, Size size, DateTimeOffset now) =>
        size.Columns is >= 60 and < ProgressFrom
            ? snapshot.WorkerLines.Count + snapshot.Workers.Count(row => WorkerWords.Stuck(row, snapshot, now) is not null)
            : snapshot.WorkerLines.Count;

    /// <summary>One line of the list: a row by its index, or the second line of a stuck row.</summary>
    public readonly record struct Line(int Row, string? Stuck);

    /// <summary>What stands on each line of the list from its first on. Drawing and clicking both go by it.</summary>
    /// <param name="rows">The rows of the list, filtered.</param>
    /// <param name="list">The size of the list, without its headings.</param>
    public static List<Line> LinesOf(
        Snapshot snapshot,
        IReadOnlyList<Row> rows,
        ListCursor cursor,
        Size list,
        ScreenForm form,
        DateTimeOffset now
    )
    {
        var lines = new List<Line>();
        // Second lines are there only where every row has room too.
        var second =
            form is not ScreenForm.Minimal && list.Columns < ProgressFrom && Lines(snapshot, new Size(list.Columns, 24), now) <= list.Rows;
        for (var index = cursor.TopOf(cursor.In(rows), rows.Count, list.Rows); index < rows.Count && lines.Count < list.Rows; index++)
        {
            lines.Add(new Line(index, null));
            if (second && rows[index] is WorkerRow row && WorkerWords.Stuck(row, snapshot, now) is { } text)
                lines.Add(new Line(index, text));
        }

        return lines;
    }

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var cursor = view.Place[Pane.Workers];
        var rows = Lists.Of(snapshot, view.Place, Pane.Workers, paint.Now);
        var focused = view.Place.Focus is Pane.Workers;
        var gutter = RowList.Gutter(form);
        var columns = new Columns<WorkerRow>(form switch
        {
            ScreenForm.TooSmall or ScreenForm.Minimal => Minimal,
            ScreenForm.Narrow => Narrow,
            ScreenForm.Wide => Wide,
        }, into.Size.Columns - gutter - (form is ScreenForm.Minimal ? 0 : 1));
        var first = 0;
        if (form is not ScreenForm.Minimal)
        {
            var workers = rows.OfType<WorkerRow>().ToList();
            var down =
                snapshot.IsNamed || cursor.Filter.Length > 0 ? null : DaemonTrouble.Of(workers.FirstOrDefault(), snapshot, paint.Now);
            var title = RowList.Title("WORKERS", cursor, rows.Count);
            if (down is not null)
                title = $"{title}   {DaemonTrouble.Title(down.Item, workers.Count, paint)}";
            if (form is ScreenForm.Wide)
                RowList.Rule(into, 0, title, focused, paint, form);
            first = form is ScreenForm.Wide ? 2 : 1;
            if (down is null)
                columns.Titles(into, first - 1, gutter, paint.Palette.Dim);
            else if (form is ScreenForm.Narrow)
                into.Write(0, gutter, title, RowList.TitleStyle(focused, paint), into.Size.Columns - gutter);
            if (form is ScreenForm.Narrow && down is null)
                NarrowTitle(
                    into,
                    title,
                    cursor.Filter.Length > 0,
                    columns.Start("tpl") ?? columns.Start("step") ?? 0,
                    gutter,
                    focused,
                    paint
                );
        }

        if (rows.Count == 0)
            into.Write(first, gutter, cursor.Filter.Length > 0 ? "none match" : "no worker seen yet", paint.Palette.Dim);
        var index = cursor.In(rows);
        var lines = LinesOf(snapshot, rows, cursor, new Size(into.Size.Columns, into.Size.Rows - first), form, paint.Now);
        foreach (var (line, (shown, stuck)) in lines.Index())
        {
            if (stuck is not null)
                into.Write(first + line, Math.Max(gutter, into.Size.Columns - 1 - stuck.Length), stuck, paint.Palette.Bad);
            else if (DaemonTrouble.Of(rows[shown], snapshot, paint.Now) is { Item: var item })
                DrawTrouble(into, first + line, rows, shown, item, paint, gutter);
            else if (rows[shown] is WorkerRow worker)
                Draw(into, first + line, worker, snapshot, paint, columns, gutter);
            else if (rows[shown] is FactoryRow factory)
                Factories.Heading(into, first + line, gutter, factory.Name, snapshot, paint, form);
            if (focused && stuck is null && shown == index)
                RowList.Mark(into, first + line, paint, form);
        }

        if (first > 0)
            OutOfSight(into, lines is [var top, ..] ? top.Row : 0, lines is [.., var last] ? rows.Count - 1 - last.Row : 0, paint, form);
    }

    /// <summary>How many workers are not shown, at the end of the rule.</summary>
    private static void OutOfSight(CellBuffer into, int above, int below, Paint paint, ScreenForm form)
    {
        var text = string.Join(", ", new[] { (above, "above"), (below, "below") }
            .Where(part => part.Item1 > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} more {part.Item2}")));
        if (text.Length > 0)
            into.Write(0, into.Size.Columns - text.Length - (form is ScreenForm.Wide ? 4 : 5), $" {text} ", paint.Palette.Warning);
    }

    public static string TextOf(WorkerRow row, Snapshot snapshot, Paint paint) => row.Running is null
        ? $"{Words.Thread(row.Thread)} {WorkerWords.Sentence(row, snapshot, paint).Text}"
        : $"{RowText.Of(Narrow.Union(Wide), row, snapshot, paint)} {WorkerWords.Stuck(row, snapshot, paint.Now)}";

    /// <summary>The pane's name stands in the line of the column titles, over the columns of thread and sign.</summary>
    private static void NarrowTitle(CellBuffer into, string title, bool filtered, int width, int gutter, bool focused, Paint paint)
    {
        into.Write(0, gutter, new string(' ', width));
        into.Write(0, gutter, title, RowList.TitleStyle(focused, paint), width);
        if (!filtered)
            into.Write(0, gutter + 10, "image.template", paint.Palette.Dim, Math.Max(0, width - 10));
    }

    /// <summary>The lines of a factory's workers together say why none of them can work.</summary>
    private static void DrawTrouble(
        CellBuffer into,
        int line,
        IReadOnlyList<Row> rows,
        int shown,
        HealthItem item,
        Paint paint,
        int gutter
    )
    {
        var own = Enumerable
            .Range(0, rows.Count)
            .Where(index => rows[index] is WorkerRow && rows[index].Factory == rows[shown].Factory)
            .ToList();
        var width = Math.Max(0, into.Size.Columns - gutter - 1);
        var (place, lines) = (own.IndexOf(shown), DaemonTrouble.Lines(item, own.Count, width, paint));
        if (place >= lines.Count)
            return;
        // What is below the reason stands under its first word.
        var indent = place > 0 ? DaemonTrouble.Indent : 0;
        into.Write(line, gutter + indent, SafeText.Plain(lines[place].Text), lines[place].Style, Math.Max(0, width - indent));
    }

    private static void Draw(
        CellBuffer into,
        int line,
        WorkerRow row,
        Snapshot snapshot,
        Paint paint,
        Columns<WorkerRow> columns,
        int gutter
    )
    {
        if (row.Running is not null)
        {
            columns.Row(into, line, gutter, row, snapshot, paint);
            return;
        }

        columns.Row(into, line, gutter, row, snapshot, paint, most: 2);
        var (text, style) = WorkerWords.Sentence(row, snapshot, paint);
        var left = gutter + 6;
        into.Write(line, left, SafeText.Plain(text), style, Math.Max(0, into.Size.Columns - left - 1));
    }
}
