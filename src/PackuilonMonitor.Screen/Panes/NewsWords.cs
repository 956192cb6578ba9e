using System.Globalization;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Core.Text;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.Text;

namespace PackuilonMonitor.Screen.Panes;

/// <summary>The words for what was not seen.</summary>
public static class NewsWords
{
    private static readonly (NewsKind Kind, string Word)[] Counted =
    [
        (NewsKind.Good, "ok"),
        (NewsKind.Failed, "FAILED"),
        (NewsKind.Lost, "LOST"),
        (NewsKind.Refused, "refused"),
        (NewsKind.NotBuilt, "not built"),
        (NewsKind.Cancelled, "cancelled"),
    ];

    /// <summary><c>since 17:40: 14 ok  2 FAILED  1 LOST</c>, each part with its colour.</summary>
    public static IEnumerable<Piece> SinceLine(IReadOnlyList<News> unseen, SeenMark mark, Paint paint)
    {
        yield return new($"since {Since(mark.LookedAt, paint.Now, paint.Zone)}:", paint.Palette.Plain);
        var any = false;
        foreach (var (kind, word) in Counted)
        {
            if (unseen.Count(news => news.Kind == kind) is not (> 0 and var count))
                continue;
            any = true;
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{count} {word}"),
                kind is NewsKind.Failed or NewsKind.Lost ? paint.Palette.Bad : paint.Palette.Plain
            );
        }

        if (!any)
            yield return new("nothing ended", paint.Palette.Dim);
    }

    /// <summary><c>DAEMON_DOWN 12:29-12:33</c>: checks that were raised and cleared again since somebody looked, newest first.</summary>
    public static IEnumerable<Piece> Cleared(IReadOnlyList<HealthEvent> events, SeenMark mark, Paint paint)
    {
        foreach (var turns in events.Where(turn => turn.At > mark.LookedAt).Reverse().GroupBy(turn => (turn.Factory, turn.Code)))
        {
            if (
                turns.First() is { Turn: HealthTurn.Cleared } cleared
                && turns.FirstOrDefault(turn => turn.Turn is HealthTurn.Raised) is { } raised
            )
                yield return new(
                    $"{(turns.Key.Factory is { } factory ? $"{factory} " : "")}{turns.Key.Code.Name()} "
                    + $"{paint.Minute(raised.At)}-{paint.Minute(cleared.At)}",
                    paint.Palette.Plain
                );
        }
    }

    /// <summary><c>2 FAILED  1 LOST</c></summary>
    public static string Counts(IEnumerable<NewsKind> kinds)
    {
        var counts = new int[Enum.GetValues<NewsKind>().Length];
        foreach (var kind in kinds)
            counts[(int)kind]++;
        return string.Join("  ", Counted
            .Where(one => counts[(int)one.Kind] > 0)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{counts[(int)one.Kind]} {one.Word}")));
    }

    /// <summary>The time of day, with the day of the week or the date for another day.</summary>
    public static string Since(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (local, current) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        var days = (current.Date - local.Date).Days;
        return local.ToString(days == 0 ? "HH:mm" : days is > 0 and < 7 ? "ddd HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>What it is, in a line; parts of it are text of others.</summary>
    public static string Of(News news, Snapshot snapshot, DateTimeOffset now, TimeZoneInfo zone)
    {
        var clock = Words.Minute(news.At, now, zone);
        return snapshot.Ended.Concat(snapshot.Triggers).FirstOrDefault(row => row.Id == news.Row) switch
        {
            BuildRow { View: var build } row =>
                $"{Word(news.Kind)} {clock} "
                + $"{Words.Name(build)}{(RecentPane.WhyOf(row, snapshot) is { Length: > 0 } why ? $": {why}" : "")}",
            RejectionRow rejected =>
                $"{Word(news.Kind)} {clock} {rejected.Rejection.Image?.Text ?? "a message"}: "
                + $"{snapshot.Of(rejected.Factory).WhyRefused(rejected.Rejection)}",
            TriggerRow { Trigger: { } trigger } => $"{Word(news.Kind)} {clock} {Words.Profile(trigger.Profile)}",
            _ => $"{clock} {CheckText(news, snapshot, now)}",
        };
    }

    private static string Word(NewsKind kind) => Counted.FirstOrDefault(one => one.Kind == kind).Word ?? "";

    private static string CheckText(News news, Snapshot snapshot, DateTimeOffset now) =>
        snapshot
            .ChecksAt(now)
            .SelectMany(raised =>
                raised.Check.Items.Where(item => NewsList.KeyOf(raised, item) == news.Key).Select(item => $"{raised.Key} {item.Text}")
            )
            .FirstOrDefault("");
}
