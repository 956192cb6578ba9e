using System.Reactive.Concurrency;
using System.Text.Json;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>Factories whose events are shipped to a real RabbitMQ and read elsewhere.</summary>
public sealed class ShipTests
{
    private const int Kill = 9;

    private RabbitServer _server = null!;
    private TempFolder _folder = null!;

    [OneTimeSetUp]
    public void StartServer() => _server = new RabbitServer();

    [OneTimeTearDown]
    public void StopServer() => _server?.Dispose();

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void ThreeFactories_OneKilledAndTheBrokerRestarted_AreReadWithoutLossOrDouble()
    {
        string[] names = ["a", "b", "c"];
        var written = names.ToDictionary(name => name, _ => 0);
        void Write(string name, int count)
        {
            for (var end = written[name] + count; written[name] < end; written[name]++)
                _folder.Append(
                    name,
                    $"2026-11-22T12:{written[name] / 60 % 60:00}:{written[name] % 60:00}+00:00 host /rabbit2packer.py: "
                    + $"Thread-{written[name] % 4 + 1} processing {name}{written[name]}\n"
                );
        }

        using var tail = new EventLoopScheduler();
        using var hints = new DirectoryHints(tail);
        var readers = names.ToDictionary(name => name, name => new Reader(Stream(name), tail, hints));
        foreach (var name in names)
            Write(name, 300);
        var ships = names.ToDictionary(name => name, Ship);
        foreach (var name in names)
            ships[name].WaitFor("shipping to");
        Write("b", 200);
        ships["b"].End(Kill);
        Write("b", 200);
        ships["b"] = Ship("b");
        Write("a", 100);
        Assert.That(() => readers["b"].Count, Is.EqualTo(700).After(TestPatience.Milliseconds, 20));

        _server.Stop();
        foreach (var name in names)
            Write(name, 100);
        _server.Start();
        foreach (var name in names)
            Write(name, 50);

        Assert.Multiple(() =>
        {
            foreach (var name in names)
            {
                Assert.That(() => readers[name].Count, Is.GreaterThanOrEqualTo(written[name]).After(TestPatience.Milliseconds, 20), name);
                Assert.That(ships[name].End(), Is.EqualTo(128 + RunningProgram.Terminate));
                var expected = Enumerable.Range(0, written[name]).Select(number => $"{name}{number}");
                Assert.That(readers[name].Images, Is.EqualTo(expected), $"{name}, followed");
                using var source = new ShippedSource(Stream(name), "first");
                Assert.That(
                    source.ReadAll(() => new Moment(TimeSpan.Zero, Given.Noon)).SelectMany(Reader.ImagesOf),
                    Is.EqualTo(expected),
                    $"{name}, read later"
                );
                ships[name].Dispose();
                readers[name].Dispose();
            }
        });
    }

    /// <summary>More than a chunk of it, with numbers that are texts, none, and near the highest there is.</summary>
    [Test]
    public void Ship_BehindMessagesOfOthers_GoesOnWithItsNumbersAndTheReaderSkipsThem()
    {
        static string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(number =>
            $"2026-11-22T12:00:{number:00}+00:00 host /rabbit2packer.py: Thread-1 processing g{number}\n"));
        _folder.Append("g", Lines(0, 5));
        using (var first = Ship("g"))
        {
            first.WaitFor("shipping to");
            Assert.That(() => Images("g").Count(), Is.EqualTo(5).After(TestPatience.Milliseconds, 100));
            Assert.That(first.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        }

        using (var connection = _server.Connect())
        using (var channel = connection.CreateChannelAsync().GetAwaiter().GetResult())
        {
            object[] numbers = ["5", long.MaxValue, 1.5, -1L];
            for (var sent = 0; sent < 3_000; sent++)
            {
                var properties = new BasicProperties
                {
                    Headers = new Dictionary<string, object?> { [EventStream.Sequence] = numbers[sent % numbers.Length] },
                };
                channel
                    .BasicPublishAsync("", Stream("g").Queue, mandatory: false, properties, System.Text.Encoding.UTF8.GetBytes("garbage"))
                    .AsTask()
                    .GetAwaiter()
                    .GetResult();
            }
        }

        _folder.Append("g", Lines(5, 5));
        using var second = Ship("g");
        second.WaitFor("shipping to");
        Assert.That(() => Images("g").Count(), Is.EqualTo(10).After(TestPatience.Milliseconds, 100));
        Assert.That(second.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        Assert.That(
            Images("g"),
            Is.EqualTo(Enumerable.Range(0, 10).Select(number => (number + 1L, $"g{number}"))),
            "each once, numbered on"
        );
    }

    [Test]
    public void Past_OfAReaderThatIsBusy_IsNotOverWhileMoreOfItWaits()
    {
        const int Count = 2_500;
        _folder.Append(
            "p",
            string.Concat(Enumerable.Range(0, Count).Select(number =>
                $"2026-11-22T12:{number / 60:00}:{number % 60:00}+00:00 host /rabbit2packer.py: Thread-1 processing p{number}\n"))
        );
        using (var ship = Ship("p"))
        {
            ship.WaitFor("shipping to");
            Assert.That(() => Images("p").Count(), Is.EqualTo(Count).After(TestPatience.Milliseconds, 100));
            ship.End();
        }

        // The broker counts from time to time.
        Assert.That(() => CountOf("p"), Is.GreaterThanOrEqualTo(Count).After(TestPatience.Milliseconds, 100));
        var (clock, read, readAtEnd) = (new HistoricalScheduler(Given.Noon), 0, (int?)null);
        using var hints = new DirectoryHints(clock);
        using var source = new ShippedSource(Stream("p"), EventStream.FromFirst);
        using var following = source.Follow(clock, hints).Subscribe(batch =>
        {
            read += batch.OfType<LineRead>().Count();
            // So long it takes to fold them.
            clock.Sleep(TimeSpan.FromSeconds(1));
        });
        using var over = source.CaughtUp(clock).Subscribe(_ => readAtEnd = read);
        void Advance(int milliseconds) => clock.AdvanceBy(TimeSpan.FromMilliseconds(milliseconds));

        Assert.That(
            () =>
            {
                Advance(1);
                return read;
            },
            Is.Positive.After(TestPatience.Milliseconds, 1)
        );
        Assert.That(read, Is.LessThan(Count));
        Advance(900);
        Assert.That(readAtEnd, Is.Null);
        Assert.That(
            () =>
            {
                Advance(50);
                return readAtEnd;
            },
            Is.EqualTo(Count).After(TestPatience.Milliseconds, 10)
        );
    }

    private uint CountOf(string name)
    {
        using var connection = _server.Connect();
        using var channel = connection.CreateChannelAsync().GetAwaiter().GetResult();
        return channel.QueueDeclarePassiveAsync(Stream(name).Queue).GetAwaiter().GetResult().MessageCount;
    }

    private IEnumerable<(long Number, string Image)> Images(string name)
    {
        using var source = new ShippedSource(Stream(name), "first");
        return
        [
            .. source
                .ReadAll(() => new Moment(TimeSpan.Zero, Given.Noon))
                .SelectMany(batch => batch.OfType<LineRead>())
                .Select(read => (read.Line.Offset, read.Line.Text[(read.Line.Text.LastIndexOf(' ') + 1)..])),
        ];
    }

    [Test]
    public void Status_FromAStream_IsThatOfTheFactory()
    {
        _folder.Write(
            "f",
            """
            2026-11-22T12:00:00+00:00 factory /rabbit2packer.py: Starting
            2026-11-22T12:00:00+00:00 factory /rabbit2packer.py: Starting Thread-1
            2026-11-22T12:00:01+00:00 factory /rabbit2packer.py: Thread-1 processing lab-sl7x-x86_64
            2026-11-22T12:00:02+00:00 factory /rabbit2packer.py: message repeated 2 times: [ packer build starting, see: /log//lab-sl7x-x86_64.managed.json.log for details]
            2026-11-22T12:07:02+00:00 factory /rabbit2packer.py: Thread-1: packer exited with non zero exit code, lab-sl7x-x86_64.managed.json build failed
            2026-11-22T12:07:03+00:00 factory /rabbit2packer.py: nobody knows this
            2026-11-22T12:08:00+00:00 factory /cdb2rabbit.py: CI profile rebuilt: norm.json

            """
        );
        using var ship = Ship("f");
        ship.WaitFor("shipping to");

        var near = Shell.Tell("", RunningProgram.Monitor, ["status", "--json", .. Sources("f")]);
        JsonElement Far() =>
            JsonDocument
                .Parse(
                    Shell
                        .Tell("", RunningProgram.Monitor, "status", "--json", "--from", Server, "--factory", "f", "--time-zone", "UTC")
                        .Printed
                )
                .RootElement;
        Assert.That(() => Far().GetProperty("triggers").GetArrayLength(), Is.EqualTo(1).After(TestPatience.Milliseconds, 100));
        var (here, there) = (JsonDocument.Parse(near.Printed).RootElement, Far());
        Assert.Multiple(() =>
        {
            foreach (var part in (string[])["workers", "builds", "rejected", "triggers", "queue", "unrecognised"])
                Assert.That(there.GetProperty(part).GetRawText(), Is.EqualTo(here.GetProperty(part).GetRawText()), part);
        });
    }

    [Test]
    public void Health_FromAStream_TellsAQuietFactoryFromADeadShipper()
    {
        _folder.Append("h", "2026-11-22T12:00:00+00:00 host /rabbit2packer.py: Starting\n");
        using var ship = Ship("h");
        ship.WaitFor("shipping to");
        string[] Raised(params string[] more)
        {
            var (_, printed) = Shell.Tell("", RunningProgram.Monitor, ["health", "--json", "--from", Server, "--factory", "h", .. more]);
            var line = printed.Split('\n').First(text => text.StartsWith('{'));
            var checks = JsonDocument.Parse(line).RootElement.GetProperty("checks").EnumerateArray();
            return [.. checks.Select(check => check.GetProperty("code").GetString()!)];
        }

        Assert.Multiple(() =>
        {
            Assert.That(() => Raised(), Does.Not.Contain("SHIP_BEHIND").After(TestPatience.Milliseconds, 100));
            Assert.That(Raised("--now", DateTimeOffset.UtcNow.AddMinutes(10).ToString("O")), Does.Contain("SHIP_BEHIND"));
        });
    }

    [Test]
    public void Ship_WhileAnotherShips_SaysSoAndEnds()
    {
        _folder.Append("i", "2026-11-22T12:00:00+00:00 host /rabbit2packer.py: Starting\n");
        using var first = Ship("i");
        first.WaitFor("shipping to");

        var (code, printed) = Shell.Tell("", RunningProgram.Monitor, ["ship", "--to", Server, "--factory", "i", .. Sources("i")]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(75));
            Assert.That(printed, Does.Contain("another process ships this factory"));
            Assert.That(first.End(), Is.EqualTo(128 + RunningProgram.Terminate), "the first goes on");
        });
    }

    /// <summary>The places and numbers of the new stream begin again, so what is at them must not count as read.</summary>
    [Test]
    public void Stream_DeletedAndMadeAgain_IsReadFromItsBeginningWithoutDouble([Values] bool shipsOn)
    {
        var name = shipsOn ? "l" : "m";
        string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(number =>
            $"2026-11-22T12:00:{number:00}+00:00 host /rabbit2packer.py: Thread-1 processing {name}{number}\n"));
        using var tail = new EventLoopScheduler();
        using var hints = new DirectoryHints(tail);
        _folder.Append(name, Lines(0, 5));
        var ship = Ship(name);
        ship.WaitFor("shipping to");
        using var reader = new Reader(Stream(name), tail, hints);
        // The new stream may have the same events at the same places; by the heartbeat behind them the reader sees that it is another.
        Assert.That(() => (reader.Count, reader.EndsWithBeat), Is.EqualTo((5, true)).After(TestPatience.Milliseconds, 20));
        if (!shipsOn)
            ship.End();
        using (var connection = _server.Connect())
        using (var channel = connection.CreateChannelAsync().GetAwaiter().GetResult())
            channel.QueueDeleteAsync(Stream(name).Queue).GetAwaiter().GetResult();

        _folder.Append(name, Lines(5, 3));
        if (!shipsOn)
        {
            ship.Dispose();
            ship = Ship(name);
            ship.WaitFor("shipping to");
        }

        Assert.That(() => reader.Count, Is.EqualTo(8).After(TestPatience.Milliseconds, 50));
        Assert.That(reader.Images, Is.EqualTo(Enumerable.Range(0, 8).Select(number => $"{name}{number}")));
        Assert.That(reader.Gaps, Is.EqualTo(new[] { "the stream no longer has the last event that came from it" }));
        Assert.That(ship.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        ship.Dispose();
    }

    [Test]
    public void Health_WhereAShipperWasKilled_SaysSoUntilOneRunsAgain()
    {
        _folder.Append("k", $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss}+00:00 host /rabbit2packer.py: Starting\n");
        var state = _folder["state"];
        RunningProgram Start() =>
            RunningProgram.Start(
                RunningProgram.Monitor,
                ["ship", "--to", Server, "--factory", "k", "--state-dir", state, .. Sources("k")]
            );
        string Health() =>
            Shell.Tell("", RunningProgram.Monitor, ["health", "--no-perfdata", "--state-dir", state, .. Sources("k")]).Printed;

        using (var ship = Start())
        {
            ship.WaitFor("shipping to");
            Assert.That(Health(), Does.Not.Contain("SHIP_BEHIND"));
            ship.End(Kill);
        }

        Assert.That(Health(), Does.Contain("SHIP_BEHIND 1: k: ship died"));
        using var again = Start();
        again.WaitFor("shipping to");
        Assert.That(Health(), Does.Not.Contain("SHIP_BEHIND"));
        Assert.That(again.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        Assert.That(Health(), Does.Not.Contain("SHIP_BEHIND"), "it ended in good order");
    }

    [Test]
    public void Status_FromAStreamThatIsNone_SaysSoAndReturns3()
    {
        var (code, printed) = Shell.Tell("", RunningProgram.Monitor, "status", "--from", Server, "--factory", "nowhere");

        Assert.That((code, printed), Is.EqualTo((3, printed)));
        Assert.That(printed, Does.Contain("/packuilon.events.nowhere: NOT_FOUND"));
    }

    private string Server => $"amqp://guest:guest@127.0.0.1:{_server.Port}";

    private EventStream Stream(string name) => EventStream.Of("--from", Server, name);

    private RunningProgram Ship(string name) =>
        RunningProgram.Start(RunningProgram.Monitor, ["ship", "--to", Server, "--factory", name, .. Sources(name)]);

    private string[] Sources(string name) =>
        ["--messages", _folder[name], "--log-dir", _folder.Path, "--config", _folder.Write("config.ini", ""), "--time-zone", "UTC"];

    /// <summary>Somebody elsewhere who follows a factory.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly ShippedSource _source;
        private readonly List<string> _images = [];
        private readonly List<string> _gaps = [];
        private readonly IDisposable _following;
        private bool _endsWithBeat;

        public Reader(EventStream stream, EventLoopScheduler tail, DirectoryHints hints)
        {
            _source = new ShippedSource(stream, "first");
            _following = _source.Follow(tail, hints).Subscribe(batch =>
            {
                lock (_images)
                {
                    _images.AddRange(ImagesOf(batch));
                    _gaps.AddRange(batch.OfType<LinesMissing>().Select(gap => gap.Why));
                    foreach (var one in batch.Where(one => one is LineRead or HeartbeatRead))
                        _endsWithBeat = one is HeartbeatRead;
                }
            });
        }

        public int Count
        {
            get
            {
                lock (_images)
                    return _images.Count;
            }
        }

        /// <summary>The last message so far is a heartbeat.</summary>
        public bool EndsWithBeat
        {
            get
            {
                lock (_images)
                    return _endsWithBeat;
            }
        }

        public IReadOnlyList<string> Images
        {
            get
            {
                lock (_images)
                    return [.. _images];
            }
        }

        public IReadOnlyList<string> Gaps
        {
            get
            {
                lock (_images)
                    return [.. _gaps];
            }
        }

        public static IEnumerable<string> ImagesOf(IEnumerable<TailEvent> batch) =>
            batch.OfType<LineRead>().Select(read => read.Line.Text[(read.Line.Text.LastIndexOf(' ') + 1)..]);

        public void Dispose()
        {
            _following.Dispose();
            _source.Dispose();
        }
    }
}
