using System.Text;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Health.Checks;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Parsing;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Tests.Core.Health;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>The heartbeat of a shipper, and what its reader knows by it: a quiet factory is no dead shipper.</summary>
public sealed class HeartbeatTests
{
    private static readonly ShippedFrom Stream = new("amqp://broker:5672/packuilon.events.harwell", "harwell");

    private static readonly ReportedSource Messages = new("/var/log/messages", SourceState.Following, null, Given.Noon)
    {
        Lines = 40,
        FirstLineAt = Given.Noon.AddDays(-3),
        LastLineAt = Given.Noon,
        Silence = TimeSpan.FromMinutes(10),
    };

    [Test]
    public void Heartbeat_OfAState_IsReadBackAsItWas()
    {
        var state = GivenHealth.After("12:00:00 r Starting", "12:00:05 x noise");

        var beat = Heartbeat.Of(Bytes(Heartbeat.Of(state, countsLines: true, Given.Noon.AddMinutes(1))));

        Assert.That(beat!.At, Is.EqualTo(Given.Noon.AddMinutes(1)));
        Assert.That(
            beat.Sources,
            Is.EqualTo(
                new[]
                {
                    new ReportedSource("/var/log/messages", SourceState.Following, null, Given.Noon)
                    {
                        Lines = 2,
                        FirstLineAt = Given.Noon,
                        LastLineAt = Given.Noon.AddSeconds(5),
                        Silence = TimeSpan.FromSeconds(5),
                    },
                }
            )
        );
    }

    [TestCase("""{"type":"heartbeat"}""")]
    [TestCase("""{"type":"heartbeat","at":"never","sources":[]}""")]
    [TestCase("""{"type":"heartbeat","at":"2026-11-22T12:00:00Z"}""")]
    [TestCase("""{"type":"heartbeat","at":"2026-11-22T12:00:00Z","sources":[{}]}""")]
    [TestCase("""{"type":"heartbeat","at":"2026-11-22T12:00:00Z","sources":5}""")]
    [TestCase("""{"type":"heartbeat","at":"2026-11-22T12:00:00Z","sources":[{"path":5}]}""")]
    [TestCase("""[{"type":"heartbeat"}]""")]
    [TestCase("heartbeat")]
    public void Heartbeat_ThatNoShipperWrites_IsNone(string body) =>
        Assert.That(Heartbeat.Of(Encoding.UTF8.GetBytes(body)), Is.Null);

    /// <summary>Behind a stream's last event of ours there may be days of heartbeats.</summary>
    [Test]
    public void Heartbeat_IsNoEventAndNothingForeign()
    {
        var body = Bytes(new Heartbeat(Given.Noon, [Messages]));
        var lines = new ShippedLines(new SourceId(Stream.Stream));

        var events = lines.Of([new Shipped(0, null) { Beat = Heartbeat.Of(body) }], Given.Noon);

        Assert.Multiple(() =>
        {
            Assert.That(ShippedEvent.Of(body), Is.Null);
            Assert.That(lines.Foreign, Is.Zero);
            Assert.That(events.OfType<HeartbeatRead>().Single().SentAt, Is.EqualTo(Given.Noon));
        });
    }

    [Test]
    public void Sources_OfSeveralHeartbeats_AreCountedOnceAlsoWhenTheShipperBeganAgain()
    {
        var lines = new ShippedLines(new SourceId(Stream.Stream));
        long Read(long total) =>
            Events(lines, Given.Noon, Messages with { Lines = total }).OfType<SourceReported>().Sum(one => one.Read.Lines);

        Assert.That(
            new[] { Read(40), Read(45), Read(45), Read(3) },
            Is.EqualTo(new[] { 40, 5, 0, 3 })
        );
    }

    [Test]
    public void Shipper_ThatBeats_IsNoTrouble() =>
        Assert.That(Health(After(Messages), minutes: 2.9), Is.Empty);

    [Test]
    public void Shipper_WithoutABeatForThreeMinutes_IsBehind()
    {
        var health = HealthOf(After(Messages), minutes: 3.1);

        Assert.That(health.Raised(), Is.EqualTo("Unknown SHIP_BEHIND harwell"));
        Assert.That(health.Checks[0].Summary, Is.EqualTo("harwell: no heartbeat of its shipper for 3:06"));
        Assert.That((health.Overall, health.IsBlind), Is.EqualTo((Overall.Unknown, true)));
    }

    [Test]
    public void Shipper_ThatBeatsAgain_IsWell()
    {
        var state = Fold(After(Messages), new HeartbeatRead(new SourceId(Stream.Stream), Given.Noon.AddMinutes(9)));

        Assert.That(Health(state, minutes: 10), Is.Empty);
    }

    [Test]
    public void Stream_WithoutAnyHeartbeat_IsBehindAtOnceButNotWhileItIsJustOpened()
    {
        var state = Fold(MonitorState.Empty, Changed(SourceState.Following));

        Assert.Multiple(() =>
        {
            Assert.That(Health(state, minutes: 1), Is.EqualTo("Unknown SHIP_BEHIND harwell"));
            Assert.That(Health(state, minutes: 1, isLive: true), Is.Empty);
            Assert.That(Health(state, minutes: 4, isLive: true), Is.EqualTo("Unknown SHIP_BEHIND harwell"));
        });
    }

    [Test]
    public void Stream_ThatCannotBeRead_IsUnreadableAndNotBehindToo() =>
        Assert.That(
            Health(Fold(After(Messages), Changed(SourceState.Unreadable)), minutes: 9),
            Is.EqualTo($"Unknown SOURCE_UNREADABLE {Stream.Stream}")
        );

    /// <summary>Its shipper beats, and nothing is written where it reads.</summary>
    [Test]
    public void Source_ThatIsSilentAtTheFactory_IsSilent()
    {
        var state = Fold(After(Messages), new HeartbeatRead(new SourceId(Stream.Stream), Given.Noon.AddMinutes(40)));

        Assert.That(Health(state, minutes: 29), Is.Empty, "three times its longest silence");
        Assert.That(Health(state, minutes: 31), Is.EqualTo($"Unknown SOURCE_SILENT {Stream.Stream}:/var/log/messages"));
    }

    [Test]
    public void Source_ThatCannotBeReadAtTheFactory_IsUnreadable() =>
        Assert.That(
            Health(After(Messages with { State = SourceState.Unreadable, Why = "permission denied" }), minutes: 1),
            Is.EqualTo($"Unknown SOURCE_UNREADABLE {Stream.Stream}:/var/log/messages")
        );

    /// <summary>A journal has no lines of others: its silence proves nothing here either.</summary>
    [Test]
    public void Source_WhoseLinesAreNotCounted_IsNotJudged()
    {
        var beat = Heartbeat.Of(GivenHealth.After("12:00:00 r Starting"), countsLines: false, Given.Noon);
        var state = Fold(After([.. beat.Sources]), new HeartbeatRead(new SourceId(Stream.Stream), Given.Noon.AddDays(2)));

        var health = HealthOf(state, minutes: 60 * 47);

        Assert.That(health.Raised(), Is.Empty);
        Assert.That(health.NotJudged.Select(one => one.Code), Does.Contain(CheckCode.SourceSilent));
    }

    private static MonitorState After(params ReportedSource[] sources)
    {
        var lines = new ShippedLines(new SourceId(Stream.Stream));
        var line = new LogLine(new SourceId(Stream.Stream), 1, "2026-11-22T12:00:00.000000+00:00 vm rabbit2packer.py: Starting Thread-1");
        return Fold(
            MonitorState.Empty,
            [Changed(SourceState.Following), new LineRead(line), new ChunkRead(line.Source, 1), .. Events(lines, Given.Noon, sources)]
        );
    }

    private static List<TailEvent> Events(ShippedLines lines, DateTimeOffset at, params ReportedSource[] sources) =>
        lines.Of([new Shipped(0, null) { Beat = Heartbeat.Of(Bytes(new Heartbeat(at, [.. sources]))) }], at);

    private static SourceChanged Changed(SourceState state) =>
        new(new SourceHealth(new SourceId(Stream.Stream), state, null, Given.Noon));

    private static MonitorState Fold(MonitorState state, params TailEvent[] events) =>
        state.Apply(new SystemLogInterpreter(new SyslogClock(TimeZoneInfo.Utc, Given.Noon)).Interpret(events, Given.Noon));

    private static string Health(MonitorState state, double minutes, bool isLive = false) => HealthOf(state, minutes, isLive).Raised();

    private static FactoryHealth HealthOf(MonitorState state, double minutes, bool isLive = false) =>
        HealthChecks.Evaluate(
            state,
            null,
            Given.Noon.AddMinutes(minutes),
            HealthLimits.Usual,
            new Surroundings { From = Stream, IsLive = isLive }
        );

    private static byte[] Bytes(Heartbeat beat) => Encoding.UTF8.GetBytes(beat.Json());
}
