using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The changes and what came of them, also where that is nothing and why.</summary>
public static class TriggersPane
{
    private const string Name = "CHANGES";
    private const string ImageTitle = "image";

    private static readonly Column<TriggerRow> Time = new("when", 7, (row, _, paint) => new(paint.Minute(row.At), paint.Palette.Plain));

    private static readonly Column<TriggerRow> TimeLongAgo = Time with { Width = 8 };

    private static readonly Column<TriggerRow> AllDone = new("all done", 9, ChangeWords.End)
    {
        Right = true,
        Yields = true,
        Drop = 1,
    };

    private static readonly Column<TriggerRow>[] Narrow =
    [
        Time,
        new(ImageTitle, 24, (row, _, paint) => new(ChangeWords.NameAndProfiles(row), paint.Palette.Plain))
        {
            Least = 28,
            Grows = 1,
            Takes = RoomTaken.OfEmpty,
        },
        new("result", 24, (row, snapshot, paint) => Piece.Joined(ChangeWords.Short(row, snapshot, paint)))
        {
            Grows = 1,
            Takes = RoomTaken.OfAll,
            Parts = ChangeWords.Short,
        },
        AllDone,
    ];

    private static readonly Column<TriggerRow>[] Wide =
    [
        Time with
        {
            Width = 6,
        },
        new(ImageTitle, 28, (row, _, paint) => new(ChangeWords.Name(row), paint.Palette.Plain))
        {
            Least = 60,
            Grows = 1,
            Takes = RoomTaken.OfEmpty,
        },
        new("result", 48, (row, snapshot, paint) => Piece.Joined(ChangeWords.Long(row, snapshot, paint)))
        {
            Grows = 4,
            Takes = RoomTaken.OfAll,
            Parts = ChangeWords.Long,
        },
        AllDone with
        {
            Yields = false,
        },
    ];

    public static string TextOf(TriggerRow row, Snapshot snapshot, Paint paint) => RowText.Of(Narrow.Union(Wide), row, snapshot, paint);

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var cursor = view.Place[Pane.Triggers];
        var rows = Lists.Of(snapshot, view.Place, Pane.Triggers, paint.Now);
        var focused = view.Place.Focus is Pane.Triggers;
        var gutter = RowList.Gutter(form);
        var shown = (form is ScreenForm.Wide ? Wide : Narrow).Select(
            (column, place) => place == 0 && IsOld(rows, paint) ? TimeLongAgo : column
        );
        var columns = new Columns<TriggerRow>(shown.WithFactory(snapshot), into.Size.Columns - gutter - 1)
            .FitTo(RowList.Visible(rows, cursor, focused, into.Size.Rows - 2).Cast<TriggerRow>(), snapshot, paint);
        var title = RowList.Title(Name, cursor, rows.Count);
        RowList.Rule(into, 0, title, focused, paint, form);
        columns.Titles(into, 1, gutter, paint.Palette.Dim);
        if (form is not ScreenForm.Wide)
        {
            var room = (cursor.Filter.Length > 0 ? columns.Start("result") : columns.Start(ImageTitle)) ?? 0;
            into.Write(1, gutter, TextWidth.PadRight(title, room, into.IsAscii), RowList.TitleStyle(focused, paint), room);
        }

        if (rows.Count == 0)
            into.Write(2, gutter, cursor.Filter.Length > 0 ? "none match" : "no change seen", paint.Palette.Dim);
        bool IsUnseen(Row row) => NewsList.IsUnseen(row, snapshot, view.Sight.Mark);
        RowList.Render(
            into,
            2,
            rows,
            cursor,
            focused,
            paint,
            form,
            (cells, line, row) => columns.Row(cells, line, gutter, (TriggerRow)row, snapshot, paint),
            IsUnseen
        );
        // What failed is counted above RECENT; here only what no build came of.
        OutOfSight.Render(
            into,
            form is ScreenForm.Wide ? (title.Length + 4, Counts(into, rows, IsUnseen, paint)) : (0, into.Size.Columns),
            rows,
            cursor,
            focused,
            IsUnseen,
            paint
        );
    }

    /// <summary>What is not over, and what nobody has seen, at the end of the rule. Returns where that begins.</summary>
    private static int Counts(CellBuffer into, IReadOnlyList<Row> rows, Func<Row, bool> isUnseen, Paint paint)
    {
        var unfinished = rows.Count(row => row is TriggerRow { IsUnfinished: true });
        var unseen = rows.Count(isUnseen);
        var parts = new[] { (Count: unfinished, Word: "unfinished"), (Count: unseen, Word: "unseen") }
            .Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Word}"));
        var text = $" {string.Join("   ", parts)} ";
        var x = into.Size.Columns - text.Length - 2;
        if (unfinished + unseen == 0)
            return into.Size.Columns;
        into.Write(0, x, text, paint.Palette.Plain);
        return x;
    }

    /// <summary>A row is of another year, whose dates are longer.</summary>
    private static bool IsOld(IReadOnlyList<Row> rows, Paint paint) =>
        rows.Any(row =>
            row is TriggerRow change
            && TimeZoneInfo.ConvertTime(change.At, paint.Zone).Year != TimeZoneInfo.ConvertTime(paint.Now, paint.Zone).Year
        );
}
