using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>A factory's build logs through a real RabbitMQ: a reader elsewhere has what the host has, to the byte.</summary>
public sealed class ShipLogsTests
{
    private const int Kill = 9;
    private const int Patience = TestPatience.Milliseconds;

    private RabbitServer _server = null!;
    private TempFolder _folder = null!;
    private SimulatedFactory _factory = null!;
    private FactoryWriter _writer = null!;
    private DateTimeOffset _now;

    [OneTimeSetUp]
    public void StartServer() => _server = new RabbitServer();

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public void BuildForAnHour()
    {
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        var plan = new FactoryPlan { Seed = 11 };
        _factory = new SimulatedFactory(plan with { Scenario = plan.Scenario with { RotatedEvery = null } });
        _writer = new FactoryWriter(_folder["messages"], _folder["log"]);
        _now = plan.Start;
        Work(TimeSpan.FromHours(1));
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Reader_HasStepsExitCodesReasonsAndLogsOfTheHost()
    {
        using var ship = Ship("a");
        ship.WaitFor("shipping to");
        var here = Status(Local);
        string[] parts = ["step", "exitCode", "reason", "flags", "leftBehind", "state", "imageId"];
        string Told(JsonElement builds) =>
            string.Join(
                '\n',
                builds.EnumerateArray().Select(build => string.Join(' ', parts.Select(part => build.GetProperty(part).GetRawText())))
            );

        Assert.That(() => Told(Status(Remote("a"))), Is.EqualTo(Told(here)).After(Patience, 500));
        Assert.That(
            here.EnumerateArray().Count(build => build.GetProperty("exitCode").ValueKind is JsonValueKind.Number),
            Is.GreaterThan(3)
        );
        foreach (var build in here.EnumerateArray().Where(IsReadable).Take(3))
        {
            var id = build.GetProperty("id").GetString()!;
            var (code, printed) = Shell.Tell("", RunningProgram.Monitor, ["log", id, .. Remote("a")]);
            Assert.That((code, printed), Is.EqualTo(Shell.Tell("", RunningProgram.Monitor, ["log", id, .. Local])), id);
        }
    }

    [Test]
    public void Logs_ThroughKillsAndABrokerRestart_AreAtEachReaderToTheByte()
    {
        var ship = Ship("b");
        ship.WaitFor("shipping to");
        for (var turn = 0; turn < 4; turn++)
        {
            Work(TimeSpan.FromMinutes(7));
            if (turn == 1)
            {
                ship.End(Kill);
                ship.Dispose();
                Work(TimeSpan.FromMinutes(5));
                ship = Ship("b");
                ship.WaitFor("shipping to");
            }

            if (turn == 2)
            {
                _server.Stop();
                Work(TimeSpan.FromMinutes(5));
                _server.Start();
            }
        }

        var expected = RemoteFactory.Sums(Directory.GetFiles(_folder["log"], "*.log"));
        for (var reader = 0; reader < 2; reader++)
        {
            var sources = Remotely("b");
            Assert.That(
                () =>
                {
                    var state = sources.ReadAll();
                    return expected.Keys.All(file => state.Logs.Find(file) is not null && sources.Shipped!.Whole("", file) is null)
                        ? RemoteFactory.Sums(expected.Keys.Select(file => sources.PlaceOf("", file).Source.Path))
                        : null;
                },
                Is.EqualTo(expected).After(Patience, 1_000)
            );
        }

        Assert.That(ship.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        ship.Dispose();
    }

    /// <summary>A second on a way of 50 ms is 20 round trips.</summary>
    [Test]
    public void FirstPage_OfALogOverASlowWay_NeedsFewBytesAndRoundTrips()
    {
        var big = _folder.Write("log/big.managed.json.1772434800.log", "");
        File.WriteAllLines(big, Enumerable.Range(0, 20_000).Select(line => $"    big: line {line} of a log that is long"));
        using var ship = Ship("c", "--log-rate", "100000");
        ship.WaitFor("shipping to");
        var name = Path.GetFileName(big);
        Assert.That(() => Fetched(Remotely("c"), name), Is.EqualTo(RemoteFactory.Sums([big])).After(Patience, 500));
        using var proxy = new DelayingProxy(_server.Port, TimeSpan.FromMilliseconds(25));
        var slow = Remotely("c", proxy.Port);
        slow.ReadAll();
        var (before, turns) = (proxy.Received, proxy.RoundTrips);
        var place = slow.PlaceOf("", name);
        var (received, roundTrips) = (0L, 0L);
        Assert.That(
            () =>
            {
                var looked = place.Stat();
                (received, roundTrips) = (proxy.Received - before, proxy.RoundTrips - turns);
                return looked.Found && looked.Status.Size >= 8 * 1024;
            },
            Is.True.After(Patience, 1)
        );
        Assert.That(received, Is.Positive);
        Assert.That(roundTrips, Is.Positive);
        Assert.That(received, Is.LessThanOrEqualTo(64 * 1024));
        Assert.That(roundTrips, Is.LessThanOrEqualTo(20 - 5), "and as much again as the events may need");
        TestContext.Out.WriteLine($"{received} bytes, {roundTrips} round trips");
        Assert.That(Fetched(slow, name), Is.EqualTo(RemoteFactory.Sums([big])));
    }

    /// <summary>Before, among and behind those of ours, with numbers that lead elsewhere.</summary>
    [Test]
    public void Stream_WithMessagesOfOthers_IsShippedAndReadOnAndThoseAreReportedOnce()
    {
        var log = _folder.Write("log/some.managed.json.1772434800.log", "");
        void Write(int lines) =>
            File.AppendAllLines(log, Enumerable.Range(0, lines).Select(line => $"==> some: line {line} of a log that is not short"));
        Write(1_000);
        using (var first = Ship("f"))
        {
            first.WaitFor("shipping to");
            Assert.That(() => Fetched(Remotely("f"), Path.GetFileName(log)), Is.EqualTo(RemoteFactory.Sums([log])).After(Patience, 500));
            first.End(Kill);
        }

        PublishGarbage("f", 200);
        Write(1_000);
        using (var second = Ship("f"))
        {
            second.WaitFor("shipping to");
            Assert.That(() => Fetched(Remotely("f"), Path.GetFileName(log)), Is.EqualTo(RemoteFactory.Sums([log])).After(Patience, 500));
            PublishGarbage("f", 200);
            var late = _folder.Write("log/late.managed.json.1772434800.log", "    late: one line\n");
            Assert.That(() => Fetched(Remotely("f"), Path.GetFileName(late)), Is.EqualTo(RemoteFactory.Sums([late])).After(Patience, 500));
            Assert.That(second.End(), Is.EqualTo(128 + RunningProgram.Terminate), "garbage as the last message ends nothing");
        }

        var (code, printed) = Shell.Tell("", RunningProgram.Monitor, ["log", "some", .. Remote("f")]);
        Assert.That(code, Is.Zero, printed);
        var told = printed.Split('\n').Where(line => line.Contains("skipped", StringComparison.Ordinal)).ToList();
        Assert.That(told, Has.One.Items);
        var count = Regex.Match(
            told[0],
            "^packuilon-monitor: packuilon.logs.f: messages that are no parts of a log are skipped, ([0-9]+) so far$"
        );
        // Whoever fetches it reads on behind what is printed.
        Assert.That(int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture), Is.InRange(200, 400));
    }

    private void PublishGarbage(string name, int count)
    {
        using var connection = _server.Connect();
        using var channel = connection.CreateChannelAsync().GetAwaiter().GetResult();
        object?[] numbers = [null, "5", 1L, 3L, -1L, long.MaxValue, 1L << 52, 1.5];
        byte[][] bodies = ["garbage"u8.ToArray(), [], [0xFF, 0x00], "{}"u8.ToArray(), """{"type":"log-table","logs":[]}"""u8.ToArray()];
        for (var sent = 0; sent < count; sent++)
        {
            var properties = new BasicProperties
            {
                Headers = numbers[sent % numbers.Length] is { } number
                    ? new Dictionary<string, object?> { [LogPiece.Sequence] = number }
                    : null,
            };
            channel
                .BasicPublishAsync(
                    "",
                    EventStream.Of("--from", Server, name).LogQueue,
                    mandatory: false,
                    properties,
                    bodies[sent % bodies.Length]
                )
                .AsTask()
                .GetAwaiter()
                .GetResult();
        }
    }

    [Test]
    public void Ship_WithoutLogs_ShipsNone()
    {
        using var ship = Ship("d", "--no-logs");
        ship.WaitFor("shipping to");

        Assert.That(() => Status(Remote("d")).GetArrayLength(), Is.EqualTo(Status(Local).GetArrayLength()).After(Patience, 500));
        Assert.That(
            Status(Remote("d")).EnumerateArray().Where(build => build.GetProperty("startedAt").ValueKind is JsonValueKind.String),
            Is.All.Matches<JsonElement>(build => build.GetProperty("flags").GetRawText().Contains("log-gone"))
        );
        var id = Status(Remote("d")).EnumerateArray().Last().GetProperty("id").GetString()!;
        var (code, said) = Shell.Tell("", RunningProgram.Monitor, ["log", id, .. Remote("d")]);
        Assert.That((code, said), Is.EqualTo((3, said)));
        Assert.That(said, Does.Contain("its log is not in the stream"), "it may well be there on the host");
    }

    [Test]
    public void Log_EndedByASignalWhileItIsFetched_LeavesNothingBehind([Values(1, 2, 15)] int signal)
    {
        using var ship = Ship("g");
        ship.WaitFor("shipping to");
        JsonElement? Readable() => Status(Remote("g")).EnumerateArray().Where(IsReadable).Cast<JsonElement?>().FirstOrDefault();
        Assert.That(() => Readable(), Is.Not.Null.After(Patience, 500));
        using var slow = new DelayingProxy(_server.Port, TimeSpan.FromSeconds(1));
        var temporary = Directory.CreateDirectory(_folder["tmp"]).FullName;
        string[] from = ["--from", $"amqp://guest:guest@127.0.0.1:{slow.Port}", .. Remote("g")[2..]];
        // Whoever runs the tests may ignore signals, as nohup does, and programs inherit that.
        using var log = RunningProgram.Start(
            "env",
            ["--default-signal=HUP,INT", RunningProgram.Monitor, "log", Readable()!.Value.GetProperty("id").GetString()!, .. from],
            [("TMPDIR", temporary)]
        );

        Assert.That(() => Directory.EnumerateDirectories(temporary), Is.Not.Empty.After(Patience, 20));
        Assert.That(log.End(signal), Is.EqualTo(128 + signal));
        Assert.That(Directory.EnumerateDirectories(temporary), Is.Empty);
    }

    [Test]
    public void Log_WithoutAPlaceForTemporaryFiles_SaysWhatIsMissing()
    {
        using var ship = Ship("t");
        ship.WaitFor("shipping to");
        string? Readable() => Status(Remote("t")).EnumerateArray().FirstOrDefault(IsReadable) is { ValueKind: JsonValueKind.Object } build
            ? build.GetProperty("id").GetString()
            : null;
        Assert.That(Readable, Is.Not.Null.After(Patience, 500));

        (string, string)[] nowhere = [("TMPDIR", _folder["nowhere"])];
        using var log = RunningProgram.Start(RunningProgram.Monitor, ["log", Readable()!, .. Remote("t")], nowhere);

        Assert.That(log.Ended(), Is.EqualTo(3));
        Assert.That(string.Join('\n', log.Output), Does.Contain("no place for temporary files").And.Contain("set TMPDIR"));
    }

    [Test]
    public void Log_BeyondTheLimit_IsCutAndThatIsSaid()
    {
        var big = _folder.Write("log/big.managed.json.1772434800.log", new string('x', 1_500_000) + "\n");
        using var ship = Ship("e", "--log-limit", "1");
        ship.WaitFor("only its first 1048576 bytes are shipped");

        Assert.That(
            () => RemoteFactory.FetchedSize(Remotely("e"), Path.GetFileName(big)),
            Is.EqualTo(1024 * 1024).After(Patience, 500)
        );
    }

    private string[] Local =>
    [
        "--messages", _folder["messages"], "--log-dir", _folder["log"], "--config", _folder.Write("config.ini", ""), "--time-zone", "UTC",
        "--no-history", "--now", _now.ToString("O"),
    ];

    private string[] Remote(string name) =>
        ["--from", Server, "--factory", name, "--time-zone", "UTC", "--no-history", "--now", _now.ToString("O")];

    private string Server => $"amqp://guest:guest@127.0.0.1:{_server.Port}";

    private Sources Remotely(string name, int? port = null) => RemoteFactory.At(port ?? _server.Port, name, _now);

    /// <summary>The checksum of a log at a reader; of none where it is not there.</summary>
    private static Dictionary<string, string> Fetched(Sources sources, string file)
    {
        sources.ReadAll();
        var path = sources.PlaceOf("", file).Source.Path;
        return sources.Shipped!.Whole("", file) is null && File.Exists(path) ? RemoteFactory.Sums([path])
            : [];
    }

    private RunningProgram Ship(string name, params string[] more) =>
        RunningProgram.Start(RunningProgram.Monitor, ["ship", "--to", Server, "--factory", name, .. Local, .. more]);

    private void Work(TimeSpan time) => _writer.Write(_factory.StepsUntil(_now += time));

    private static JsonElement Status(string[] sources)
    {
        var (_, printed) = Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. sources]);
        var line = printed.Split('\n').First(text => text.StartsWith('{'));
        return JsonDocument.Parse(line).RootElement.GetProperty("builds");
    }

    private static bool IsReadable(JsonElement build) =>
        build.GetProperty("state").GetString() != "building" && !build.GetProperty("flags").GetRawText().Contains("log-");
}
