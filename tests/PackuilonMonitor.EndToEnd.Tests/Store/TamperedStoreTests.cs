using System.Reactive.Concurrency;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Store;

/// <summary>
/// Another program, a bad disk or a curious hand: whatever stands in whichever row and column, it is told and never fatal.
/// </summary>
public sealed class TamperedStoreTests
{
    private static readonly string[] Tables = ["builds", "triggers", "logs", "pairs"];

    private static readonly object[] Values =
    [
        DBNull.Value,
        "",
        "text",
        1L,
        -1L,
        long.MinValue,
        long.MaxValue,
        1.5,
        double.PositiveInfinity,
        new byte[] { 0, 255 },
        new string('x', 5_000),
    ];

    // Only text that is JSON reaches what reads it.
    private static readonly object[] Logs =
    [
        "{}",
        "[]",
        "null",
        "5",
        "{\"steps\":5}",
        "{\"steps\":[[99,\"x\",1,null]]}",
        "{\"marks\":-1,\"said\":99999999999}",
        "{\"reasons\":1,\"failed\":[\"x\",1,null,7]}",
        "{\"left\":[[99,null]]}",
        "{\"lines\":-5,\"problems\":[[1,2,\"x\",1,-1]]}",
        "{\"stages\":[[null,1,null]],\"components\":[[null,1,null,null,1,1]]}",
    ];

    private TempFolder _folder = null!;

    private string Path => _folder["state/history.db"];

    [SetUp]
    public void MakeStore()
    {
        _folder = new TempFolder();
        using var store = HistoryStore.Write(Path).Store!;
        store.Put([GivenBuilds.Good(1), GivenBuilds.Failed(2), GivenBuilds.Running(3)], ChangeLedger.Empty);
        store.Put([Changed("first"), Changed("second")]);
        store.Put("", [Pair("first"), Pair("second")], [], [], Given.Noon);
        foreach (var build in new[] { GivenBuilds.Good(1), GivenBuilds.Failed(2) })
            store.Put(
                build.Id,
                build.StartedAt!.Value,
                LineTimes.None.Grown(2, build.StartedAt),
                new PackedLog([0x0b, 0x02, 0x80, 0x61, 0x0a, 0x61, 0x0a, 0x03], 4, 2)
            );
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Store_WithAnyValueInAnyColumn_IsReadWithoutIt()
    {
        var told = 0;
        foreach (var table in Tables)
        {
            foreach (var column in Columns(table))
            {
                foreach (var value in column == "log" ? [.. Values, .. Logs] : Values)
                {
                    var path = Tampered(
                        $"CREATE TABLE {table} AS SELECT * FROM old_{table}",
                        table,
                        ($"UPDATE {table} SET {column} = $value WHERE rowid = 1", value)
                    );
                    if (Use(path, $"{table}.{column} = {value}") is not null)
                        told++;
                }
            }
        }

        // Not every value is wrong everywhere; that the names and texts are, is told.
        Assert.That(told, Is.GreaterThan(30));
    }

    [Test]
    public void Store_WithoutAColumn_IsReportedAndNotFatal()
    {
        foreach (var table in Tables)
        {
            foreach (var column in Columns(table))
            {
                var kept = Columns(table).Where(other => other != column);
                var path = Tampered(
                    $"CREATE TABLE {table} AS SELECT {string.Join(", ", kept)} FROM old_{table}",
                    table,
                    ("SELECT $value", 0)
                );
                Assert.That(
                    Use(path, $"{table} without {column}"),
                    Does.Contain("column").Or.Contain("constraint"),
                    $"{table} without {column}"
                );
            }
        }
    }

    [Test]
    public void Store_WithoutATable_IsReportedAndNotFatal()
    {
        foreach (var table in Tables)
        {
            var path = Tampered("SELECT 1", table, ("SELECT $value", 0));
            Assert.That(Use(path, $"no {table}"), Does.Contain("no such table"), table);
        }
    }

    /// <summary>All that the program does with a store. What is told, or null.</summary>
    private string? Use(string path, string what)
    {
        string? told = null;
        Tolerate(() =>
        {
            using var store = HistoryStore.Read(path).Store!;
            foreach (var build in store.Builds(10).Select(build => build.Id).Append("none"))
                _ = store.Log(build);
            _ = store.Extent();
            _ = store.Triggers();
            _ = store.Kept();
            _ = store.Pairs("");
            told ??= store.Remark;
        });
        Tolerate(() =>
        {
            using var store = HistoryStore.Write(path).Store!;
            store.Put([GivenBuilds.Failed(1), GivenBuilds.Good(2)], ChangeLedger.Empty);
            store.Put([Changed("first")]);
            store.Put("", [Pair("first")], ["second"], ["third"], Given.Noon);
            store.Put(GivenBuilds.Good(1).Id, GivenBuilds.Good(1).StartedAt!.Value, LineTimes.None.Grown(3, null), null);
            _ = store.HasRoom(1, DateTimeOffset.UnixEpoch, Retention.Usual);
            store.Trim(Retention.Usual, GivenBuilds.Good(1).StartedAt!.Value);
        });
        var news = new List<HistoryNews>();
        var clock = new HistoricalScheduler(GivenBuilds.Good(1).StartedAt!.Value);
        using (var recorder = new HistoryRecorder(path, Retention.Usual, new LogDirectory(_folder.Path), clock, news.Add))
        {
            recorder.Begin();
            clock.AdvanceBy(TimeSpan.FromSeconds(2));
        }

        Assert.That(news, Is.Not.Empty, what);
        return told ?? news[^1].Why;

        void Tolerate(Action act)
        {
            try
            {
                act();
            }
            catch (SqliteException error)
            {
                told ??= HistoryStore.WhyNot(error);
            }
            catch (Exception error)
            {
                Assert.Fail($"{what}: {error}");
            }
        }
    }

    // Without the constraints that keep most of it out.
    private string Tampered(string make, string table, (string Text, object Value) change)
    {
        var path = _folder[$"tampered-{Guid.NewGuid():N}.db"];
        File.Copy(Path, path);
        using var store = new SqliteConnection($"Data Source={path};Pooling=False");
        store.Open();
        void Do(string text)
        {
            using var command = store.CreateCommand();
            command.CommandText = text;
            command.Parameters.AddWithValue("$value", change.Value);
            command.ExecuteNonQuery();
        }

        Do("DROP VIEW steps");
        Do($"ALTER TABLE {table} RENAME TO old_{table}");
        Do(make);
        var key = table switch
        {
            "logs" => "build",
            "pairs" => "factory, profile",
            _ => "id",
        };
        if (make != "SELECT 1")
            Try(() => Do($"CREATE UNIQUE INDEX one_{table} ON {table} ({key})"));
        Do(change.Text);
        Do($"DROP TABLE old_{table}");
        return path;

        static void Try(Action act)
        {
            try
            {
                act();
            }
            catch (SqliteException)
            {
                // The column is the one that is missing.
            }
        }
    }

    private string[] Columns(string table)
    {
        using var store = new SqliteConnection($"Data Source={Path};Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var row = command.ExecuteReader();
        var names = new List<string>();
        while (row.Read())
            names.Add(row.GetString(0));
        return [.. names];
    }

    private static RememberedPair Pair(string profile) => new(profile, new ImageName("lab-sl7x-x86_64"));

    private static Trigger Changed(string id) =>
        new(id, "factory", Given.Noon, Given.Noon, "image-factory-lab", true, TriggerResult.Queued, Given.Noon, null, false, ["one"]);
}
