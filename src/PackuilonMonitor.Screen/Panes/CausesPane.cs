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

/// <summary>FAILURES BY CAUSE: one row a cause with its count, and behind it, unfolded, what failed by it.</summary>
public static class CausesPane
{
    private static readonly Column<CauseRow>[] Causes =
    [
        new("count", 5, (row, _, paint) => new(string.Create(CultureInfo.InvariantCulture, $"{row.Members.Count}x"), paint.Palette.Heading))
        {
            Right = true,
        },
        new("newest", 6, (row, _, paint) => Time(row.Members[0], paint)),
        new("first", 6, (row, _, paint) => Time(row.Members[^1], paint)) { Drop = 2 },
        new("cause", 24, (row, _, paint) => new(row.Cause, paint.Palette.Bad)) { Grows = 3 },
        new("images", 24, (row, _, paint) => new(Images(row), paint.Palette.Plain)) { Grows = 1, Drop = 3 },
        new("good since", 10, (row, snapshot, paint) => new(GoodOf(row, snapshot), paint.Palette.Dim)) { Drop = 1 },
    ];

    private static readonly Column<MemberRow>[] Members =
    [
        new("", 5, (_, _, _) => new("")),
        new("newest", 6, (row, _, paint) => Time(row.Of, paint)),
        new("", 1, (_, _, _) => new("")) { Drop = 2 },
        new("image.template", 24, (row, _, paint) => new(NameOf(row.Of), paint.Palette.Plain)) { Grows = 3, Cut = ShortName.In },
        new("thr", 3, (row, _, paint) => new(row.Of.Build?.Worker is { } worker ? Words.Thread(worker) : "", paint.Palette.Dim)),
        new("took", 7, (row, _, paint) => new(row.Of.Build?.Took is { } took ? Words.Span(took) : "", paint.Palette.Plain))
        {
            Right = true,
            Drop = 1,
        },
        new("good since", 10, (row, snapshot, paint) =>
            new(CauseRows.GoodSince(row.Of, snapshot) is { } at ? paint.Minute(at) : "-", paint.Palette.Dim)
        ),
    ];

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form)
    {
        var rows = Lists.Of(snapshot, view.Place, Pane.Whole, paint.Now);
        var failed = CauseRows.Failed(snapshot, view.Place, paint.Now).Count();
        var ended = CauseRows.Ended(snapshot, view.Place, paint.Now);
        var of = view.Place.Subject is { } image ? $" of {SafeText.Plain(FactoryName.Own(view.Place.Factory, image))}" : "";
        var first = ListPane.Heading(
            view,
            rows.Count,
            into,
            paint,
            form,
            string.Create(CultureInfo.InvariantCulture, $"FAILURES BY CAUSE{of}  24 h: {failed} of {ended}"),
            "nothing failed in 24 hours"
        );
        var gutter = RowList.Gutter(form);
        var causes = new Columns<CauseRow>(Causes.WithFactory(snapshot), into.Size.Columns - gutter - 1);
        var members = new Columns<MemberRow>(Members.WithFactory(snapshot), into.Size.Columns - gutter - 1);
        if (first > 1)
            causes.Titles(into, 1, gutter, paint.Palette.Dim);
        RowList.Render(
            into, first, rows, view.Place[Pane.Whole], true, paint, form,
            (cells, line, row) =>
            {
                if (row is CauseRow cause)
                    causes.Row(cells, line, gutter, cause, snapshot, paint);
                else if (row is MemberRow member)
                    members.Row(cells, line, gutter, member, snapshot, paint);
            },
            row => row is MemberRow member ? NewsList.IsUnseen(member.Of, snapshot, view.Sight.Mark)
                : row is CauseRow cause && cause.Members.Any(one => NewsList.IsUnseen(one, snapshot, view.Sight.Mark)));
    }

    public static string TextOf(CauseRow row, Snapshot snapshot, Paint paint) => RowText.Of(Causes, row, snapshot, paint);

    public static string TextOf(MemberRow row, Snapshot snapshot, Paint paint) => RowText.Of(Members, row, snapshot, paint);

    private static Piece Time(Row row, Paint paint) => new(NewsList.At(row) is { } at ? paint.Minute(at) : "-", paint.Palette.Plain);

    private static string NameOf(Row row) => row switch
    {
        BuildRow { View: var build } => Words.Name(build),
        RejectionRow { Rejection: var rejection } => rejection.Image?.Text ?? $"a message of {Words.Thread(rejection.Worker)}",
        _ => "",
    };

    /// <summary>What failed by it, each once.</summary>
    public static IEnumerable<string> Names(CauseRow row) => row.Members.Select(NameOf).Distinct();

    private static string Images(CauseRow row)
    {
        var names = Names(row).ToArray();
        return names.Length == 1 ? names[0] : string.Create(CultureInfo.InvariantCulture, $"{names.Length} images");
    }

    /// <summary>How many of them succeeded since, which distinguishes past failures from lasting ones.</summary>
    private static string GoodOf(CauseRow row, Snapshot snapshot) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Members.Count(member => CauseRows.GoodSince(member, snapshot) is not null)} of {row.Members.Count}"
        );
}
