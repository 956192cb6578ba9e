using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>What ended, newest first: how, why, and how long against what is usual; messages that came to no build among them.</summary>
public static class RecentPane
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly Column<Row> Ended = new("ended", 6, (row, _, paint) =>
        new(At(row) is { } at ? paint.Minute(at) : "-", paint.Palette.Plain)
    );

    /// <summary>For lists with a row of another year.</summary>
    private static readonly Column<Row> EndedLongAgo = Ended with { Width = 8 };

    private static readonly Column<Row> Word = new("end", 4, (row, _, paint) => new(WordOf(row), Shade(row, paint)));

    private static readonly Column<Row> SignAndWord = new("end", 6, (row, _, paint) =>
        new($"{SignOf(row, paint)} {WordOf(row)}", Shade(row, paint))
    );

    private static readonly Column<Row> Name = new("image.template", 18, (row, _, paint) => new(NameOf(row), paint.Palette.Plain))
    {
        Grows = 2,
        Cut = ShortName.In,
        Takes = RoomTaken.OfEmpty,
    };

    private static readonly Column<Row> Cause = new("cause, or image id", 20, (row, snapshot, paint) => CauseOf(row, snapshot, paint))
    {
        Grows = 1,
        Takes = RoomTaken.OfAll,
        Essential = CauseWords.EssentialOf,
        Shorter = CauseWords.WithoutDirectories,
        Cut = CauseWords.In,
    };

    private static readonly Column<Row> Took =
        new("took", 7, (row, _, paint) => new(row.Build?.Took is { } took ? Words.Span(took) : "", paint.Palette.Plain))
        {
            Right = true,
            Yields = true,
            Drop = 1,
        };

    private static readonly Column<Row> Usual =
        new("usual", 7, (row, snapshot, paint) => new(row.Build is null ? "" : UsualOf(row, snapshot), paint.Palette.Dim))
        {
            Right = true,
            Drop = 2,
            Yields = true,
        };

    private static readonly Column<Row> LastTen = new("last 10", 16, (row, snapshot, paint) =>
        new(TrendOf(row, snapshot, paint), paint.Palette.Dim)
    )
    {
        Drop = 3,
        IsPicture = true,
        Yields = true,
    };

    private static readonly Column<Row>[] Narrow = [Ended, Word, Name, Cause, Took];

    /// <summary>Behind the cause stand the columns that it may cover, the least valuable first.</summary>
    private static readonly Column<Row>[] Wide =
    [
        Ended,
        SignAndWord,
        Name with
        {
            Width = 30,
            Grows = 1,
        },
        Cause with
        {
            Width = 30,
            Grows = 3,
        },
        LastTen,
        Usual,
        Took,
    ];

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var cursor = view.Place[Pane.Recent];
        var rows = Lists.Of(snapshot, view.Place, Pane.Recent, paint.Now);
        var focused = view.Place.Focus is Pane.Recent;
        var gutter = RowList.Gutter(form);
        var shown = (form is ScreenForm.Wide ? Wide : Narrow).Select(column =>
            column == Ended && IsOld(snapshot, paint) ? EndedLongAgo : column
        );
        var columns = new Columns<Row>(shown.WithFactory(snapshot), into.Size.Columns - gutter - 1)
            .FitTo(RowList.Visible(rows, cursor, focused, into.Size.Rows - 2), snapshot, paint);
        var title = RowList.Title("RECENT", cursor, rows.Count);
        var mark = view.Sight.Mark;
        bool IsUnseen(Row row) => NewsList.IsUnseen(row, snapshot, mark);
        var leading = view.Place.First.IsEmpty
            ? []
            : NewsList
                .KindsOf(CauseRows.Members(rows).Where(row => view.Place.First.Contains(row.Id) && IsUnseen(row)))
                .ToArray();
        var first = leading.Length > 0 ? $"unseen first: {NewsWords.Counts(leading)}" : "";
        RowList.Rule(into, 0, title, focused, paint, form);
        columns.Titles(into, 1, gutter, paint.Palette.Dim);
        if (form is ScreenForm.Narrow && columns.Start("took") is { } end)
        {
            var counts = first.Length > 0 ? first : Summary(snapshot, paint.Now);
            var x = title.Length + 4;
            // The heading of the causes stays where the counts leave it room.
            if (columns.Start(Cause.Title) is { } cause && x + counts.Length + 1 < cause)
                end = cause;
            into.Write(1, gutter, new string(' ', end), paint.Palette.Plain)
                .Write(1, gutter, title, RowList.TitleStyle(focused, paint), end)
                .Write(1, gutter + x, counts, paint.Palette.Plain, Math.Max(0, end - x));
        }
        else if (first.Length > 0)
        {
            into.Write(0, Math.Max(0, into.Size.Columns - first.Length - 6), $" {first} ", paint.Palette.Plain);
        }

        if (rows.Count == 0)
            into.Write(2, gutter, cursor.Filter.Length > 0 ? "none match" : "no build has ended", paint.Palette.Dim);
        RowList.Render(
            into,
            2,
            rows,
            cursor,
            focused,
            paint,
            form,
            (cells, line, row) => columns.Row(cells, line, gutter, row, snapshot, paint),
            IsUnseen
        );
        var free = form is ScreenForm.Wide
            ? (From: title.Length + 4, To: into.Size.Columns - (first.Length > 0 ? first.Length + 6 : 0))
            : (From: 0, To: into.Size.Columns);
        OutOfSight.Render(into, free, rows, cursor, focused, IsUnseen, paint);
    }

    /// <summary>The results of the last 24 hours; what is none is not named.</summary>
    public static string Summary(Snapshot snapshot, DateTimeOffset now)
    {
        var text = NewsWords.Counts(NewsList.KindsOf(snapshot.Ended.TakeWhile(row => At(row) is not { } at || now - at < Day)));
        return $"24 h: {(text.Length > 0 ? text : "no build has ended")}";
    }

    public static string TextOf(Row row, Snapshot snapshot, Paint paint) => RowText.Of(Narrow.Union(Wide), row, snapshot, paint);

    /// <summary>The oldest row is of another year, whose dates are longer.</summary>
    private static bool IsOld(Snapshot snapshot, Paint paint) =>
        snapshot.Ended is [.., var last]
        && At(last) is { } at
        && TimeZoneInfo.ConvertTime(at, paint.Zone).Year != TimeZoneInfo.ConvertTime(paint.Now, paint.Zone).Year;

    public static DateTimeOffset? At(Row row) => NewsList.At(row);

    public static string UsualOf(Row row, Snapshot snapshot) =>
        row.Build is { } build && snapshot.PastOf(build).Usual is { } usual ? Words.Span(usual) : "-";

    public static string TrendOf(Row row, Snapshot snapshot, Paint paint) =>
        row.Build is { } build ? Trend.Of(snapshot.PastOf(build).LastTenUpTo(build), paint.Glyphs) : "";

    /// <summary>Why it ended so; for a good build only what is out of the ordinary.</summary>
    public static string WhyOf(Row row, Snapshot snapshot) => row switch
    {
        RejectionRow { Rejection: var rejection } => $"{snapshot.Of(row.Factory).WhyRefused(rejection)}  refused before Packer",
        BuildRow { View: var build } => snapshot.EndingOf(build).Why,
        CauseRow cause => cause.Cause,
        _ => "",
    };

    /// <summary>Of a good build the image's id and what was slow; else the cause.</summary>
    public static Piece CauseOf(Row row, Snapshot snapshot, Paint paint)
    {
        var why = WhyOf(row, snapshot);
        if (row is not BuildRow { View: { State: BuildState.Succeeded } build })
            return new(why, Shade(row, paint));
        var id = build.ImageId is { } image ? image[..Math.Min(8, image.Length)] : "";
        var parts = new[] { id, snapshot.EndingOf(build).Slower, why }.Where(part => part.Length > 0);
        return new(string.Join("  ", parts), why.Length > 0 ? paint.Palette.Warning : paint.Palette.Plain);
    }

    private static string WordOf(Row row) => CauseRows.First(row) is BuildRow { View: var build } ? Words.Result(build.State) : "FAIL";

    private static string SignOf(Row row, Paint paint) =>
        CauseRows.First(row) is BuildRow { View: var build } ? paint.Sign(build.State) : paint.Glyphs.Failed;

    public static string NameOf(Row row) => row switch
    {
        BuildRow { View: var build } => Words.Name(build),
        CauseRow cause => string.Create(CultureInfo.InvariantCulture, $"{cause.Members.Count}x {NameOf(cause.Members[0])}"),
        RejectionRow { Rejection: var rejection } => rejection.Image?.Text ?? $"a message of {Words.Thread(rejection.Worker)}",
        _ => "",
    };

    private static Style Shade(Row row, Paint paint) =>
        CauseRows.First(row) is BuildRow { View: var build } ? paint.Style(build.State) : paint.Palette.Bad;
}
