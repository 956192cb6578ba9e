using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Reports;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>The turns of checks and what is told of them, in time that moves by hand.</summary>
public sealed class HealthWatchTests
{
    private static readonly DateTimeOffset Noon = InventedFactory.At("12:00:00");

    private HealthWatch _watch = HealthWatch.Start;
    private DateTimeOffset _now = Noon;
    private readonly List<string> _told = [];

    [SetUp]
    public void Begin()
    {
        (_watch, _now) = (HealthWatch.Start, Noon);
        _told.Clear();
    }

    private static RaisedCheck Raised(CheckCode code, params string[] items) =>
        new(
            null,
            new Check(
                code,
                code.Usual(),
                [.. items.Select(item => new HealthItem(item, "wrong", Noon))],
                CheckSummary.Of($"{items.Length} wrong"),
                "look"
            )
        );

    /// <summary>The same checks for so many seconds, looked at each second.</summary>
    private void For(int seconds, params RaisedCheck[] raised)
    {
        for (var second = 0; second < seconds; second++)
        {
            _now += TimeSpan.FromSeconds(1);
            (_watch, var notices) = _watch.See(raised, _now);
            _told.AddRange(notices.Select(notice => $"{(_now - Noon).TotalSeconds} {notice.Text}"));
        }
    }

    private string[] Turns =>
        [.. _watch.Events.Select(turn => $"{turn.Turn} {turn.Code.Name()} {string.Join(',', turn.Items)}-{string.Join(',', turn.Gone)}")];

    [Test]
    public void WhatIsSoAtTheStart_IsNotReported()
    {
        For(600, Raised(CheckCode.DaemonDown, "rabbit2packer"));

        Assert.That((_told, Turns), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [Test]
    public void Error_IsReportedOnce_AfterItStoodForItsTime()
    {
        For(1);
        For(600, Raised(CheckCode.DaemonDown, "rabbit2packer"));

        Assert.That(_told, Is.EqualTo(new[] { "32 DAEMON_DOWN ERROR: 1 wrong" }));
        Assert.That(Turns, Is.EqualTo(new[] { "Raised DAEMON_DOWN rabbit2packer-" }));
    }

    [Test]
    public void Error_ThatIsOverBefore_IsNotReported()
    {
        For(1);
        For(20, Raised(CheckCode.DaemonDown, "rabbit2packer"));
        For(600);

        Assert.That(_told, Is.Empty);
        Assert.That(Turns, Is.EqualTo(new[] { "Raised DAEMON_DOWN rabbit2packer-", "Cleared DAEMON_DOWN -rabbit2packer" }));
    }

    [Test]
    public void Clearing_IsReportedAfterAMinute_AndAReturnWithinTenIsTheSameAlarm()
    {
        For(1);
        For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));
        For(120);
        For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));
        For(700);
        For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));

        Assert.That(_told, Is.EqualTo(new[]
        {
            "32 DAEMON_DOWN ERROR: 1 wrong", "122 DAEMON_DOWN is over", "302 DAEMON_DOWN is over", "972 DAEMON_DOWN ERROR: 1 wrong",
        }));
    }

    /// <summary>Each process has another order of names in its tables; what is shown and sent must not depend on it.</summary>
    [Test]
    public void Checks_ThatTurnAtOnce_AreReportedInTheOrderOfTheirNames()
    {
        RaisedCheck[] all = [.. Enum.GetValues<CheckCode>().Select(code => Raised(code, "a"))];
        string[] names = [.. all.Select(check => check.Check.Code.Name()).Order(StringComparer.Ordinal)];
        For(1);
        For(700, all);
        For(130);

        Assert.That(Turns[^all.Length..], Is.EqualTo(names.Select(name => $"Cleared {name} -a")));
        Assert.That(_told.GroupBy(told => told.Split(' ')[0]).Select(told => told.Select(one => one.Split(' ')[1])), Is.All.Ordered);
        Assert.That(_told.Count(told => told.EndsWith("is over", StringComparison.Ordinal)), Is.EqualTo(7));
    }

    [Test]
    public void NewItems_WithinHalfAMinute_AreReportedTogether()
    {
        For(1);
        For(200, Raised(CheckCode.SourceUnreadable, "a"));
        For(10, Raised(CheckCode.SourceUnreadable, "a", "b"));
        For(100, Raised(CheckCode.SourceUnreadable, "a", "b", "c"));
        For(100, Raised(CheckCode.SourceUnreadable, "a"));

        Assert.That(_told, Is.EqualTo(new[] { "122 SOURCE_UNREADABLE UNKNOWN: 1 wrong", "232 SOURCE_UNREADABLE UNKNOWN: 3 wrong" }));
        Assert.That(Turns, Is.EqualTo(new[]
        {
            "Raised SOURCE_UNREADABLE a-", "Changed SOURCE_UNREADABLE b-", "Changed SOURCE_UNREADABLE c-", "Changed SOURCE_UNREADABLE -b,c",
        }));
    }

    [Test]
    public void Warning_HasWordsOfItsOwn_UntilItIsAnError()
    {
        For(1);
        For(100, Raised(CheckCode.BuildFailed, "a"));
        Assert.That(_told, Is.Empty);

        var worse = Raised(CheckCode.BuildFailed, "a");
        For(5, worse with { Check = worse.Check with { Severity = Severity.Error } });
        Assert.That(_told, Is.EqualTo(new[] { "102 BUILD_FAILED ERROR: 1 wrong" }));
    }

    [Test]
    public void ThirdReturnWithinAnHour_IsReportedOnceAsFlapping_ThenSilence()
    {
        For(1);
        for (var turn = 0; turn < 8; turn++)
        {
            For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));
            For(30);
        }

        Assert.That(_told, Is.EqualTo(new[] { "32 DAEMON_DOWN ERROR: 1 wrong", "272 DAEMON_DOWN is flapping, 3 times since 12:00" }));

        For(31 * 60);
        _told.Clear();
        For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));
        Assert.That(_told, Has.Count.EqualTo(1), "it was gone for half an hour");
    }

    private static readonly Dictionary<CheckCode, int> Delays = new()
    {
        [CheckCode.BuildFailed] = 2,
        [CheckCode.BuildLost] = 2,
        [CheckCode.WorkerLost] = 10,
        [CheckCode.DaemonDown] = 30,
        [CheckCode.ChangeNotBuilt] = 30,
        [CheckCode.MessagesDropped] = 30,
        [CheckCode.BrokerDown] = 60,
        [CheckCode.SourceUnreadable] = 120,
        [CheckCode.SourceSilent] = 120,
        [CheckCode.QueueWaiting] = 0,
        [CheckCode.WorkerSilent] = 0,
        [CheckCode.BuildStuck] = 0,
    };

    [TestCaseSource(typeof(CheckCodes), nameof(CheckCodes.All))]
    public void Check_IsReportedAfterItStoodForItsTime(CheckCode code)
    {
        var check = Raised(code, "x");
        For(1);
        For(400, check with { Check = check.Check with { Severity = Severity.Error } });

        Assert.That(_told, Is.EqualTo(new[] { $"{2 + Delays.GetValueOrDefault(code, 300)} {code.Name()} ERROR: 1 wrong" }));
    }

    [TestCase(600, 2)]
    [TestCase(601, 3)]
    public void Return_WithinTenMinutes_IsTheSameAlarm(int clear, int told)
    {
        For(1);
        For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));
        For(clear);
        For(59, Raised(CheckCode.DaemonDown, "rabbit2packer"));

        Assert.That(_told, Has.Count.EqualTo(told));
    }

    /// <summary>Three returns within an hour of the first time: the fourth time it is raised.</summary>
    [TestCase(3_600, true)]
    [TestCase(3_601, false)]
    public void Returns_InMoreThanAnHour_AreNotFlapping(int seconds, bool flaps)
    {
        For(1);
        for (var time = 0; time < 3; time++)
        {
            For(60, Raised(CheckCode.DaemonDown, "rabbit2packer"));
            For(time < 2 ? 60 : seconds - 300);
        }

        For(1, Raised(CheckCode.DaemonDown, "rabbit2packer"));
        Assert.That(_told.Exists(told => told.Contains("is flapping", StringComparison.Ordinal)), Is.EqualTo(flaps));
    }

    [Test]
    public void Raised_IsATurnOfWhenItsNewestItemBegan_AndNeverLater()
    {
        For(1);
        var check = Raised(CheckCode.DaemonDown, "rabbit2packer");
        var ahead = check.Check with { Code = CheckCode.BrokerDown, Items = [new HealthItem("x", "wrong", Noon.AddHours(1))] };
        For(1, check, check with { Check = ahead });

        Assert.That(_watch.Events.Select(turn => turn.At), Is.EqualTo(new[] { Noon, _now }));
    }

    [Test]
    public void Turns_AreTheNewestTwoHundred()
    {
        For(1);
        for (var turn = 0; turn < 101; turn++)
        {
            For(1, Raised(CheckCode.BuildFailed, $"{turn}"));
            For(1);
        }

        Assert.That((Turns.Length, Turns[0], Turns[^1]), Is.EqualTo((200, "Raised BUILD_FAILED 1-", "Cleared BUILD_FAILED -100")));
    }

    [Test]
    public void Severity_OrItems_ThatChangeAlone_AreATurn()
    {
        var (one, other) = (Raised(CheckCode.BuildFailed, "a"), Raised(CheckCode.BuildFailed, "b"));
        For(1);
        For(1, one);
        For(1, one with { Check = one.Check with { Severity = Severity.Error } });
        For(1, one);
        For(1, other);

        Assert.That(
            Turns,
            Is.EqualTo(new[] { "Raised BUILD_FAILED a-", "Changed BUILD_FAILED -", "Changed BUILD_FAILED -", "Changed BUILD_FAILED b-a" })
        );
    }

    [Test]
    public void Count_ThatChangesAlone_IsATurn()
    {
        var check = Raised(CheckCode.LinesUnrecognised, "x");
        For(1);
        For(2, check);
        For(2, check with { Check = check.Check with { Items = [check.Check.Items[0] with { Count = 2 }] } });

        Assert.That(Turns, Is.EqualTo(new[] { "Raised LINES_UNRECOGNISED x-", "Changed LINES_UNRECOGNISED -" }));
    }

    [Test]
    public void Muted_IsNotReported_AndMutingIsATurn()
    {
        var check = Raised(CheckCode.DaemonDown, "rabbit2packer");
        var muted = check with
        {
            Check = check.Check with
            {
                Mute = new Mute(CheckCode.DaemonDown, null, Noon, null, false, "htv", ["rabbit2packer"], Severity.Error),
            },
        };
        For(1);
        For(5, check);
        For(100, muted);
        Assert.That(_told, Is.Empty);

        For(5, check);
        Assert.That(_told, Has.Count.EqualTo(1));
        Assert.That(Turns, Is.EqualTo(new[] { "Raised DAEMON_DOWN rabbit2packer-", "Muted DAEMON_DOWN -", "Unmuted DAEMON_DOWN -" }));
    }

    [Test]
    public void Dashboard_ReportsADeadDaemon_ByBellHookAndWebhook_Once()
    {
        var state = Screens.Of(
            new InventedFactory()
                .Worker("11:00:00", 1)
                .Event("11:59:59", new SourceRead(1, Noon))
                .Event("11:59:59", new LogDirectoryRead())
                .Snapshot,
            new Size(140, 40),
            InventedDay.Paint() with
            {
                Now = Noon,
            }
        );
        state = state with { Settings = state.Settings with { Notified = [AlertKind.Health] } };
        state = state.Take(new Ticked(Subscriptions.Tick)).State;
        var down = new InventedFactory()
            .Worker("11:00:00", 1)
            .Event("11:59:59", new LogDirectoryRead())
            .Line(
                "12:00:01",
                Speaker.Systemd,
                new UnitFailed("rabbit2packer.service", "killed (status 9)"),
                "rabbit2packer.service: Main process exited, code=killed, status=9/KILL"
            )
            .Event("12:00:01", new SourceRead(1, InventedFactory.At("12:00:01")));
        state = state.Take(new StatePublished(Subscriptions.Of(state).OfType<FactoryStates>().Single().Id, down.State)).State;
        var effects = new List<Effect>();
        for (var second = 1; second <= 120; second++)
        {
            (state, var done) = Update.Apply(state, Noon.AddSeconds(second), new Ticked(Subscriptions.Tick));
            effects.AddRange(done.Where(effect => effect is RingBell or SendBulletin { Bulletin.Kind: AlertKind.Health }));
        }

        Assert.That(effects.OfType<RingBell>().Select(bell => bell.Why), Is.EqualTo(new[] { "the factory is not well" }));
        var bulletin = effects.OfType<SendBulletin>().Single().Bulletin;
        Assert.That(
            (bulletin.Text, bulletin.Check, bulletin.Severity),
            Is.EqualTo(("factory7: DAEMON_DOWN ERROR: killed (status 9) 12:00", "DAEMON_DOWN", "ERROR"))
        );
        Assert.That(
            BulletinJson.Of(bulletin),
            Does.Contain("\"event\":\"health\"").And.Contain("\"check\":\"DAEMON_DOWN\",\"severity\":\"ERROR\"")
        );
        Assert.That(state.Press("!").Text(), Does.Contain("12:00:01  raised   DAEMON_DOWN       killed (status 9) 12:00"));
    }

    [Test]
    public void Channel_ThatFails_IsACheck_UntilItWorks()
    {
        var state = Screens.Of(InventedDay.Read().Snapshot, new Size(140, 40));
        var failed = state.Take(new ChannelReported(Subscriptions.Channels, "webhook", "example.org answered 500")).State;

        Assert.That(failed.Factories.ChecksAt(failed.Now).Select(raised => raised.Check.Code), Does.Contain(CheckCode.NotifyFailing));
        Assert.That(failed.Press("!").Text(), Does.Contain("NOTIFY_FAILING").And.Contain("webhook: example.org answered 500"));
        var works = failed.Take(new ChannelReported(Subscriptions.Channels, "webhook", null)).State;
        Assert.That(works.Factories.ChecksAt(works.Now).Select(raised => raised.Check.Code), Does.Not.Contain(CheckCode.NotifyFailing));
    }

    /// <summary>The age in it changes every few seconds: it would take the line from all other messages.</summary>
    [Test]
    public void Store_WhoseTroubleOnlyGrowsOlder_IsSaidOnce_UntilItIsOver()
    {
        var state = Screens.Of(InventedDay.Read().Snapshot, new Size(140, 40));
        state = state with { Settings = state.Settings with { HasStore = true }, IsShown = true };
        var id = Subscriptions.Of(state).OfType<FactoryHistory>().First();
        ScreenState After(ScreenState before, string? why) =>
            before.Take(new HistoryRead(id.Id, id.Factory, BuildHistory.None, new HistoryStatus(why, 0, null))).State;

        var died = After(state, "the recorder died 5 seconds ago: do");
        var standing = After(died, "the recorder died 10 seconds ago: do");
        var muted = standing.WithNotice("not muted");
        var later = After(muted, "the recorder died 2 minutes ago: do");

        Assert.That(died.User.Notice?.Text, Is.EqualTo("history off: the recorder died 5 seconds ago: do"));
        Assert.That(standing.User.Notice?.Text, Is.EqualTo("history off: the recorder died 10 seconds ago: do"));
        Assert.That(later.User.Notice?.Text, Is.EqualTo("not muted"));
        Assert.That(later.Channels.Troubles["history"], Does.Contain("2 minutes"));
        Assert.That(After(later, "disk full").User.Notice?.Text, Is.EqualTo("history off: disk full"));
        Assert.That(After(standing, null).User.Notice, Is.Null);
        Assert.That(After(later, null).User.Notice?.Text, Is.EqualTo("not muted"));
    }

    [Test]
    public void Store_ThatCannotBeWritten_IsHistoryOff_OfNoFactory()
    {
        var state = Screens.Of(InventedDay.Two(), new Size(140, 40));
        state = state with { Settings = state.Settings with { HasStore = true }, IsShown = true };
        var id = Subscriptions.Of(state).OfType<FactoryHistory>().First();

        var off = state.Take(new HistoryRead(id.Id, id.Factory, BuildHistory.None, new HistoryStatus("disk full", 0, null))).State;

        var raised = off.Factories.ChecksAt(off.Now).Single(raised => raised.Check.Code is CheckCode.HistoryOff);
        Assert.That((raised.Factory, raised.Check.Items[0].Text), Is.EqualTo(((string?)null, "history off: disk full")));
    }
}
