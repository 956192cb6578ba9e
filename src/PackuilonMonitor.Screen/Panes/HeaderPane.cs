using System.Globalization;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>
/// The top lines of every screen. First the overall state and the worst checks, host and clock; then what ended, how many build and wait;
/// on a wide screen the stages of a change.
/// </summary>
public static class HeaderPane
{
    /// <summary>Columns from which on there is a clock.</summary>
    public const int ClockFrom = 40;

    private const int HostFrom = 60;
    private const int SecondsFrom = 160;
    private const int StateColumns = 8;
    private const int LeastColumns = 20;
    private const int Gap = HeaderChecks.Gap;

    public static void Render(Snapshot snapshot, UserState view, ScreenState state, CellBuffer into, Paint paint)
    {
        if (into.Size.Rows > 0)
            First(snapshot, state.Frozen is { Past: null }, into, paint);
        if (into.Size.Rows > 1)
            Second(snapshot, view, state, into, paint);
        if (into.Size.Rows > 2)
            Stages(snapshot, into, paint);
    }

    /// <summary>The one word about the whole.</summary>
    public static Piece State(Snapshot snapshot, Paint paint)
    {
        if (!snapshot.IsComplete)
            return new("reading", paint.Palette.Dim);
        var overall = snapshot.OverallAt(paint.Now);
        return new(overall.Name(), HealthWords.Style(overall, paint.Palette));
    }

    /// <summary>How much is done, for a factory's heading among several.</summary>
    public static IEnumerable<Piece> Parts(Snapshot snapshot, Paint paint, bool wide)
    {
        yield return State(snapshot, paint);
        if (HeaderChecks.Raised(snapshot, paint) is [var (raised, _), ..])
            yield return new(
                $"{raised.Check.Code.Name()} {HealthWords.Short(raised.Check, paint)}",
                HealthWords.Style(raised.Check.Severity, paint.Palette)
            );
        yield return Building(snapshot, paint, wide);
        yield return Queue(snapshot, paint, wide);
    }

    /// <summary>The checks that the first line names.</summary>
    public static IReadOnlyList<RaisedCheck> ShownChecks(Snapshot snapshot, ScreenSettings settings, Size size, DateTimeOffset now) =>
        size.Columns < LeastColumns || !snapshot.IsComplete
            ? []
            : First(
                snapshot,
                false,
                new CellBuffer(new Size(size.Columns, 1), settings.Glyphs.IsAscii),
                new Paint(settings.Palette, settings.Glyphs, settings.Zone, now)
            );

    /// <summary>Draws the first line; the checks that it names.</summary>
    private static IReadOnlyList<RaisedCheck> First(Snapshot snapshot, bool isFrozen, CellBuffer into, Paint paint)
    {
        var (palette, width) = (paint.Palette, into.Size.Columns);
        var state = State(snapshot, paint);
        var x = width < HostFrom ? 0 : 1;
        into.Write(0, x, state.Text, state.Style);
        var end = Clock(isFrozen, into, paint);
        x += width < HostFrom ? state.Text.Length + 1 : StateColumns;
        var raised = snapshot.IsComplete ? HeaderChecks.Raised(snapshot, paint) : [];
        int RoomTo(int column) => column - Gap + (width < HostFrom ? 2 : 0) - x;
        HeaderChecks In(int room) => HeaderChecks.In(raised, room - Tail(MutedText(snapshot, paint, room / 2)), paint);
        var host = HostOf(snapshot, width);
        var beside = end - TextWidth.Of(host, into.IsAscii) - (width < 100 ? 2 : Gap);
        // The host gives way to a check that has no room beside it.
        if (host.Length > 0 && (raised.Count == 0 || In(RoomTo(beside)) is { Fits: true } fit && fit.Hidden == In(RoomTo(end)).Hidden))
            into.Write(0, end = beside, host, palette.Plain);
        var room = RoomTo(end);
        if (!snapshot.IsComplete)
            return [];
        var muted = MutedText(snapshot, paint, room / 2);
        if (raised.Count == 0)
        {
            var calm = snapshot.OverallAt(paint.Now) is Overall.Ok && muted.Length == 0 ? "healthy" : muted;
            into.Write(0, x, calm, palette.Dim, Math.Max(0, room));
            return [];
        }

        var checks = In(room);
        foreach (var (one, text) in checks.Shown)
        {
            var code = Math.Min(HealthWords.Whose(one).Length + one.Check.Code.Name().Length, text.Length);
            into.Write(0, x, text[..code], HealthWords.Style(one.Check.Severity, palette)).Write(0, x + code, text[code..], palette.Plain);
            x += TextWidth.Of(text, into.IsAscii) + Gap;
        }

        if (checks.Hidden > 0)
        {
            into.Write(0, x, checks.More, palette.Warning);
            x += checks.More.Length + Gap;
        }

        into.Write(0, x, muted, palette.Dim, Math.Max(0, end - 1 - x));
        return [.. checks.Shown.Select(one => one.Raised)];
    }

    private static int Tail(string muted) => muted.Length > 0 ? muted.Length + Gap : 0;

    /// <summary>At the right edge; where it begins.</summary>
    private static int Clock(bool isFrozen, CellBuffer into, Paint paint)
    {
        var (palette, width) = (paint.Palette, into.Size.Columns);
        if (width < ClockFrom)
            return width;
        var clock = paint.Clock(paint.Now);
        var x = width - clock.Length - (width < HostFrom ? 0 : 1);
        into.Write(0, x, clock, palette.Plain);
        if (!isFrozen)
            return x;
        x -= "FROZEN".Length + 1;
        into.Write(0, x, "FROZEN", palette.Selected);
        return x;
    }

    /// <summary>Empty where there is no room for it in any case.</summary>
    private static string HostOf(Snapshot snapshot, int width)
    {
        if (width < HostFrom || snapshot.Host is not { Length: > 0 } whole)
            return "";
        var host = SafeText.Plain(width < 100 && !snapshot.IsNamed ? whole.Split('.')[0] : whole);
        return TextWidth.Of(host) > width / 4 ? "" : host;
    }

    /// <summary>Mutes are never hidden: each by its name, or how many there are.</summary>
    private static string MutedText(Snapshot snapshot, Paint paint, int room)
    {
        var muted = snapshot.ChecksAt(paint.Now).Where(raised => raised.Check.IsMuted).ToArray();
        var text = string.Join(' ', muted.Select(raised => HealthWords.Muted(raised, paint)));
        return text.Length <= room ? text : string.Create(CultureInfo.InvariantCulture, $"({muted.Length} muted)");
    }

    private static void Second(Snapshot snapshot, UserState view, ScreenState state, CellBuffer into, Paint paint)
    {
        var width = into.Size.Columns;
        var wide = width >= 100;
        var x = width - (width < HostFrom ? 0 : 1);
        var isUnread = NothingReadPane.IsAll(snapshot);
        Piece[] counts = isUnread
            ? [new("queue ?"), new($"{BuildingWord(wide)} ?")]
            : [Queue(snapshot, paint, wide), Building(snapshot, paint, wide)];
        if (state.Frozen is { Past: not null })
        {
            var pieces = width >= HostFrom ? counts.Sum(piece => piece.Text.Length + Gap) : 0;
            PastPane.Render(state, into.Part(new Area(0, 1, width, 1)), x - pieces, paint);
        }

        if (width >= (state.Frozen is { Past: not null } ? HostFrom : ClockFrom))
        {
            foreach (var piece in counts)
            {
                x -= piece.Text.Length;
                into.Write(1, x, piece.Text, state.Frozen is { Past: not null } ? paint.Palette.Selected : piece.Style);
                x -= Gap;
            }
        }

        if (!snapshot.IsComplete || state.Frozen is { Past: not null })
            return;
        var (left, end) = (width < HostFrom ? 0 : 1, x);
        if (isUnread)
        {
            into.Write(1, left, "nothing read yet", paint.Palette.Plain, Math.Max(0, end - left));
            return;
        }

        var mark = view.Sight.Mark;
        var since = NewsWords.SinceLine(NewsList.Unseen(snapshot, mark, paint.Now), mark, paint);
        foreach (var (place, piece) in since.Concat(NewsWords.Cleared(state.Alerts.Health.Events, mark, paint)).Index())
        {
            // What has no room is left out whole.
            if (place > 1 && left + piece.Text.Length > end)
                break;
            into.Write(1, left, piece.Text, piece.Style, Math.Max(0, end - left));
            left += piece.Text.Length + (place == 0 ? 1 : 2);
        }

        var day = RecentPane.Summary(snapshot, paint.Now);
        if (wide && left + 4 + day.Length < end)
            into.Write(1, left + 4, day, paint.Palette.Plain);
    }

    private static Piece Building(Snapshot snapshot, Paint paint, bool wide)
    {
        var all = snapshot.Workers.Count(row => row.Thread is not null);
        var building = snapshot.Workers.Count(row => row.Running is not null);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{BuildingWord(wide)} {building}{(all > 0 ? $"/{all}" : "")}"),
            building > 0 ? paint.Palette.Running : paint.Palette.Plain
        );
    }

    private static string BuildingWord(bool wide) => wide ? "building" : "build";

    private static Piece Queue(Snapshot snapshot, Paint paint, bool wide) => new(
        string.Create(CultureInfo.InvariantCulture, $"queue {snapshot.Waiting}{(snapshot.IsMeasured && wide ? " (broker)" : "")}"),
        snapshot.Waiting > 0 ? paint.Palette.Warning : paint.Palette.Plain);

    private static void Stages(Snapshot snapshot, CellBuffer into, Paint paint)
    {
        var x = 1;
        if (snapshot.Factories is [var only])
        {
            // What nobody could read is not known to be nothing.
            var isUnread = NothingReadPane.IsAll(snapshot);
            var stages = only.HealthAt(paint.Now).Stages;
            var arrow = $" {paint.Glyphs.Arrow} ";
            var said = new Piece[stages.Length];
            // The last stage says whether anybody builds: rather fewer words than one that is cut off.
            for (var detail = into.Size.Columns < SecondsFrom ? StageDetail.Minutes : StageDetail.Seconds; ; detail++)
            {
                for (var place = 0; place < said.Length; place++)
                    said[place] = isUnread ? new("?") : StageWords.Of(stages[place], only, paint, detail);
                if (detail is StageDetail.Shortest || HasRoom())
                    break;
            }

            for (var place = 0; place < said.Length; place++)
            {
                if (place > 0)
                {
                    into.Write(2, x, arrow, paint.Palette.Dim);
                    x += Width(arrow);
                }

                x = Write(into, x, new(StageWords.Name(stages[place]), paint.Palette.Plain)) + 1;
                x = Write(into, x, said[place]);
            }

            return;

            bool HasRoom()
            {
                var columns = 1 - Width(arrow);
                for (var place = 0; place < said.Length; place++)
                    columns += Width(arrow) + Width(StageWords.Name(stages[place])) + 1 + Width(SafeText.Plain(said[place].Text));
                return columns < into.Size.Columns;
            }

            int Width(string text) => TextWidth.Of(text, into.IsAscii);
        }

        x = Write(into, x, new("stages", paint.Palette.Plain)) + Gap;
        foreach (var factory in snapshot.Factories)
        {
            x = Write(into, x, new(factory.Name ?? "", paint.Palette.Heading)) + 1;
            x = Write(into, x, StageWords.Of(factory, paint)) + Gap;
        }
    }

    private static int Write(CellBuffer into, int x, Piece piece)
    {
        var text = SafeText.Plain(piece.Text);
        into.Write(2, x, text, piece.Style, Math.Max(0, into.Size.Columns - 1 - x));
        return x + TextWidth.Of(text, into.IsAscii);
    }
}
