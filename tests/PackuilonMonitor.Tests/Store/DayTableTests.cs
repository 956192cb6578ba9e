using System.Globalization;
using System.Reactive.Concurrency;
using System.Text;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Core.Days;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>
/// Drawn days as a recorder stores them: after each line the changed fields of the store, and the notices about it. The recorder keeps few
/// logs and no long past, and restarts now and then. ACCEPT=1 rewrites the tables.
/// </summary>
public sealed class DayTableTests
{
    private const int Days = 5;

    /// <summary>The key of each table, and what is shown of a row.</summary>
    private static readonly (string Table, string Columns)[] Tables =
    [
        (
            "builds",
            "id, state, thread, template, host, taken_at, started_at, ended_at, exit_code, line, log_shared, trigger_id, reason, image_id, "
                + "length(log) AS log"
        ),
        (
            "triggers",
            "id, host, at, packet_at, profile, is_new, result, queued_at, taken_at, by_name, replace(builds, char(10), ' ') AS builds"
        ),
        ("pairs", "profile, image, seen_at"),
        ("logs", "build, started_at, lines, size, hex(times) AS times, packed IS NOT NULL AS packed"),
    ];

    [Test]
    public void Day_ThatIsRecorded_IsStoredAsListed([Values(DayKind.Builds, DayKind.Logs, DayKind.Changes)] DayKind kind)
    {
        var text = new StringBuilder();
        for (var number = 0; number < Days; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"day {number}\n");
            Record(new DrawnDay(kind, 300 + number, length: 45), text);
        }

        Golden.Matches($"Days.Stored.{kind}.txt", DrawnDay.Short(text.ToString()));
    }

    private static void Record(DrawnDay day, StringBuilder text)
    {
        using var folder = new TempFolder();
        var (clock, news, store) = (new HistoricalScheduler(Given.Noon), new List<HistoryNews>(), folder["history.db"]);
        var keeping = new Retention(true, 60, TimeSpan.FromHours(3));
        var begin = Given.Seen(new LogDirectoryRead());
        var (state, logs, before) = (MonitorState.Empty.Apply(begin), SeenLogs.None, new Dictionary<string, string>());
        var recorder = Recorder();
        try
        {
            foreach (var (index, (says, seen)) in day.Seen.Index())
            {
                if (index % 17 == 16)
                {
                    text.Append("begins again\n");
                    recorder.Dispose();
                    recorder = Recorder();
                    recorder.Begin();
                }

                if (seen.Event is BuildLogRead read)
                    folder.Write(read.File, new string('\n', (int)read.Log.LineCount));
                else if (seen.Event is BuildLogGone gone)
                    folder.Delete(gone.File);
                (state, logs) = (state.Apply(seen), logs.And([seen]));
                recorder.See(logs, state);
                var next = clock.Now.AddSeconds(1);
                clock.AdvanceTo(seen.At > next ? seen.At : next);
                var now = Rows(store);
                text.Append(CultureInfo.InvariantCulture, $"{says}\n");
                if (Content.Changes(before, now) is { Length: > 0 } changes)
                    text.Append(CultureInfo.InvariantCulture, $"    {changes}\n");
                foreach (var told in news)
                {
                    text.Append(CultureInfo.InvariantCulture, $"    > {told.Count} since {told.Since:HH:mm:ss}, ")
                        .Append(CultureInfo.InvariantCulture, $"{told.Builds.Count} loaded, ")
                        .Append(CultureInfo.InvariantCulture, $"{told.Kept.Count} kept{(told.Why is { } why ? $", {why}" : "")}\n");
                }

                (before, news) = (now, Empty(news));
            }
        }
        finally
        {
            recorder.Dispose();
        }

        HistoryRecorder Recorder() => new(store, keeping, new LogDirectory(folder.Path), clock, news.Add);
    }

    private static List<HistoryNews> Empty(List<HistoryNews> news)
    {
        news.Clear();
        return news;
    }

    /// <summary>All rows, by table, key and column.</summary>
    private static Dictionary<string, string> Rows(string store)
    {
        var rows = new Dictionary<string, string>();
        if (!File.Exists(store))
            return rows;
        using var connection = new SqliteConnection($"Data Source={store};Pooling=False;Mode=ReadOnly");
        connection.Open();
        foreach (var (table, columns) in Tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {columns} FROM {table} ORDER BY 1";
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                for (var column = 1; column < row.FieldCount; column++)
                {
                    if (row.GetValue(column) is not DBNull and var value)
                        rows[$"{table[0]}.{row.GetValue(0)}.{row.GetName(column)}"] = Shown(row.GetName(column), value);
                }
            }
        }

        return rows;
    }

    private static string Shown(string column, object value) =>
        value is long at && (column is "at" || column.EndsWith("_at", StringComparison.Ordinal))
            ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
