using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Record;
using PackuilonMonitor.Tests.App;

namespace PackuilonMonitor.Tests.Record;

/// <summary>A recorder judges the health: each turn is recorded and each notice given once, through any number of recorders.</summary>
public sealed class HealthSenderTests
{
    private readonly List<object> _recorded = [];
    private readonly List<string> _told = [];
    private HealthSender _sender = null!;
    private DateTimeOffset _now;

    [SetUp]
    public void Begin()
    {
        _recorded.Clear();
        _told.Clear();
        _now = InventedFactory.At("12:00:00");
        Start();
    }

    [Test]
    public void WhatWasSoBeforeTheFirstRecorder_IsRecordedAndToldNobody()
    {
        For(600, Down);

        Assert.That(_told, Is.Empty);
        Assert.That(Turns, Is.EqualTo(new[] { "health-raised DAEMON_DOWN rabbit2packer" }));
    }

    [Test]
    public void Trouble_IsRecordedAndToldOnce_HoweverOftenTheRecorderBeginsAgain()
    {
        For(5, Well);
        For(100, Down);
        for (var again = 0; again < 3; again++)
        {
            Start();
            For(100, Down);
        }

        For(100, Well);
        Start();
        For(100, Well);

        Assert.That(_told, Is.EqualTo(new[] { "DAEMON_DOWN ERROR: killed (status 9) 12:00", "DAEMON_DOWN is over" }));
        Assert.That(
            Turns,
            Is.EqualTo(new[] { "health-raised DAEMON_DOWN rabbit2packer", "health-cleared DAEMON_DOWN " })
        );
    }

    /// <summary>It stood for ten seconds of thirty: the rest of the time passes under the next recorder.</summary>
    [Test]
    public void Trouble_OfWhichNothingWasToldBeforeTheRecorderWasKilled_IsToldByTheNext()
    {
        For(5, Well);
        For(10, Down);
        Start();
        For(100, Down);

        Assert.That(_told, Is.EqualTo(new[] { "DAEMON_DOWN ERROR: killed (status 9) 12:00" }));
        Assert.That(Turns, Is.EqualTo(new[] { "health-raised DAEMON_DOWN rabbit2packer" }));
    }

    [Test]
    public void WhatIsNotReadToItsEnd_IsNotJudged()
    {
        For(100, new InventedFactory().Worker("11:00:00", 1).Snapshot);

        Assert.That(_recorded, Is.Empty);
    }

    [Test]
    public void Mutes_AreRecordedWithWhoAndWhy()
    {
        var mute = new Mute(CheckCode.DaemonDown, null, _now, null, false, "ada", ["rabbit2packer"], Severity.Error);

        _sender.Muted(null, mute);
        _sender.Unmuted(null, mute, "cleared", by: null, _now);

        Assert.That(
            _recorded.OfType<Observation>().Select(seen => seen.Event).Cast<HealthTurned>().Select(turn => (turn.Turn, turn.By, turn.Why)),
            Is.EqualTo(new[] { ("muted", (string?)"ada", (string?)null), ("unmuted", null, "cleared") })
        );
    }

    private static Snapshot Well => Read(new InventedFactory().Worker("11:00:00", 1));

    private static Snapshot Down => Read(
        new InventedFactory()
            .Worker("11:00:00", 1)
            .Line(
                "12:00:01",
                Speaker.Systemd,
                new UnitFailed("rabbit2packer.service", "killed (status 9)"),
                "rabbit2packer.service: Main process exited, code=killed, status=9/KILL"
            )
    );

    private static Snapshot Read(InventedFactory factory) => factory
        .Event("12:00:01", new SourceRead(1, InventedFactory.At("12:00:01")))
        .Event("12:00:01", new LogDirectoryRead())
        .Snapshot;

    private string[] Turns =>
    [
        .. _recorded
            .OfType<Observation>()
            .Select(seen => (HealthTurned)seen.Event)
            .Select(turn => $"health-{turn.Turn} {turn.Code} {string.Join(',', turn.Items)}"),
    ];

    /// <summary>A recorder begins, with what those before it have recorded.</summary>
    private void Start()
    {
        var known = new RecordedHealth(null);
        foreach (var one in _recorded)
        {
            if (one is Observation seen)
                known.Take(seen);
            else
                known.Take((string)one);
        }

        _sender = new HealthSender(
            [known],
            (_, seen) => _recorded.Add(seen),
            (_, key, bulletin) =>
            {
                _recorded.Add(key);
                _told.Add(bulletin.Reason!);
            }
        );
    }

    private void For(int seconds, Snapshot factories)
    {
        for (var second = 0; second < seconds; second++)
        {
            _now += TimeSpan.FromSeconds(1);
            _sender.See(factories, _now);
        }
    }
}
