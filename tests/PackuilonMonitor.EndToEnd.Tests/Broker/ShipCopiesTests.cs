using System.Globalization;
using System.Text;
using System.Text.Json;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Store;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>
/// Logs that are not in their files any more: a reader elsewhere has them from the stream, or from the recorder's copies.
/// </summary>
public sealed class ShipCopiesTests
{
    private const int Kill = 9;
    private const int Patience = TestPatience.Milliseconds;
    private const string Lab = "lab-sl7x-x86_64.managed.json.log";
    private const string Norm = "norm-sl7x-x86_64.managed.json.log";

    private readonly Dictionary<string, string> _logs = [];
    private RabbitServer _server = null!;
    private TempFolder _folder = null!;
    private int _minute;

    [OneTimeSetUp]
    public void StartServer() => _server = new RabbitServer();

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public void Begin()
    {
        _folder = new TempFolder();
        _logs.Clear();
        _minute = 0;
        Directory.CreateDirectory(_folder["log"]);
        Say("rabbit2packer.py: Starting");
        Say("rabbit2packer.py: Starting Thread-1");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void LogsThatWereGoneBeforeTheShipperBegan_AreReadFromTheRecordersCopies()
    {
        using (var record = RunningProgram.Start(RunningProgram.Monitor, ["record", .. Local]))
        {
            record.WaitFor("recording into");
            Build(Lab, 400);
            AssertCopied();
            Build(Norm, 3_000);
            AssertCopied();
            File.Delete(_folder[$"log/{Norm}"]);
            Build(Lab, 20);
            AssertCopied();
            record.End();
        }

        using (var ship = Ship("a"))
        {
            ship.WaitFor("shipping to");
            AssertRead("a");
            ship.End(Kill);
        }

        var before = MessagesOf("a");
        using var again = Ship("a");
        again.WaitFor("shipping to");
        Build(Norm, 30);

        AssertRead("a");
        Assert.That(MessagesOf("a") - before, Is.LessThanOrEqualTo(3), "the new log, and tables, but no copy again");
    }

    [Test]
    public void LogThatIsOverwrittenWhileItIsShipped_IsReadFromTheStream()
    {
        using var ship = Ship("b", "--no-history");
        ship.WaitFor("shipping to");
        Build(Lab, 400);
        AssertRead("b");
        Build(Lab, 200);
        AssertRead("b");
        Build(Lab, 300);

        AssertRead("b");
    }

    /// <summary>What was written while nobody shipped is in the copy alone, behind what was shipped.</summary>
    [Test]
    public void LogThatWasShippedInPartWhenItWasOverwritten_IsReadWhole()
    {
        using var record = RunningProgram.Start(RunningProgram.Monitor, ["record", .. Local]);
        record.WaitFor("recording into");
        using (var ship = Ship("c"))
        {
            ship.WaitFor("shipping to");
            Start(Lab);
            Write(Lab, Lines(Lab, 500));
            Assert.That(() => FetchedSize("c"), Is.EqualTo(new FileInfo(_folder[$"log/{Lab}"]).Length).After(Patience, 500));
            ship.End(Kill);
        }

        Finish(Lab, Lines(Lab, 700));
        AssertCopied();
        Build(Lab, 50);
        AssertCopied();
        using var again = Ship("c");
        again.WaitFor("shipping to");

        AssertRead("c");
    }

    /// <summary>Its copy is published before another build begins the file.</summary>
    [Test]
    public void LogThatWasDeletedWhenItWasShippedInPart_IsReadWholeBeforeAndAfterItsFileBeginsAgain()
    {
        using var record = RunningProgram.Start(RunningProgram.Monitor, ["record", .. Local]);
        record.WaitFor("recording into");
        using (var ship = Ship("d"))
        {
            ship.WaitFor("shipping to");
            Start(Lab);
            Write(Lab, Lines(Lab, 500));
            Assert.That(() => FetchedSize("d"), Is.EqualTo(new FileInfo(_folder[$"log/{Lab}"]).Length).After(Patience, 500));
            ship.End(Kill);
        }

        Finish(Lab, Lines(Lab, 700));
        AssertCopied();
        File.Delete(_folder[$"log/{Lab}"]);
        using var again = Ship("d");
        again.WaitFor("shipping to");
        AssertRead("d");

        Start(Lab);
        // The line of a build comes before its log.
        Assert.That(() => Flags(Remote("d")).Count, Is.EqualTo(2).After(Patience, 500));
        Finish(Lab, Lines(Lab, 50));

        AssertRead("d");
    }

    /// <summary>Also when it begins again, and the whole stream comes once more.</summary>
    [Test]
    public void RecorderOfAShippedFactory_KnowsWhatItsLogsTell()
    {
        using var ship = Ship("e", "--no-history");
        ship.WaitFor("shipping to");
        Build(Lab, 40);
        using (var record = Record())
        {
            AssertRecorded();
            Build(Norm, 30);
            AssertRecorded();
            record.End(Kill);
        }

        Build(Lab, 20);
        using var again = Record();
        AssertRecorded();
        Assert.That(again.End(), Is.EqualTo(128 + RunningProgram.Terminate));

        RunningProgram Record()
        {
            var record = RunningProgram.Start(
                RunningProgram.Monitor,
                ["record", "--from", Server, "--factory", "e", "--time-zone", "UTC", "--state-dir", _folder["remote"]]
            );
            record.WaitFor("recording into");
            return record;
        }
    }

    /// <summary>The store of a recorder elsewhere has each build, with a log of as many lines.</summary>
    private void AssertRecorded() =>
        Assert.That(
            () =>
            {
                using var store = HistoryStore.Read(_folder["remote/history.db"]).Store;
                return store?.Builds(100).Select(build => (build.Id, build.Log?.LineCount)) ?? [];
            },
            Is.EquivalentTo(_logs.Select(log => (log.Key, (long?)log.Value.Count(letter => letter == '\n')))).After(Patience, 200)
        );

    private long FetchedSize(string name) => RemoteFactory.FetchedSize(RemoteFactory.At(_server.Port, name, Now), Lab);

    private void Build(string file, int lines)
    {
        Start(file);
        File.WriteAllText(_folder[$"log/{file}"], "");
        Finish(file, Lines(file, lines));
    }

    private void Start(string file)
    {
        _minute++;
        Say($"rabbit2packer.py: Thread-1 processing {file[..file.IndexOf('.')]}");
        Say($"rabbit2packer.py: packer build starting, see: /log//{file} for details");
        _logs[Id(file)] = "";
    }

    private string Id(string file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}@{Now.ToUnixTimeSeconds()}");

    private void Finish(string file, string lines)
    {
        Write(file, lines);
        Write(file, $"==> {file}: made an image\nBuild 'openstack' finished.\n");
        Say($"rabbit2packer.py: Thread-1: image built successfully: {file[..^4]}");
    }

    private void Write(string file, string text)
    {
        File.AppendAllText(_folder[$"log/{file}"], text);
        _logs[_logs.Keys.Last(id => id.StartsWith(file, StringComparison.Ordinal))] += text;
    }

    private string Lines(string file, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(line => $"    {file}: line {line} of build {_minute}, of some length\n"));

    private DateTimeOffset Now => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddMinutes(_minute);

    private void Say(string text) =>
        _folder.Append("messages", string.Create(CultureInfo.InvariantCulture, $"{Now:yyyy-MM-dd'T'HH:mm:ss}+00:00 host /{text}\n"));

    private void AssertCopied() =>
        Assert.That(
            () =>
            {
                using var store = HistoryStore.Read(_folder["state/history.db"]).Store;
                return _logs.Count(log => store?.Log(log.Key)?.Bytes.Length == Encoding.UTF8.GetByteCount(log.Value));
            },
            Is.EqualTo(_logs.Count).After(Patience, 200)
        );

    /// <summary>A reader elsewhere has each log to the byte, and knows of none that is gone.</summary>
    private void AssertRead(string name)
    {
        var remote = Remote(name);
        var expected = string.Join(" ", _logs.Select(log => $"[{log.Key}, []]"));
        Assert.That(() => string.Join(" ", Flags(remote)), Is.EqualTo(expected).After(Patience, 500));
        foreach (var (id, text) in _logs)
            Assert.That(Shell.Tell("", RunningProgram.Monitor, ["log", id, .. remote]), Is.EqualTo((0, text)), id);
    }

    private static Dictionary<string, string> Flags(string[] sources)
    {
        var (_, printed) = Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. sources]);
        var line = printed.Split('\n').First(text => text.StartsWith('{'));
        return JsonDocument.Parse(line)
            .RootElement.GetProperty("builds")
            .EnumerateArray()
            .ToDictionary(build => build.GetProperty("id").GetString()!, build => build.GetProperty("flags").GetRawText());
    }

    /// <summary>How many messages are in the stream of logs.</summary>
    private long MessagesOf(string name)
    {
        using var connection = _server.Connect();
        using var channel = connection.CreateChannelAsync().GetAwaiter().GetResult();
        return channel
            .QueueDeclarePassiveAsync(EventStream.Of("--from", Server, name).LogQueue)
            .GetAwaiter()
            .GetResult()
            .MessageCount;
    }

    private string[] Remote(string name) => ["--from", Server, "--factory", name, "--time-zone", "UTC", "--no-history"];

    private string Server => $"amqp://guest:guest@127.0.0.1:{_server.Port}";

    private string[] Local =>
    [
        "--messages", _folder["messages"], "--log-dir", _folder["log"], "--config", _folder.Write("config.ini", ""), "--time-zone", "UTC",
        "--state-dir", _folder["state"],
    ];

    private RunningProgram Ship(string name, params string[] more) =>
        RunningProgram.Start(RunningProgram.Monitor, ["ship", "--to", Server, "--factory", name, .. Local, .. more]);
}
