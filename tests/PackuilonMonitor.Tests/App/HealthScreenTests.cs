using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>The overall state in the header, HEALTH, and mutes typed on the screen.</summary>
public sealed class HealthScreenTests
{
    private static readonly Snapshot Day = InventedDay.Read().Snapshot;

    private static ScreenState Start => Of(Day);

    private static ScreenState Of(Snapshot snapshot, int columns = 80, int rows = 24)
    {
        var state = Screens.Of(snapshot, new Size(columns, rows), InventedDay.Paint(ascii: true));
        return state with { Settings = state.Settings with { CanMute = true, User = "htv" } };
    }

    private static string Line(ScreenState state, int row) => state.Text().Split('\n')[row];

    [Test]
    public void Header_WhileLogsAreRead_SaysThat() =>
        Assert.That(Line(Of(InventedDay.Factory().Snapshot), 0), Does.StartWith(" reading ").And.Not.Contain("WORKER_LOST"));

    [Test]
    public void Header_OfAHealthyFactory_IsOneCalmWord() =>
        Assert.That(
            Line(
                Of(
                    new InventedFactory()
                        .Worker("16:30:00", 1)
                        .Event("16:41:00", new SourceRead(1, InventedFactory.At("16:41:50")))
                        .Event("16:41:00", new LogDirectoryRead())
                        .Snapshot
                ),
                0
            ),
            Does.StartWith(" OK      healthy ")
        );

    [Test]
    public void Header_OfADeadDaemon_IsAnError()
    {
        var factory = InventedDay
            .Read()
            .Line(
                "16:41:52",
                Speaker.Systemd,
                new UnitFailed("rabbit2packer.service", "Failed with result 'exit-code'"),
                "rabbit2packer.service: Failed with result 'exit-code'."
            );

        Assert.That(Line(Of(factory.Snapshot), 0), Does.StartWith(" ERROR   DAEMON_DOWN "));
    }

    [TestCase(200, "LEFT_BEHIND 1 14:05", null)]
    [TestCase(140, "CHANGE_NOT_BUILT 2 15:58   +2", null)]
    [TestCase(80, "WORKER_LOST T3 15:58   BUILD_FAILED 1 14:05   +4", null)]
    [TestCase(60, "WORKER_LOST T3 15:58   +5", "factory7")]
    [TestCase(40, "WARN WORKER_LOST T3 15:58   +5", "factory7")]
    [TestCase(20, "WARN WORKER_L", null)]
    [TestCase(19, "WARN", "W.*W")]
    public void Header_OfAWidth_ShowsTheChecksThatFitAndCountsTheOthers(int columns, string shows, string? not)
    {
        var line = Line(Of(Day, columns), 0);

        Assert.That(line, Does.Contain(shows));
        Assert.That(line.Trim().Length, Is.LessThanOrEqualTo(columns));
        if (not is not null)
            Assert.That(line, columns == 60 ? Does.Contain(not) : Does.Not.Match(not));
    }

    [Test]
    public void Header_EveryWidth_BeginsWithTheState()
    {
        for (var columns = 4; columns <= 200; columns++)
            Assert.That(Line(Of(Day, columns), 0).TrimStart(), Does.StartWith("WARN"), $"{columns}");
    }

    [Test]
    public void Header_OfAState_ShowsItInItsColour()
    {
        var state = Start with { Settings = Start.Settings with { Palette = Palette.Dark } };
        Assert.That(Picture.Of(state)[0, 1].Style, Is.EqualTo(Palette.Dark.Warning), "WARN");
        Assert.That(Picture.Of(state)[0, 9].Style, Is.EqualTo(Palette.Dark.Warning), "its code");
        Assert.That(Picture.Of(state)[0, 21].Style, Is.EqualTo(Palette.Dark.Plain), "what it is about");
        var blind = state with
        {
            Factories = Screens
                .Of(new InventedFactory().Event("16:40:00", new LogDirectoryRead()).Event("16:40:00", Gone).Snapshot)
                .Factories,
        };
        Assert.That((Line(blind, 0)[..9], Picture.Of(blind)[0, 1].Style), Is.EqualTo((" UNKNOWN ", Palette.Dark.Blind)));
    }

    private static InventedFactory Dead() =>
        new InventedFactory()
            .Event("16:00:00", new SourceRead(1, InventedFactory.At("16:41:50")))
            .Event("16:00:00", new LogDirectoryRead())
            .Worker("16:20:00", 1)
            .Worker("16:20:00", 2)
            .Worker("16:20:00", 3)
            .Worker("16:20:00", 4)
            .Line(
                "16:31:52",
                Speaker.Systemd,
                new UnitFailed("rabbit2packer.service", "Failed with result 'exit-code'"),
                "rabbit2packer.service: Failed with result 'exit-code'."
            );

    /// <summary>A thread that never wrote is not counted among those that live, as its row says.</summary>
    [Test]
    public void Stages_WithAThreadThatNeverWrote_CountOnlyThoseThatDid()
    {
        var factory = new InventedFactory().Worker("16:20:00", 1).Worker("16:20:00", 2).Worker("16:20:00", 3);
        var three = Of(factory.Snapshot, 160, 40).Text();
        var four = Of(factory.Worker("16:20:01", 4).Snapshot, 160, 40).Text();

        Assert.That(three, Does.Contain(", 3 of 4 workers, 1 not seen").And.Contain("T4"));
        Assert.That(four, Does.Contain(", 4 of 4 workers").And.Not.Contain("not seen"));
    }

    /// <summary>What a narrow line omits is what stands elsewhere; how many live, and that one was not seen, stands in each.</summary>
    [TestCase(160, "-> RabbitMQ 0 waiting (inferred) -> rabbit2packer up since 16:20:00, 3 of 4 workers, 1 not seen")]
    [TestCase(143, "-> RabbitMQ 0 waiting (inferred) -> rabbit2packer up since 16:20, 3 of 4 workers, 1 not seen")]
    [TestCase(132, "-> RabbitMQ 0 waiting -> rabbit2packer up since 16:20, 3 of 4 workers, 1 not seen")]
    [TestCase(120, "-> RabbitMQ 0 waiting -> rabbit2packer up, 3 of 4 workers, 1 not seen")]
    [TestCase(109, "Aquilon no packet seen -> cdb2rabbit no run seen -> RabbitMQ 0 waiting -> rabbit2packer up, 3/4, 1 not seen")]
    [TestCase(100, "Aquilon - -> cdb2rabbit - -> RabbitMQ 0 waiting -> rabbit2packer up, 3/4, 1 not seen")]
    public void Stages_InSoManyColumns_EndWithTheLastOne(int columns, string said)
    {
        var factory = new InventedFactory().Worker("16:20:00", 1).Worker("16:20:00", 2).Worker("16:20:00", 3);

        Assert.That(Line(Of(factory.Snapshot, columns, 40), 2).Trim(), Does.EndWith(said));
    }

    /// <summary>The lines of workers that cannot work hold the reason, what it rests on, and what to type.</summary>
    [TestCase(80)]
    [TestCase(140)]
    public void Workers_OfADeadDaemon_SayWhyAndWhatToDo(int columns)
    {
        var state = Of(Dead().Snapshot, columns, columns == 80 ? 24 : 40);
        var lines = state.Text().Split('\n').SkipWhile(line => !line.Contains("WORKERS", StringComparison.Ordinal)).ToList();
        var first = columns == 80 ? 1 : 2;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Does.Contain("WORKERS   0 of 4: rabbit2packer is down since 16:31:52"));
            Assert.That(lines[first], Does.Contain("X Failed with result 'exit-code' 16:31"));
            Assert.That(lines[first + 1], Does.Contain("rabbit2packer.service: Failed with result 'exit-code'."));
            Assert.That(string.Join('\n', lines.Take(first + 4)), Does.Contain("do: systemctl status rabbit2packer; journalctl"));
            Assert.That(state.Text(), Does.Not.Contain("idle").And.Not.Contain("4 of 4 workers"));
            Assert.That(state.Press("Enter").User.Place.Screen, Is.EqualTo(ScreenKind.Lines), "the lines it rests on");
            Assert.That(
                state.Pressed("c").Effects.OfType<CopyText>().Single().Text,
                Does.StartWith("systemctl status rabbit2packer"),
                "its command"
            );
        }
    }

    [TestCase(30, "DAEMON_DOWN Failed with$ 16:31")]
    [TestCase(46, "DAEMON_DOWN Failed with result 'exit-co$ 16:31")]
    public void Header_OfADeadDaemon_KeepsSinceWhen(int columns, string narrow)
    {
        var raised = Dead().Snapshot.ChecksAt(InventedDay.Paint().Now).First(check => check.Check.Code is CheckCode.DaemonDown);

        Assert.That(HealthWords.Narrowed(raised, new string('x', 200), columns, ascii: false).Replace('…', '$'), Is.EqualTo(narrow));
    }

    /// <summary>Three dots need more room than the sign for what is cut.</summary>
    [Test]
    public void Header_OfADeadDaemonInAscii_KeepsSinceWhen()
    {
        for (var columns = 52; columns < 80; columns++)
            Assert.That(Line(Of(Dead().Snapshot, columns), 0), Does.Match(" 16:31 "), $"{columns}");
    }

    [TestCase(10, "3 fail: o$")]
    [TestCase(16, "3 fail: one, tw$")]
    [TestCase(20, "3 fail: one, $ 12:00")]
    [TestCase(24, "3 fail: one, $ 12:00")]
    [TestCase(25, "3 fail: one, two, $ 12:00")]
    [TestCase(28, "3 fail: one, two, $ 12:00")]
    [TestCase(29, "3 fail: one, two, three 12:00")]
    public void Summary_OfAWidth_NamesWhatFits(int columns, string text) =>
        Assert.That(
            new CheckSummary("3 fail: ", ["one", "two", "three"], " 12:00").In(columns).Replace('…', '$'),
            Is.EqualTo(text)
        );

    /// <summary>On a wide screen HEALTH names more than the seventy columns of a report.</summary>
    [Test]
    public void Health_OnAWideScreen_UsesItsWidth()
    {
        string What(int columns) =>
            Of(Day, columns, 40).Press("!").Text().Split('\n').First(line => line.Contains("LEFT_BEHIND ", StringComparison.Ordinal)
                && line.Contains("left in", StringComparison.Ordinal));

        Assert.That(What(100), Does.EndWith("..."));
        Assert.That(What(160), Does.EndWith("server bf52ac71-1111-4222-8333-444455556666 of gateway-el9-x86_64.managed"));
    }

    [TestCase(80)]
    [TestCase(140)]
    public void Mute_WhileItIsTyped_SaysForHowLongAndWhatEndsIt(int columns)
    {
        var lines = Of(Day, columns, 24).Press("!", "m").Text().TrimEnd().Split('\n');

        Assert.That(lines[^1], Does.StartWith(" mute WORKER_LOST for: "));
        Assert.That(lines[^2], Does.Contain("30m").And.Contain("until-ok").And.Contain("empty: unmute").And.Contain("sticky"));
    }

    /// <summary>Nothing was ever read: the screen says what is missing, and never that all is well.</summary>
    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void FirstStart_WithoutASource_SaysWhatIsMissingAndOffersDoctor(int columns, int rows)
    {
        var factory = new InventedFactory()
            .Event(
                "16:41:50",
                new SourceSeen(new SourceHealth(InventedFactory.Messages, SourceState.Missing, null, InventedFactory.At("16:41:50")))
            )
            .Event("16:41:50", new LogDirectoryRead());
        var state = Of(factory.Snapshot, columns, rows);
        var text = state.Text();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith(" UNKNOWN SOURCE_UNREADABLE"));
            Assert.That(text, Does.Contain("Nothing can be read, so nothing can be said about the factory."));
            Assert.That(text, Does.Match(@">\s*X /var/log/messages  is not there"));
            // What is not known is not zero, and what nobody could see did not end well.
            Assert.That(text, Does.Match(@"\n nothing read yet +build(ing)? \?   queue \?\s"));
            Assert.That(text, Does.Not.Contain("nothing ended").And.Not.Contain("no build has ended"));
            Assert.That(text, Does.Contain("Enter doctor").And.Contain("packuilon-monitor demo"));
            Assert.That(state.Press("Enter").User.Place.Screen, Is.EqualTo(ScreenKind.Doctor));
            Assert.That(text, Does.Not.Contain("WORKERS"));
            Assert.That(state.Press("R").User.Place.Screen, Is.EqualTo(ScreenKind.Doctor));
        }

        Assert.That(Of(factory.Worker("16:41:55", 1).Snapshot, columns, rows).Text(), Does.Contain("WORKERS"));
    }

    [Test]
    public void Bang_OpensHealth_AndEnterWhatTheItemIsAbout()
    {
        var health = Start.Press("!");
        Assert.That(health.User.Place.Screen, Is.EqualTo(ScreenKind.Health));

        Assert.That(health.Press("Enter").User.Place.Screen, Is.EqualTo(ScreenKind.Lines), "a lost worker's lines");
        Assert.That(
            health.Press("j", "Enter").User.Place,
            Has.Property("Screen").EqualTo(ScreenKind.Log).And.Property("Subject").Contains("gateway")
        );
        Assert.That(
            health.Press("j", "j", "j", "Enter").User.Place,
            Has.Property("Screen").EqualTo(ScreenKind.Chain).And.Property("Subject").Contains("proxy")
        );
        Assert.That(
            health.Press("j", "j", "j", "Tab", "j").Text(),
            Does.Contain(">testbed-el7-x86_64").And.Contain("Could not find packer template file, exiting")
        );
    }

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void I_OnHealth_ShowsTheRowWhole_UntilItIsPressedAgain(int columns, int rows)
    {
        var start = Of(Day, columns, rows).Press("!");
        var check = start.Press("i");
        var item = start.Press("Tab", "i");

        Assert.That(check.Text(), Does.Contain("WORKER_LOST since 15:58:03: 1 of 4 workers lost: Thread-3 since 15:58"));
        Assert.That(item.Text(), Does.Contain("Thread-3 since 15:58:03: probably lost 15:58: Could not find packer"));
        Assert.That(check.Press("i").Text(), Is.EqualTo(start.Text()));
        Assert.That(check.Press("Esc").Text(), Is.EqualTo(start.Text()));
    }

    [Test]
    public void Health_OfBuildsThatFailed_TellsTheLastGoodOneAndTheTriesSince()
    {
        var factory = new InventedFactory()
            .Worker("8:00:00", 1)
            .Event("8:00:01", new SourceRead(1, InventedFactory.At("16:41:50")))
            .WholeBuild("9:00:00", 1, InventedDay.Gateway, "managed", 7);
        foreach (var hour in new[] { 14, 15 })
        {
            factory
                .Taken($"{hour}:00:00", 1, InventedDay.Gateway)
                .Started($"{hour}:00:01", InventedDay.Gateway, "managed")
                .Failed($"{hour}:05:00", 1, InventedDay.Gateway, "managed");
        }

        var text = Of(factory.Event("16:41:00", new LogDirectoryRead()).Snapshot, 140, 40).Press("!").Text();

        Assert.That(text, Does.Match(@"item +since +what +last good +tries since"));
        Assert.That(text, Does.Match(@"gateway-el9-x86_64\.managed 15:05:00 Thread-1: .* 09:07 +2\n"));
    }

    [Test]
    public void C_OnACheck_CopiesItsCommand() =>
        Assert.That(
            Start.Press("!", "j").Pressed("c").Effects.OfType<CopyText>().Single().Text,
            Is.EqualTo("packuilon-monitor log gateway-el9-x86_64.managed")
        );

    [Test]
    public void M_OnACheck_AsksForHowLong_AndThenItIsMuted()
    {
        var asked = Start.Press("!", "j", "m");
        Assert.That((asked.User.Question?.Sign, asked.User.Question?.Text), Is.EqualTo((" mute BUILD_FAILED for: ", "4h")));

        var entered = asked.Enter("4h");
        var keep = entered.Effects.OfType<KeepMutes>().Single();
        Assert.That(
            keep.Mutes.Select(mute => (mute.Name, mute.Until, mute.By)),
            Is.EqualTo(new[] { ("BUILD_FAILED", (DateTimeOffset?)InventedDay.Now.AddHours(4), "htv") })
        );
        Assert.That(
            entered.State.Factories.ChecksAt(InventedDay.Now).Any(raised => raised.Check.IsMuted),
            Is.False,
            "not before it is written"
        );

        var muted = entered.State.Take(new MutesKept(keep.Number)).State;
        Assert.That(muted.User.Notice?.Text, Is.EqualTo("BUILD_FAILED muted until 20:41:56"));
        Assert.That(muted.Text(), Does.Contain("(muted: BUILD_FAILED 4h)").And.Contain("5 raised   1 muted"));
        Assert.That(HeaderOf(muted, 140), Does.Contain("(muted: BUILD_FAILED 4h)"));
        Assert.That(muted.Press("G").Text(), Does.Contain(">  BUILD_FAILED"), "muted ones stand last");

        var free = muted.Press("G", "m").Enter("").State;
        Assert.That(free.Waiting.Values.OfType<KeepMutes>().Single().Mutes, Is.Empty, "nothing typed takes it back");
    }

    [Test]
    public void M_OnAnItem_MutesOnlyThat()
    {
        var entered = Start.Press("!", "j", "j", "j", "Tab", "j", "m");
        Assert.That(entered.User.Question?.Sign, Is.EqualTo(" mute CHANGE_NOT_BUILT:testbed-el7-x86_64 for: "));

        var mute = entered.Enter("until-ok").Effects.OfType<KeepMutes>().Single().Mutes.Single();
        Assert.That((mute.Name, mute.Until), Is.EqualTo(("CHANGE_NOT_BUILT:testbed-el7-x86_64", (DateTimeOffset?)null)));
    }

    [TestCase("mute BUILD_FAILED", "mute which check, for how long? as :mute BUILD_FAILED 4h")]
    [TestCase("mute BUILD_FAILED soon", "no time: soon; one like 4h, 30m, 2d or until-ok")]
    [TestCase("mute BUILD_FALED 4h", "no such check: BUILD_FALED; did you mean BUILD_FAILED?")]
    [TestCase("mute DAEMON_DOWN 4h", "DAEMON_DOWN is not raised; --sticky mutes it all the same")]
    [TestCase("mute BUILD_FAILED 40d sticky", "--sticky: needs a TIME of at most 30d")]
    [TestCase("unmute BUILD_FAILED", "BUILD_FAILED is not muted; nothing is")]
    [TestCase("unmute", "unmute which check? as :unmute BUILD_FAILED")]
    public void Typed_WhatCannotBe_IsAnswered(string typed, string answer)
    {
        var (state, effects) = Start.Press(":").Enter(typed);

        Assert.That((state.User.Notice?.Text, effects.OfType<KeepMutes>().Any()), Is.EqualTo((answer, false)));
    }

    [Test]
    public void Typed_Mute_TakesAnItemWithBlanksAndSticky()
    {
        var mute = Start.Press(":").Enter("mute DAEMON_DOWN:a b 2d sticky").Effects.OfType<KeepMutes>().Single().Mutes.Single();

        Assert.That(
            (mute.Name, mute.Sticky, mute.Until),
            Is.EqualTo(("DAEMON_DOWN:a b", true, (DateTimeOffset?)InventedDay.Now.AddDays(2)))
        );
    }

    [Test]
    public void Mute_ThatCannotBeWritten_IsReportedAndDoesNotHold()
    {
        var entered = Start.Press(":").Enter("mute BUILD_FAILED 4h").State;
        var failed = entered.Take(new MutesNotKept(entered.Waiting.Values.Single().Number, "disk full")).State;

        Assert.That((failed.User.Notice?.Text, failed.User.Notice?.IsProblem), Is.EqualTo(("not muted: disk full", true)));
        Assert.That(failed.Factories.ChecksAt(InventedDay.Now).Any(raised => raised.Check.IsMuted), Is.False);
    }

    [Test]
    public void Mute_WhoseTimeIsOver_LeavesTheFileAndIsReported()
    {
        var state = Muted(Start, "30m");
        Assert.That(state.Take(new Ticked(Subscriptions.Tick)).Effects.OfType<KeepMutes>(), Is.Empty, "it holds");

        var (later, effects) = Update.Apply(state, InventedDay.Now.AddMinutes(31), new Ticked(Subscriptions.Tick));
        var keep = effects.OfType<KeepMutes>().Single();
        Assert.That((keep.Mutes.Length, keep.Said), Is.EqualTo((0, "BUILD_FAILED is not muted any more: time")));
        Assert.That(
            Update.Apply(later, InventedDay.Now.AddMinutes(32), new Ticked(Subscriptions.Tick)).Effects.OfType<KeepMutes>(),
            Is.Empty,
            "once"
        );
    }

    [Test]
    public void Mute_OfAnotherProcess_IsTaken()
    {
        var mute = new Mute(CheckCode.WorkerLost, null, InventedDay.Now, null, false, "root", ["Thread-3"], Severity.Warn);
        var read = Start.Take(new MutesRead(new SubscriptionId("mutes:", 0), null, [mute])).State;

        Assert.That(HeaderOf(read, 140), Does.StartWith(" WARN    BUILD_FAILED").And.Contain("(muted: WORKER_LOST until it is well)"));
    }

    [Test]
    public void Health_OfAnyItem_ShowsItsCommandWhole()
    {
        foreach (var columns in new[] { 60, 80, 140 })
        {
            for (var row = 0; row < 6; row++)
            {
                var state = Of(Day, columns, 40).Press("!").Do(Enumerable.Repeat((Command)ContentAct.LineDown, row));
                var check = ((CheckRow)Selection.Row(state)!).Raised.Check;
                var command = SafeText.Plain(check.Items[0].Do ?? check.Do).Replace(" ", "", StringComparison.Ordinal);
                Assert.That(
                    string.Concat(state.Text().Where(letter => !char.IsWhiteSpace(letter))),
                    Does.Contain($"do:{command}clears"),
                    $"{check.Code} {columns}"
                );
            }
        }
    }

    private static readonly SourceSeen Gone = new(
        new SourceHealth(InventedFactory.Messages, SourceState.Unreadable, "gone", InventedFactory.At("16:00:00"))
    );

    private static ScreenState Muted(ScreenState state, string time)
    {
        var entered = state.Press(":").Enter($"mute BUILD_FAILED {time}").State;
        return entered.Take(new MutesKept(entered.Waiting.Values.Single().Number)).State;
    }

    private static string HeaderOf(ScreenState state, int columns) => Line(state with { Size = new Size(columns, 24) }, 0);
}
