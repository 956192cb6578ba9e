using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text.Json;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Simulation;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>
/// A factory that is read by several at once while its shipper, its broker and one of the readers end and begin again: each has every
/// event once, and every log to the byte.
/// </summary>
public sealed class ShipThroughFaultsTests
{
    private const int Kill = 9;
    private const int Patience = TestPatience.Milliseconds;
    private const string Name = "harwell";

    private RabbitServer _server = null!;
    private TempFolder _folder = null!;
    private SimulatedFactory _factory = null!;
    private FactoryWriter _writer = null!;
    private DateTimeOffset _now;

    [SetUp]
    public void Begin()
    {
        _server = new RabbitServer();
        _folder = new TempFolder();
        Directory.CreateDirectory(_folder["log"]);
        var plan = new FactoryPlan { Seed = 23 };
        _factory = new SimulatedFactory(plan with { Scenario = plan.Scenario with { RotatedEvery = null } });
        _writer = new FactoryWriter(_folder["messages"], _folder["log"]);
        _now = plan.Start;
    }

    [TearDown]
    public void End()
    {
        _server?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public void ShipperBrokerAndAReader_EndTogether_NothingIsLostOrDoubled()
    {
        Work(minutes: 30);
        var ship = Ship();
        ship.WaitFor("shipping to");
        using var first = new Reader(_server.Port, _now);
        using var second = new Reader(_server.Port, _now);
        var printed = Print();
        printed.WaitFor("\"text\"");
        for (var turn = 0; turn < 2; turn++)
        {
            Work(minutes: 10);
            _server.Stop();
            ship.End(Kill);
            printed.End(Kill);
            ship.Dispose();
            printed.Dispose();
            Work(minutes: 10);
            ship = Ship();
            printed = Print();
            _server.Start();
            Work(minutes: 5);
        }

        var events = HostReading.Of(_folder["messages"], _now).Select(Shown).ToList();
        var logs = RemoteFactory.Sums(Directory.GetFiles(_folder["log"], "*.log"));
        Assert.That(logs, Has.Count.GreaterThan(5));
        using var late = new Reader(_server.Port, _now);
        Assert.Multiple(() =>
        {
            foreach (var (reader, which) in new[] { (first, "first"), (second, "second"), (late, "late") })
            {
                Assert.That(() => reader.Events.Count, Is.GreaterThanOrEqualTo(events.Count).After(Patience, 200), which);
                Assert.That(() => reader.Sums(logs.Keys), Is.EqualTo(logs).After(Patience, 500), which);
                Assert.That(reader.Events, Is.EqualTo(events), which);
            }
        });
        var lines = new List<string>();
        Assert.That(
            () =>
            {
                lines = [.. printed.Output.Where(line => line.StartsWith('{')).Select(TextOf).OfType<string>()];
                return lines.Count;
            },
            Is.GreaterThanOrEqualTo(events.Count).After(Patience, 200)
        );
        Assert.That(lines, Is.EqualTo(events), "printed by a process that was killed and began again");
        Assert.That(ship.End(), Is.EqualTo(128 + RunningProgram.Terminate));
        ship.Dispose();
        printed.Dispose();
    }

    private void Work(double minutes) => _writer.Write(_factory.StepsUntil(_now += TimeSpan.FromMinutes(minutes)));

    private string Server => $"amqp://guest:guest@127.0.0.1:{_server.Port}";

    private RunningProgram Ship() =>
        RunningProgram.Start(
            RunningProgram.Monitor,
            [
                "ship", "--to", Server, "--factory", Name, "--messages", _folder["messages"], "--log-dir", _folder["log"],
                "--config", _folder.Write("config.ini", ""), "--time-zone", "UTC", "--no-history", "--now", _now.ToString("O"),
                "--log-rate", "100000",
            ]
        );

    private RunningProgram Print() =>
        RunningProgram.Start(
            RunningProgram.Monitor,
            ["events", "--json", "--follow", "--from", Server, "--factory", Name, "--time-zone", "UTC", "--now", _now.ToString("O")]
        );

    private static string Shown(Observation seen) => Shown(seen.At, seen.Text!);

    private static string? TextOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        var read = document.RootElement;
        return read.TryGetProperty("text", out var text) && text.GetString() is { } known
            ? Shown(read.GetProperty("at").GetDateTimeOffset(), known)
            : null;
    }

    private static string Shown(DateTimeOffset at, string text) => $"{at.ToUniversalTime():HH:mm:ss.fff} {text}";

    /// <summary>Somebody elsewhere who follows the events, and each log as it grows.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly EventLoopScheduler _tail = new();
        private readonly List<string> _events = [];
        private readonly Sources _sources;
        private readonly IDisposable _following;

        public Reader(int port, DateTimeOffset now)
        {
            _sources = RemoteFactory.At(port, Name, now);
            _following = Observable
                .Using(() => _sources.Open(), feed => feed.Follow(_tail))
                .Subscribe(batch =>
                {
                    lock (_events)
                        _events.AddRange(batch.Where(seen => seen.Text is not null).Select(Shown));
                    foreach (var read in batch.Select(seen => seen.Event).OfType<BuildLogRead>())
                        _sources.PlaceOf("", read.File).Stat();
                });
        }

        public IReadOnlyList<string> Events
        {
            get
            {
                lock (_events)
                    return [.. _events];
            }
        }

        /// <summary>The checksums of those logs, as far as they are here.</summary>
        public Dictionary<string, string> Sums(IEnumerable<string> files) =>
            RemoteFactory.Sums(files.Select(file => _sources.PlaceOf("", file).Source.Path).Where(File.Exists));

        public void Dispose()
        {
            _following.Dispose();
            _tail.Dispose();
        }
    }
}
