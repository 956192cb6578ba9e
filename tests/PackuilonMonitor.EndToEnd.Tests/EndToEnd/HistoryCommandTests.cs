using System.Diagnostics;
using System.Text.Json;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Logs;
using PackuilonMonitor.Tests.Store;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>What is remembered, printed by the program as a process.</summary>
public sealed class HistoryCommandTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void Remember()
    {
        _folder = new TempFolder();
        using var store = HistoryStore.Write(_folder["state/history.db"]).Store!;
        store.Put([GivenBuilds.Good(1), GivenBuilds.Failed(2)], ChangeLedger.Empty);
        var build = GivenBuilds.Failed(2);
        var log = string.Concat(GivenLogs.Failed.Select(line => line.Text + "\n"));
        _folder.Write("text", log);
        using var packed = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            brotli.Write(File.ReadAllBytes(_folder["text"]));
        store.Put(
            build.Id,
            build.StartedAt!.Value,
            LineTimes.None.Grown(GivenLogs.Failed.Length, build.StartedAt),
            new PackedLog(packed.ToArray(), log.Length, GivenLogs.Failed.Length)
        );
    }

    [TearDown]
    public void Forget() => _folder.Dispose();

    [Test]
    public void History_Json_HasStepTimesAndSaysWhatIsKept()
    {
        var (code, output, error) = Run("history", "--json");

        var builds = JsonDocument.Parse(output).RootElement.GetProperty("builds");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, error);
            Assert.That(
                builds.EnumerateArray().Select(build => build.GetProperty("state").GetString()),
                Is.EqualTo(new[] { "succeeded", "failed" })
            );
            Assert.That(builds[1].GetProperty("reason").GetString(), Is.EqualTo("Timeout waiting for SSH."));
            Assert.That(builds[0].GetProperty("steps")[0].GetProperty("durationSeconds").GetInt32(), Is.EqualTo(1));
            Assert.That(builds[0].GetProperty("components")[1].GetProperty("name").GetString(), Is.EqualTo("spma"));
            Assert.That(builds[0].GetProperty("keptLines").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(builds[1].GetProperty("keptLines").GetInt32(), Is.EqualTo(GivenLogs.Failed.Length));
            Assert.That(builds[0].GetProperty("startedAt").GetString(), Is.EqualTo("2026-11-22T12:00:00+00:00"));
        });
    }

    [Test]
    public void History_OfAnImage_IsOfThatAlone()
    {
        Assert.That(Run("history", "web-el9-x86_64").Output, Does.Contain("1/2").And.Contain("Timeout waiting for SSH."));
        Assert.That(Run("history", "other").Output, Is.EqualTo("no builds of other stored\n"));
    }

    /// <summary>As `log` and `wait` take it, and as `history` itself prints it.</summary>
    [TestCase("web-el9-x86_64.managed")]
    [TestCase("web-el9-x86_64.mgd")]
    [TestCase("web-el9-x86_64.managed.json")]
    public void History_OfAnImageAndItsTemplate_IsOfThatAlone(string name)
    {
        Assert.That(Run("history", name).Output, Does.Contain("1/2").And.Contain("web-el9-x86_64.mgd"));
        Assert.That(Run("history", "web-el9-x86_64.unm").Output, Is.EqualTo("no builds of web-el9-x86_64.unm stored\n"));
    }

    [Test]
    public void History_WithoutAStore_SaysSo()
    {
        var (code, output, error) = Run("history", "--json", "--state-dir", _folder["none"]);

        Assert.That((code, output.StartsWith("""{"schema":1,"builds":[]""", StringComparison.Ordinal)), Is.EqualTo((3, true)));
        Assert.That(error, Does.Contain("not there"));
    }

    [Test]
    public void Log_OfABuildWhoseFileIsErased_PrintsOurCopy()
    {
        var (code, output, error) = Run("log", "web-el9-x86_64.managed", "--plain");

        Assert.That(code, Is.Zero, error);
        Assert.That(output.Split('\n')[10], Is.EqualTo("==> openstack: Waiting for SSH to become available..."));
    }

    [Test]
    public void Log_OfABuildWithoutACopy_SaysSo()
    {
        var (code, _, error) = Run("log", GivenBuilds.Good(1).Id);

        Assert.That(code, Is.EqualTo(3));
        Assert.That(error, Does.Contain("no copy of it was kept"));
    }

    [TestCase("--no-history")]
    [TestCase("--now", "2026-11-23T00:00:00Z")]
    public void History_ThatIsOff_IsWrongUse(params string[] options)
    {
        var arguments = options[0] == "--now" ? options : [.. options, "--state-dir", _folder["state"]];

        Assert.That(Start("history", arguments).Code, Is.EqualTo(64));
    }

    [Test]
    public void Status_WithAStoreOfANewerProgram_GoesOnWithout()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder["state/history.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 7";
            command.ExecuteNonQuery();
        }

        _folder.Write(
            "messages",
            "Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing a-sl7x-x86_64\nNov 22 12:00:02 factory /rabbit2packer.py: "
            + "packer build starting, see: /log//a-sl7x-x86_64.managed.json.log for details\n"
        );
        var (code, output, error) = Run("status", "--json");

        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("builds").GetArrayLength(), Is.EqualTo(1));
        Assert.That(
            (code, error),
            Is.EqualTo(
                (
                    0,
                    $"packuilon-monitor: history not read: {_folder["state/history.db"]}: "
                    + $"written by a newer version of this program (schema 7, this one knows 2)\n"
                )
            )
        );
    }

    /// <summary>As an upset disk or a curious hand leaves it.</summary>
    [Test]
    public void Commands_WithAStoreWhoseColumnsAreNull_GoOnWithout()
    {
        string[] columns = ["logs.lines", "logs.size", "logs.packed", "logs.packed_size", "logs.times", "builds.state", "builds.log"];
        var messages = _folder.Write("messages", "Nov 22 12:00:01 factory /rabbit2packer.py: Thread-1 processing a-sl7x-x86_64\n");
        string[][] commands = [["history"], ["history", "--json"], ["log", "web-el9-x86_64.managed"], ["status", "--json"], ["health"]];
        Assert.Multiple(() =>
        {
            foreach (var column in columns)
            {
                var state = _folder[$"state-{column}"];
                Directory.CreateDirectory(state);
                File.Copy(_folder["state/history.db"], Path.Combine(state, "history.db"));
                SetNull(Path.Combine(state, "history.db"), column);
                foreach (var command in commands)
                {
                    var (code, _, error) = Run([.. command, "--state-dir", state, "--messages", messages]);
                    // A build whose row cannot be read is one that is not there: 64.
                    Assert.That(code, Is.LessThanOrEqualTo(64), $"{string.Join(' ', command)} with {column}: {error}");
                }
            }
        });
    }

    private static void SetNull(string path, string column)
    {
        var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE name = '{table}';
            PRAGMA writable_schema = RESET;
            """;
        command.ExecuteNonQuery();
        command.CommandText = $"UPDATE {table} SET {name} = NULL";
        Assert.That(command.ExecuteNonQuery(), Is.Positive);
    }

    private (int Code, string Output, string Error) Run(params string[] arguments) =>
        Start(arguments[0], [.. arguments.Contains("--state-dir") ? [] : (string[])["--state-dir", _folder["state"]], .. arguments[1..]]);

    private (int Code, string Output, string Error) Start(string command, string[] arguments)
    {
        Directory.CreateDirectory(_folder["log"]);
        if (!File.Exists(_folder["messages"]))
            _folder.Write("messages", "");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "packuilon-monitor"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                [
                    command,
                    .. arguments,
                    "--messages",
                    _folder["messages"],
                    "--log-dir",
                    _folder["log"],
                    "--config",
                    _folder.Write("config.ini", ""),
                    "--time-zone",
                    "UTC",
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
