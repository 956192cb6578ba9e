using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Store;

/// <summary>The rows of the table of triggers.</summary>
internal static class TriggerRecord
{
    private const string Upsert = """
        INSERT OR REPLACE INTO triggers (id, host, at, packet_at, profile, is_new, result, queued_at, taken_at, by_name, builds)
        VALUES ($id, $host, $at, $packet, $profile, $new, $result, $queued, $taken, $byName, $builds)
        """;

    private static readonly (TriggerResult Result, string Word)[] Words =
    [
        (TriggerResult.Queued, "queued"), (TriggerResult.Unchanged, "unchanged"), (TriggerResult.NewUnchanged, "new-unchanged"),
        (TriggerResult.NotDownloaded, "not-downloaded"), (TriggerResult.PushFailed, "push-failed"),
    ];

    public static void Write(SqliteConnection store, Trigger trigger) =>
        store.Do(
            Upsert,
            ("$id", trigger.Id),
            ("$host", trigger.Host),
            ("$at", trigger.At.ToUnixTimeMilliseconds()),
            ("$packet", trigger.PacketAt?.ToUnixTimeMilliseconds()),
            ("$profile", trigger.Profile),
            ("$new", trigger.New ? 1 : 0),
            ("$result", trigger.Result is { } result ? Words.First(pair => pair.Result == result).Word : null),
            ("$queued", trigger.QueuedAt?.ToUnixTimeMilliseconds()),
            ("$taken", trigger.TakenAt?.ToUnixTimeMilliseconds()),
            ("$byName", trigger.ByName ? 1 : 0),
            ("$builds", string.Join('\n', trigger.Builds ?? []))
        );

    /// <summary>All readable rows, and the number of unreadable ones.</summary>
    public static (IReadOnlyList<Trigger> Triggers, int Unread) All(SqliteConnection store)
    {
        using var command = store.Command(
            "SELECT id, host, at, packet_at, profile, is_new, result, queued_at, taken_at, by_name, builds FROM triggers ORDER BY at, id"
        );
        using var row = command.ExecuteReader();
        var (found, unread) = (new List<Trigger>(), 0);
        while (row.Read())
        {
            if (
                row.Text(0) is not { Length: > 0 } id
                || row.Text(1) is not { } host
                || row.Time(2) is not { } at
                || row.Text(4) is not { } profile
            )
            {
                unread++;
                continue;
            }

            var word = row.Text(6);
            found.Add(
                new Trigger(
                    id,
                    host,
                    at,
                    row.Time(3),
                    profile,
                    row.Whole(5) is not (null or 0),
                    Words.Where(pair => pair.Word == word).Select(pair => (TriggerResult?)pair.Result).FirstOrDefault(),
                    row.Time(7),
                    row.Time(8),
                    row.Whole(9) is not (null or 0),
                    [.. (row.Text(10) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)]
                )
            );
        }

        return (found, unread);
    }
}
