using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>All remembered builds of one image, newest first, their durations as bars.</summary>
public static class HistoryPane
{
    private const int BarColumns = 20;

    private static readonly Column<BuildRow>[] Table =
    [
        new("started", 12, (row, _, paint) => new(row.View.StartedAt is { } at ? paint.DayAndMinute(at) : "-", paint.Palette.Plain)),
        new("thr", 3, (row, _, paint) => new(row.View.Worker is null ? "-" : Words.Thread(row.View.Worker), paint.Palette.Dim))
        {
            Drop = 3,
        },
        new("template", 8, (row, _, paint) => new(Words.Template(row.View.Template), paint.Palette.Plain))
        {
            Takes = RoomTaken.OfEmpty,
        },
        new("end", 8, (row, _, paint) => new(EndOf(row), paint.Style(row.View.State))),
        new("took", 7, (row, _, paint) => new(TookOf(row, paint), paint.Palette.Plain)) { Right = true },
        new("usual", 7, (row, snapshot, paint) => new(RecentPane.UsualOf(row, snapshot), paint.Palette.Dim)) { Right = true, Drop = 2 },
        new("duration", BarColumns, BarOf) { Drop = 4, IsPicture = true },
        new("cause, or image id", 18, (row, snapshot, paint) => RecentPane.CauseOf(row, snapshot, paint))
        {
            Grows = 1,
            Shorter = CauseWords.WithoutDirectories,
        },
    ];

    private const int LeastName = 12;

    public static string TextOf(BuildRow row, Snapshot snapshot, Paint paint) => RowText.Of(Table, row, snapshot, paint);

    public static void Render(Snapshot snapshot, UserState view, CellBuffer into, Paint paint, ScreenForm form) =>
        ListPane.Render(
            snapshot,
            view,
            into,
            paint,
            form,
            Title(snapshot, view, into),
            "no builds of this image stored",
            Table
        );

    /// <summary>Of a long name the figures take the room.</summary>
    private static string Title(Snapshot snapshot, UserState view, CellBuffer into)
    {
        var (name, sum) = (SafeText.Plain(FactoryName.Own(view.Place.Factory, view.Place.Subject ?? "")), Sum(snapshot, view));
        var room = into.Size.Columns - 4 - "HISTORY of ".Length - TextWidth.Of(sum, into.IsAscii);
        return $"HISTORY of {ShortName.In(name, Math.Max(LeastName, room), into.IsAscii)}{sum}";
    }

    /// <summary>
    /// How many of its ended builds were good, and how long the newer half of those takes against the older: one number for the trend.
    /// </summary>
    private static string Sum(Snapshot snapshot, UserState view)
    {
        var ended = snapshot.Of(new ImageName(view.Place.Subject ?? ""), view.Place.Factory).Where(build => !build.Running).ToArray();
        if (ended.Length == 0)
            return "";
        var succeeded = ended.Where(build => build.State is BuildState.Succeeded).ToArray();
        var good = succeeded.Select(build => build.Took).OfType<TimeSpan>().ToArray();
        var share = string.Create(
            CultureInfo.InvariantCulture,
            $"  {succeeded.Length}/{ended.Length} ok ({Percent(succeeded.Length, ended.Length)}%)"
        );
        if (
            good.Length < 2 * Past.FewestBuilds
            || Spread.Of(good[..(good.Length / 2)]) is not { Median: { Ticks: > 0 } older }
            || Spread.Of(good[(good.Length / 2)..]) is not { Median: var newer }
        )
            return share;
        var change = (int)Math.Round((newer / older - 1) * 100);
        return change == 0
            ? share
            : string.Create(CultureInfo.InvariantCulture, $"{share}  newest half {Math.Abs(change)}% {(change > 0 ? "slower" : "faster")}");
    }

    /// <summary>Rounded, but all only where it is all.</summary>
    private static int Percent(int part, int whole) =>
        part == whole ? 100 : Math.Min(99, (int)Math.Round(part * 100.0 / whole, MidpointRounding.AwayFromZero));

    private static string EndOf(BuildRow row) => row.View.State is BuildState.Building ? "building" : Words.Result(row.View.State);

    private static string TookOf(BuildRow row, Paint paint) => row.View switch
    {
        { Took: { } took } => Words.Span(took),
        { StartedAt: { } at, Running: true } => paint.Since(at),
        _ => "-",
    };

    private static Piece BarOf(BuildRow row, Snapshot snapshot, Paint paint)
    {
        if (row.View.Took is not { } took)
            return new("");
        var longest = snapshot.Of(row.View.Image, row.Factory).Max(build => build.Took ?? TimeSpan.Zero);
        var full = longest > TimeSpan.Zero ? (int)Math.Clamp(Math.Round(took / longest * BarColumns), 0, BarColumns) : 0;
        return new(string.Concat(Enumerable.Repeat(paint.Glyphs.Done, full)), paint.Style(row.View.State));
    }
}
