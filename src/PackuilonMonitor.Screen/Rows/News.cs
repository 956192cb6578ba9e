using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;

namespace PackuilonMonitor.Screen.Rows;

/// <summary>What can be seen or not, the worst first.</summary>
public enum NewsKind
{
    Lost,
    Failed,

    /// <summary>A message that came to no build.</summary>
    Refused,

    /// <summary>A change of which no message was made.</summary>
    NotBuilt,
    Cancelled,

    /// <summary>A check that no row of the overview is about.</summary>
    Check,

    /// <summary>A good build: it is counted, and needs no look.</summary>
    Good,
}

/// <summary>Something that happened after the user's mark and was not seen.</summary>
/// <param name="Key">Which: the id of its row where it has one.</param>
/// <param name="Pane">The list of the overview that its row stands in; null where none does.</param>
/// <param name="Row">The id of that row; of a check the id of the item's row on HEALTH.</param>
/// <param name="Rank">The severity of the check that is about it; lower is worse.</param>
public sealed record News(string Key, NewsKind Kind, DateTimeOffset At, Pane? Pane, string Row, int Rank)
{
    /// <summary>It asks for a look.</summary>
    public bool IsBad => Kind is not NewsKind.Good;
}

/// <summary>What a user has not seen.</summary>
public static class NewsList
{
    private const int NoCheck = 3;

    /// <summary>The same, worked out once for each moment.</summary>
    public static IReadOnlyList<News> Unseen(Snapshot snapshot, SeenMark mark, DateTimeOffset now) =>
        snapshot.Latest((mark, now), () => Of(snapshot, mark, now));

    /// <summary>The worst first: by the check that is about it, then by its kind, then the newest.</summary>
    public static IReadOnlyList<News> Of(Snapshot snapshot, SeenMark mark, DateTimeOffset now)
    {
        // Nothing is announced while it is still being read.
        if (!snapshot.IsComplete)
            return [];
        var found = Ended(snapshot, mark).Concat(Changes(snapshot, mark)).ToDictionary(news => news.Key, StringComparer.Ordinal);
        foreach (var raised in snapshot.ChecksAt(now).Where(raised => !raised.Check.IsMuted))
        {
            foreach (var item in raised.Check.Items.Where(item => !item.Muted && item.Since > mark.At))
            {
                var row = OverviewProblems.RowOf(snapshot, raised, item);
                var rank = FactoryHealth.Rank(raised.Check.Severity);
                if (row is { } place && found.TryGetValue(place.Row, out var known))
                    found[place.Row] = known with { Rank = Math.Min(known.Rank, rank) };
                else if (row is not (Pane.Recent or Pane.Triggers, _) && KeyOf(raised, item) is var key && !mark.Keys.Contains(key))
                    found[key] = new News(
                        key,
                        NewsKind.Check,
                        item.Since!.Value,
                        row?.Pane,
                        row?.Row ?? new CheckItemRow(raised, item).Id,
                        rank
                    );
            }
        }

        return [.. found.Values.OrderBy(news => news.Rank).ThenBy(news => news.Kind).ThenByDescending(news => news.At)];
    }

    /// <summary>How an item of a check is remembered: raised again it is another.</summary>
    public static string KeyOf(RaisedCheck raised, HealthItem item) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{raised.KeyOf(item)}@{item.Since?.ToUnixTimeSeconds()}");

    /// <summary>Whether a row bears the sign of what was not seen.</summary>
    public static bool IsUnseen(Row row, Snapshot snapshot, SeenMark mark) =>
        // Each has a method of its own: a lambda here would cost an object for every row.
        row switch
        {
            TriggerRow change => IsUnseen(change, snapshot, mark),
            CheckRow check => IsUnseen(check.Raised, mark),
            CauseRow cause => IsUnseen(cause, snapshot, mark),
            CheckItemRow item => !item.Item.Muted && !mark.HasSeen(KeyOf(item.Raised, item.Item), item.Item.Since),
            _ => KindOf(row) is not null && !mark.HasSeen(row.Id, At(row)),
        };

    private static bool IsUnseen(TriggerRow change, Snapshot snapshot, SeenMark mark) =>
        KindOf(change) is not null && !mark.HasSeen(change.Id, change.At)
        || HasUnseenFailure(change.Builds, mark)
        || change.Rejection is { } rejection && rejection.At > mark.At && IsUnseen(rejection, snapshot, mark);

    /// <summary>Asked for each change in each picture, so nothing is made for what was seen.</summary>
    private static bool HasUnseenFailure(IReadOnlyList<BuildView> builds, SeenMark mark)
    {
        for (var at = 0; at < builds.Count; at++)
        {
            if (
                builds[at] is { State: BuildState.Failed or BuildState.Lost or BuildState.Cancelled } build
                && (build.EndedAt ?? build.StartedAt) > mark.At
                && !mark.Keys.Contains(new BuildRow(build).Id)
            )
                return true;
        }

        return false;
    }

    private static bool IsUnseen(Rejection rejection, Snapshot snapshot, SeenMark mark) =>
        snapshot
            .Ended.TakeWhile(ended => At(ended) > mark.At)
            .Any(ended =>
                ended is RejectionRow refused && ReferenceEquals(refused.Rejection, rejection) && !mark.Keys.Contains(ended.Id)
            );

    private static bool IsUnseen(RaisedCheck raised, SeenMark mark) =>
        raised.Check.Items.Any(item => !item.Muted && !mark.HasSeen(KeyOf(raised, item), item.Since));

    private static bool IsUnseen(CauseRow cause, Snapshot snapshot, SeenMark mark) =>
        cause.Members.Any(member => IsUnseen(member, snapshot, mark));

    /// <summary>What an ended row is; null for one that is none of these.</summary>
    public static NewsKind? KindOf(Row row) =>
        row switch
        {
            CauseRow cause => KindOf(cause.Members[0]),
            RejectionRow => NewsKind.Refused,
            BuildRow { View.State: BuildState.Failed } => NewsKind.Failed,
            BuildRow { View.State: BuildState.Lost } => NewsKind.Lost,
            BuildRow { View.State: BuildState.Cancelled } => NewsKind.Cancelled,
            BuildRow { View.State: BuildState.Succeeded } => NewsKind.Good,
            TriggerRow { Trigger.Result: TriggerResult.NotDownloaded or TriggerResult.PushFailed or TriggerResult.NewUnchanged } =>
                NewsKind.NotBuilt,
            _ => null,
        };

    /// <summary>What the rows are, without those that are none of these.</summary>
    public static IEnumerable<NewsKind> KindsOf(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            if (KindOf(row) is { } kind)
                yield return kind;
        }
    }

    /// <summary>When it happened.</summary>
    public static DateTimeOffset? At(Row row) => row switch
    {
        BuildRow { View: var build } => build.EndedAt ?? build.StartedAt,
        RejectionRow { Rejection: var rejection } => rejection.At,
        TriggerRow trigger => trigger.At,
        CauseRow cause => At(cause.Members[0]),
        _ => null,
    };

    private static IEnumerable<News> Ended(Snapshot snapshot, SeenMark mark) => snapshot.Ended
        .TakeWhile(row => At(row) > mark.At)
        .Where(row => KindOf(row) is not null && !mark.Keys.Contains(row.Id))
        .Select(row => new News(row.Id, KindOf(row)!.Value, At(row)!.Value, Pane.Recent, row.Id, NoCheck));

    // Unfinished changes stand first, however old they are, so the list is not in order of time.
    private static IEnumerable<News> Changes(Snapshot snapshot, SeenMark mark) => snapshot.Triggers
        .Where(row => KindOf(row) is not null && At(row) > mark.At && !mark.Keys.Contains(row.Id))
        .Select(row => new News(row.Id, KindOf(row)!.Value, At(row)!.Value, Pane.Triggers, row.Id, NoCheck));
}
