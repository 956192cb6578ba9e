using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>HEALTH: what is raised, and of the check under the cursor the items, the lines they rest on and one command to type.</summary>
public static class HealthPane
{
    private const int MostLines = 3;
    private const int LeastName = 10;

    private static readonly Column<CheckRow> Sign = new("", 1, SignOf) { IsPicture = true };

    private static readonly Column<CheckRow>[] Checks =
    [
        Sign,
        new("check", 18, (row, _, paint) =>
            new(row.Raised.Check.Code.Name(), Dimmed(row, paint) ?? HealthWords.Style(row.Raised.Check.Severity, paint.Palette))
        ),
        new("since", 8, (row, _, paint) =>
            new(row.Raised.Check.Since is { } since ? paint.Clock(since) : "", Dimmed(row, paint) ?? paint.Palette.Plain)
        )
        {
            Drop = 1,
        },
        new("what", 20, (row, _, paint) => new(What(row, paint), Dimmed(row, paint) ?? paint.Palette.Plain)) { Grows = 1 },
    ];

    private static readonly Column<CheckItemRow> Item = new("item", LeastName, (row, _, paint) =>
        new(Name(row.Item), row.Item.Muted ? paint.Palette.Dim : paint.Palette.Plain)
    )
    {
        KeepsEnd = true,
    };

    private static readonly Column<CheckItemRow>[] Items =
    [
        Item,
        new("since", 8, (row, _, paint) => new(row.Item.Since is { } since ? paint.Clock(since) : "", paint.Palette.Dim)) { Drop = 1 },
        new("what", 20, (row, _, paint) =>
            new(row.Item.Muted ? $"(muted) {row.Item.Text}" : row.Item.Text, row.Item.Muted ? paint.Palette.Dim : paint.Palette.Plain)
        )
        {
            Grows = 1,
        },
    ];

    public static void Render(
        Snapshot snapshot,
        UserState view,
        CellBuffer into,
        HealthLayout layout,
        IReadOnlyList<HealthEvent> turns,
        Paint paint,
        ScreenForm form
    )
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        Heading(snapshot, view, rows.Count, into.Part(layout.Title), paint, form);
        List(snapshot, view, Pane.Whole, rows, Checks, into.Part(layout.Checks), paint, form);
        if (rows.Count == 0)
            into.Part(layout.Checks)
                .Write(
                    0,
                    RowList.Gutter(form),
                    view.Place[Pane.Whole].Filter.Length > 0 ? "none match" : Calm(snapshot, paint),
                    paint.Palette.Dim
                );
        if (HealthRows.Chosen(snapshot, view.Place, paint.Now) is { } raised)
            About(snapshot, view, raised, into, layout, paint, form);
        if (layout.Turns.Height > 0)
            Turns(turns, into.Part(layout.Turns), paint, form);
        if (layout.Stages.Height > 0)
            Stages(snapshot, into.Part(layout.Stages), paint, form);
    }

    public static string TextOf(CheckRow row, Snapshot snapshot, Paint paint) => RowText.Of(Checks, row, snapshot, paint);

    public static string TextOf(CheckItemRow row, Snapshot snapshot, Paint paint) => RowText.Of(Items, row, snapshot, paint);

    private static void Heading(Snapshot snapshot, UserState view, int shown, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (into.Size.Rows == 0)
            return;
        var checks = snapshot.ChecksAt(paint.Now);
        var muted = checks.Count(raised => raised.Check.IsMuted);
        var clear = CheckCodes.All.Count - checks.Select(raised => raised.Check.Code).Distinct().Count();
        Titled(
            into,
            0,
            RowList.Title("HEALTH", view.Place[Pane.Whole], shown),
            view.Place.Focus is Pane.Whole,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{checks.Count - muted} raised{(muted > 0 ? $"   {muted} muted" : "")}   {clear} clear"
            ),
            paint,
            form
        );
    }

    private static void Titled(CellBuffer into, int row, string title, bool focused, string right, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, row, title, focused, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(row, 1, $"{title} ", RowList.TitleStyle(focused, paint), Math.Max(0, into.Size.Columns - 2));
        if (right.Length + title.Length + 8 < into.Size.Columns)
            into.Write(row, into.Size.Columns - right.Length - (form is ScreenForm.Wide ? 5 : 3), $" {right} ", paint.Palette.Plain);
    }

    private static void List<TRow>(
        Snapshot snapshot,
        UserState view,
        Pane pane,
        IReadOnlyList<Row> rows,
        IEnumerable<Column<TRow>> table,
        CellBuffer into,
        Paint paint,
        ScreenForm form
    )
        where TRow : Row
    {
        var gutter = RowList.Gutter(form);
        var columns = new Columns<TRow>(table.WithFactory(snapshot), into.Size.Columns - gutter - 1);
        RowList.Render(
            into,
            0,
            rows,
            view.Place[pane],
            view.Place.Focus == pane,
            paint,
            form,
            (cells, line, row) => columns.Row(cells, line, gutter, (TRow)row, snapshot, paint),
            row => NewsList.IsUnseen(row, snapshot, view.Sight.Mark)
        );
    }

    private static void About(
        Snapshot snapshot,
        UserState view,
        RaisedCheck raised,
        CellBuffer into,
        HealthLayout layout,
        Paint paint,
        ScreenForm form
    )
    {
        var check = raised.Check;
        var changed = check.ChangedAt is { } at && at != check.Since ? $", newest {paint.Clock(at)}" : "";
        var when = check.Since is { } since ? $"raised {paint.Clock(since)}{changed}" : "raised";
        var focused = view.Place.Focus is Pane.Items;
        var heading = into.Part(layout.About);
        if (form is ScreenForm.Wide)
        {
            Titled(heading, 0, raised.Key, focused, when, paint, form);
        }
        else if (heading.Size.Rows > 1)
        {
            RowList.Rule(heading, 0, null, focused, paint, form);
            heading.Write(1, 1, raised.Key, RowList.TitleStyle(focused, paint)).Write(1, raised.Key.Length + 4, when, paint.Palette.Plain);
        }

        var items = Lists.Of(snapshot, view.Place, Pane.Items, paint.Now);
        // As wide as its longest name, so that the text beside it has what room there is.
        var name = Math.Clamp(check.Items.Max(item => Name(item).Length), LeastName, Math.Max(LeastName, into.Size.Columns / 2));
        List(
            snapshot,
            view,
            Pane.Items,
            items,
            Items.Select(column => column == Item ? Item with { Width = name } : column),
            into.Part(layout.Items),
            paint,
            form
        );
        if (items.Count > layout.Items.Height)
            into.Part(layout.About)
                .Write(
                    layout.About.Height - 1,
                    into.Size.Columns - 24,
                    string.Create(CultureInfo.InvariantCulture, $" {items.Count} items "),
                    paint.Palette.Warning
                );
        // What it rests on follows the items where there are few, and has its room where there are many.
        var start = layout.Items.Y + Math.Min(items.Count, layout.Items.Height) + (form is ScreenForm.Wide ? 1 : 0);
        var end = layout.Below.Bottom;
        Below(snapshot, view, check, into.Part(new Area(0, start, into.Size.Columns, Math.Max(0, end - start))), paint, form);
    }

    private static void Below(Snapshot snapshot, UserState view, Check check, CellBuffer into, Paint paint, ScreenForm form)
    {
        if (HealthRows.ChosenItem(snapshot, view.Place, paint.Now) is not { Item: var item })
            return;
        var wide = form is ScreenForm.Wide;
        var (label, text) = (3, wide ? 14 : 13);
        var room = Math.Max(1, into.Size.Columns - text - 1);
        var command = Wrapped(SafeText.Plain(item.Do ?? check.Do), room);
        var lines = item.Lines.Take(Math.Max(0, Math.Min(MostLines, into.Size.Rows - 1 - command.Count))).ToArray();
        var row = 0;
        foreach (var (place, line) in lines.Index())
        {
            if (place == 0)
                into.Write(row, label, "rests on", paint.Palette.Dim);
            into.Write(row++, text, SafeText.Plain($"{paint.Clock(line.At)} {line.Text}"), paint.Palette.Plain, room);
        }

        foreach (var (place, part) in command.Index())
        {
            if (place == 0)
                into.Write(row, label, "do:", paint.Palette.Dim);
            into.Write(row++, text, part, paint.Palette.Heading);
        }

        into.Write(row, label, "clears", paint.Palette.Dim).Write(row, text, HealthWords.Clears(check.Code), paint.Palette.Plain, room);
    }

    /// <summary>A command is never cut: it goes on in the next line.</summary>
    private static List<string> Wrapped(string text, int room)
    {
        var parts = new List<string>();
        for (var rest = text; ; rest = rest[(parts[^1].Length)..].TrimStart())
        {
            if (rest.Length <= room)
            {
                parts.Add(rest);
                return parts;
            }

            var blank = rest.LastIndexOf(' ', room);
            parts.Add(rest[..(blank > 0 ? blank : room)]);
        }
    }

    private static void Stages(Snapshot snapshot, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, "STAGES", false, paint, form);
        if (form is not ScreenForm.Wide)
            into.Write(0, 1, "STAGES ", RowList.TitleStyle(false, paint));
        var factory = snapshot.Factories[0];
        foreach (var (place, stage) in factory.HealthAt(paint.Now).Stages.Index())
        {
            var (text, style) = StageWords.Of(stage, factory, paint, detailed: true);
            into.Write(1 + place, 3, StageWords.Name(stage), paint.Palette.Plain)
                .Write(1 + place, 18, SafeText.Plain(text), style, Math.Max(0, into.Size.Columns - 19));
        }
    }

    /// <summary>What became of the checks since the dashboard began, newest first.</summary>
    private static void Turns(IReadOnlyList<HealthEvent> turns, CellBuffer into, Paint paint, ScreenForm form)
    {
        RowList.Rule(into, 0, "SINCE THE START", false, paint, form);
        if (turns.Count == 0)
            into.Write(1, 3, "no check was raised or cleared", paint.Palette.Dim);
        foreach (var (line, turn) in turns.Reverse().Take(into.Size.Rows - 1).Index())
        {
            var code = turn.Factory is { } factory ? $"{factory} {turn.Code.Name()}" : turn.Code.Name();
            into.Write(1 + line, 3, paint.Clock(turn.At))
                .Write(1 + line, 13, Word(turn.Turn), paint.Palette.Dim)
                .Write(
                    1 + line,
                    22,
                    code,
                    turn.Turn is HealthTurn.Raised or HealthTurn.Changed
                        ? HealthWords.Style(turn.Severity, paint.Palette)
                        : paint.Palette.Plain
                )
                .Write(
                    1 + line,
                    24 + Math.Max(16, code.Length),
                    SafeText.Plain(turn.Turn is HealthTurn.Cleared ? "" : turn.Summary),
                    paint.Palette.Plain,
                    Math.Max(0, into.Size.Columns - 25 - Math.Max(16, code.Length))
                );
        }
    }

    private static string Word(HealthTurn turn) => turn switch
    {
        HealthTurn.Raised => "raised",
        HealthTurn.Changed => "changed",
        HealthTurn.Cleared => "cleared",
        HealthTurn.Muted => "muted",
        HealthTurn.Unmuted => "unmuted",
    };

    /// <summary>What would make it otherwise next.</summary>
    private static string Calm(Snapshot snapshot, Paint paint) =>
        snapshot.Factories.Max(factory => factory.HealthAt(paint.Now).SilenceLimit) is { Ticks: > 0 } limit
            ? $"nothing is raised; a log that is silent for {Words.Span(limit)} would be"
            : "nothing is raised";

    private static Piece SignOf(CheckRow row, Snapshot snapshot, Paint paint) =>
        row.Raised.Check.IsMuted ? new("") : new(paint.Glyphs.Problem, HealthWords.Style(row.Raised.Check.Severity, paint.Palette));

    private static string What(CheckRow row, Paint paint) =>
        row.Raised.Check.IsMuted ? $"{row.Raised.Check.Summary}   {HealthWords.Muted(row.Raised, paint)}" : row.Raised.Check.Summary;

    private static string Name(HealthItem item) =>
        item.Id.EndsWith(".json", StringComparison.Ordinal) ? item.Id[..^".json".Length] : item.Id;

    private static Style? Dimmed(CheckRow row, Paint paint) => row.Raised.Check.IsMuted ? paint.Palette.Dim : null;
}
