using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The files that are read: how they are, since when, and what may be missing.</summary>
public static class SourcesPane
{
    private static readonly Column<SourceRow>[] Table =
    [
        new("", 1, (row, _, paint) =>
            InTrouble(row) ? new(paint.Glyphs.Problem, paint.Palette.Bad) : new(paint.Glyphs.Succeeded, paint.Palette.Good)
        )
        {
            IsPicture = true,
        },
        new("file", 12, (row, _, paint) => new(row.Reading.Source.Path, paint.Palette.Plain))
        {
            Grows = 2,
            Takes = RoomTaken.OfEmpty,
            // The end tells two sources apart.
            Cut = PathIn,
        },
        new("state", 14, (row, _, paint) =>
            new(row.Reading.UntimedText ?? row.Reading.Health?.Text ?? "read", InTrouble(row) ? paint.Palette.Bad : paint.Palette.Plain)
        )
        {
            Grows = 1,
        },
        new("since", 8, (row, _, paint) => new(row.Reading.Health is { } health ? paint.Clock(health.Since) : "-", paint.Palette.Plain))
        {
            Drop = 2,
        },
        new("lines", 9, (row, _, paint) => new(row.Reading.Lines.ToString(CultureInfo.InvariantCulture), paint.Palette.Plain))
        {
            Right = true,
            Drop = 1,
        },
        new("last", 5, (row, _, paint) => new(row.Reading.LastLineAt is { } at ? paint.Age(at) : "-", paint.Palette.Plain))
        {
            Right = true,
        },
        new("rotated", 7, (row, _, paint) =>
            new((row.Reading.Health?.Rotations ?? 0).ToString(CultureInfo.InvariantCulture), paint.Palette.Dim)
        )
        {
            Right = true,
            Drop = 3,
        },
        new("missing", 8, (row, _, paint) => new(row.Reading.GapText ?? "", paint.Palette.Warning)) { Grows = 1, Drop = 4 },
    ];

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form) =>
        ListPane.Render(snapshot, view, into, paint, form, "SOURCES", "nothing is read yet", Table.WithFactory(snapshot));

    public static string TextOf(SourceRow row, Snapshot snapshot, Paint paint) => RowText.Of(Table, row, snapshot, paint);

    private static string PathIn(string path, int width, bool ascii) =>
        TextWidth.Of(path, ascii) <= width ? path : TextWidth.CutMiddle(path, width, ascii);

    private static bool InTrouble(SourceRow row) => row.Reading.InTrouble;
}
