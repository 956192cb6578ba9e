using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Alerts;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Health;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Rows;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>What a user has seen, and what not: the mark, the signs, the walk through what is unseen.</summary>
public sealed class SightTests
{
    private static readonly DateTimeOffset Noon = InventedFactory.At("12:00:00");

    /// <summary>
    /// A user who looked last at 12:10, and what happened since: a lost build, two that failed, a refused message, good ones.
    /// </summary>
    internal static InventedFactory Lunch()
    {
        var factory = new InventedFactory();
        foreach (var thread in Enumerable.Range(1, 4))
            factory.Worker($"8:00:0{thread}", thread);
        factory
            .WholeBuild("9:00:00", 1, InventedDay.Storage, "managed", 7)
            .WholeBuild("10:00:00", 1, InventedDay.Storage, "managed", 7)
            .WholeBuild("11:00:00", 1, InventedDay.Storage, "managed", 7);
        factory
            .Taken("12:30:00", 3, "proxy-el9-x86_64")
            .Started("12:30:01", "proxy-el9-x86_64", "unmanaged")
            .Taken("12:40:00", 1, InventedDay.Compute)
            .Started("12:40:01", InventedDay.Compute, "managed")
            .Line("12:46:00", Speaker.Rabbit2Packer, new WorkerStarted(new WorkerId(3)), "Starting Thread-3")
            .Failed("12:51:00", 1, InventedDay.Compute, "managed")
            .Taken("12:56:00", 2, InventedDay.Gateway)
            .Started("12:56:01", InventedDay.Gateway, "managed")
            .Failed("13:02:00", 2, InventedDay.Gateway, "managed")
            .Taken("12:58:00", 4, "batch-el9-x86_64")
            .Line(
                "12:58:03",
                Speaker.Rabbit2Packer,
                new JobRefused(new WorkerId(4), Refusal.MalformedProfile),
                "Thread-4: could not decode profile, malformed json? Continuing"
            );
        for (var minute = 4; minute < 16; minute += 2)
            factory.WholeBuild($"13:{minute:00}:00", 2, InventedDay.Storage, "unmanaged", 1);
        return factory.Event("13:19:30", new SourceRead(9, InventedFactory.At("13:19:59"))).Event("13:19:30", new LogDirectoryRead());
    }

    internal static ScreenState Back(int columns = 80, int rows = 24, Palette? palette = null)
    {
        var paint = InventedDay.Paint(ascii: columns < 100) with { Now = InventedFactory.At("13:20:07") };
        var state = Screens.Of(Lunch().Snapshot, new Size(columns, rows), paint).SeenUntil("12:10:00");
        state = state with
        {
            Settings = state.Settings with { Palette = palette ?? Palette.Mono },
            Attendance = Attendance.From(InventedFactory.At("12:10:00")),
        };
        return state.Take(new Ticked(Subscriptions.Tick)).State;
    }

    private static string Line(ScreenState state, int row) => state.Text().Split('\n')[row];

    private static string[] Unseen(ScreenState state) => [.. state.Unseen.Where(news => news.IsBad).Select(news => $"{news.Kind}")];

    [Test]
    public void Header_SaysWhatHappenedSinceSomebodyLooked() =>
        Assert.That(Line(Back(), 1), Does.StartWith(" since 12:10: 6 ok  2 FAILED  1 LOST  1 refused  "));

    [Test]
    public void Unseen_TwoMessagesThatOneThreadRefusedInOneSecond_AreTwo()
    {
        var factory = new InventedFactory().Worker("12:00:00", 1);
        foreach (var why in (Refusal[])[Refusal.MalformedProfile, Refusal.NoSourceImage])
            factory.Line("12:30:00", Speaker.Rabbit2Packer, new JobRefused(new WorkerId(1), why), $"Thread-1: {why}. Continuing");
        factory.Event("12:30:01", new LogDirectoryRead());

        var unseen = NewsList.Of(factory.Snapshot, SeenMark.Until(InventedFactory.At("12:10:00")), InventedFactory.At("12:31:00"));

        Assert.That(unseen.Select(news => news.Kind), Has.Exactly(2).EqualTo(NewsKind.Refused));
    }

    [Test]
    public void Unseen_ChangeThatIsNotBuilt_IsFoundBehindAnOlderOneThatStillWaits()
    {
        var factory = new InventedFactory()
            .Worker("12:00:00", 1)
            .Line("12:05:00", Speaker.Cdb2Rabbit, new ProfileUpdated("waits.json"), "Profile has updated: waits.json")
            .Line("12:05:01", Speaker.Cdb2Rabbit, new MessagePushing(), "Pushing message to queue for build")
            .Line("12:30:00", Speaker.Cdb2Rabbit, new ProfileRebuilt("fails.json"), "CI profile rebuilt: fails.json")
            .Line("12:30:01", Speaker.Cdb2Rabbit, new ProfileFailed("fails.json"), "Error retriving profile: fails.json")
            .Event("12:30:02", new LogDirectoryRead());

        var unseen = NewsList.Of(factory.Snapshot, SeenMark.Until(InventedFactory.At("12:10:00")), InventedFactory.At("12:31:00"));

        Assert.That(unseen.Select(news => news.Kind), Has.Exactly(1).EqualTo(NewsKind.NotBuilt));
    }

    [Test]
    public void Header_CountsOfFailures_AreRed()
    {
        var picture = Picture.Of(Back(palette: Palette.Dark));
        var at = Line(Back(), 1).IndexOf("2 FAILED", StringComparison.Ordinal);

        Assert.That((picture[1, at].Style, picture[1, at - 3].Style), Is.EqualTo((Palette.Dark.Bad, Palette.Dark.Plain)));
    }

    [TestCase("13:20:07", "since 13:05:")]
    [TestCase("+1", "since Mon 13:05:")]
    [TestCase("+9", "since 23 Nov 13:05:")]
    public void Header_OfAnotherDay_NamesIt(string now, string shows)
    {
        var (at, mark) = (
            now[0] is '+' ? InventedFactory.At("13:20:07").AddDays(now[1] - '0') : InventedFactory.At(now),
            InventedFactory.At("13:05:00")
        );
        Assert.That(NewsWords.SinceLine([], SeenMark.Until(mark), InventedDay.Paint() with { Now = at }).First().Text, Is.EqualTo(shows));
        Assert.That(NewsWords.SinceLine([], SeenMark.Until(mark), InventedDay.Paint()).Last().Text, Is.EqualTo("nothing ended"));
    }

    [Test]
    public void Recent_UnseenFailures_StandFirstWithASign()
    {
        var rows = Back().Text().Split('\n').SkipWhile(line => !line.StartsWith(" RECENT", StringComparison.Ordinal)).ToArray();

        Assert.That(rows[0], Does.Contain("unseen first: 2 FAILED  1 LOST  1 refused"));
        Assert.That(
            rows[1..5].Select(row => row[..13]),
            Is.EqualTo(new[] { "*12:46  LOST ", "*13:02  FAIL ", "*12:51  FAIL ", "*12:58  FAIL " })
        );
        Assert.That(rows[5], Does.StartWith("*13:15  ok "));
    }

    /// <summary>Where more failed than one looks through, a cause has one row; it leads to all that failed by it.</summary>
    [Test]
    public void Recent_ManyUnseenFailures_HaveARowForEachCause()
    {
        var factory = Lunch();
        foreach (var minute in Enumerable.Range(16, 3))
            factory
                .Taken($"13:{minute}:00", 1, $"web{minute}-el9-x86_64")
                .Started($"13:{minute}:01", $"web{minute}-el9-x86_64", "managed")
                .Failed($"13:{minute}:30", 1, $"web{minute}-el9-x86_64", "managed");
        var paint = InventedDay.Paint(ascii: true) with { Now = InventedFactory.At("13:20:07") };
        var state = Screens.Of(factory.Snapshot, new Size(80, 24), paint).SeenUntil("12:10:00").Take(new Ticked(Subscriptions.Tick)).State;
        var rows = state.Text().Split('\n').SkipWhile(line => !line.StartsWith(" RECENT", StringComparison.Ordinal)).ToArray();

        Assert.That(rows[0], Does.Contain("unseen first: 5 FAILED  1 LOST  1 refused"));
        Assert.That(rows[1], Does.StartWith("*12:46  LOST proxy-el9"));
        Assert.That(rows[2], Does.StartWith("*13:18  FAIL 5x web18-el9-x86_64.mgd"));
        Assert.That(rows[3], Does.StartWith("*12:58  FAIL a message of T4"));

        var walked = state.Press("u", "u");
        Assert.That(Selection.Row(walked), Is.InstanceOf<CauseRow>(), "on the row of its cause");
        Assert.That(walked.Unseen.Count(news => news.IsBad), Is.EqualTo(state.Unseen.Count(news => news.IsBad) - 2));
        var opened = walked.Press("Enter");
        Assert.That(opened.User.Place.Screen, Is.EqualTo(ScreenKind.Causes));
        Assert.That(opened.Text(), Does.Contain("web17-el9-x86_64.mgd"));
    }

    [Test]
    public void Header_ChecksThatWereClearedAgain_AreNamedWithTheirTimes()
    {
        HealthEvent Turn(string time, HealthTurn turn, CheckCode code = CheckCode.DaemonDown) =>
            new(InventedFactory.At(time), null, code, turn, Severity.Error, null, 1, CheckSummary.Of(""), [], []);
        HealthEvent[] events =
        [
            Turn("12:05:00", HealthTurn.Raised, CheckCode.BrokerDown),
            Turn("12:29:00", HealthTurn.Raised),
            Turn("12:31:00", HealthTurn.Changed),
            Turn("12:33:00", HealthTurn.Cleared),
            Turn("12:34:00", HealthTurn.Cleared, CheckCode.BrokerDown),
            Turn("12:40:00", HealthTurn.Raised, CheckCode.QueueWaiting),
        ];

        Assert.That(
            NewsWords.Cleared(events, SeenMark.Until(InventedFactory.At("12:10:00")), InventedDay.Paint()).Select(piece => piece.Text),
            Is.EqualTo(new[] { "DAEMON_DOWN 12:29-12:33" })
        );
    }

    [Test]
    public void Recent_CountsBelowTheFold_StandBesideThoseOfTheTitle()
    {
        var state = Back(100, 40);
        var into = new CellBuffer(new Size(100, 4));
        var paint = InventedDay.Paint(ascii: false) with { Now = state.Now };
        RecentPane.Render(state.Shown.Factories, state.User, into, paint, ScreenForm.Wide);

        Assert.That(
            into.ToLines()[0].ToText(),
            Does.Match("^── RECENT ─+ 1 FAILED  1 refused below ▼ ─+ unseen first: 2 FAILED  1 LOST  1 refused ─+$")
        );
    }

    [TestCase("16:00:00", ScreenForm.Wide, "─ 3 unfinished   1 unseen ──")]
    [TestCase("23:00:00", ScreenForm.Wide, "─ 3 unfinished ──")]
    [TestCase("16:00:00", ScreenForm.Narrow, "────")]
    public void Changes_UnfinishedAndUnseen_AreCountedInAWideRule(string seenUntil, ScreenForm form, string end)
    {
        var state = Screens.Of(InventedDay.Read().Snapshot).SeenUntil(seenUntil);
        var into = new CellBuffer(new Size(120, 10));
        TriggersPane.Render(state.Shown.Factories, state.User, into, InventedDay.Paint(), form);

        Assert.That(into.ToLines()[0].ToText().TrimEnd(), Does.EndWith(end));
    }

    /// <summary>No build came of it, so RECENT has no row for it.</summary>
    [TestCase(ScreenForm.Wide, 4, true)]
    [TestCase(ScreenForm.Narrow, 4, true)]
    [TestCase(ScreenForm.Narrow, 6, false)]
    public void Changes_NotBuiltBelowTheFold_AreCountedInTheRule(ScreenForm form, int rows, bool isBelow)
    {
        var state = Screens.Of(InventedDay.Read().Snapshot).SeenUntil("16:00:00");
        var into = new CellBuffer(new Size(100, rows));
        TriggersPane.Render(state.Shown.Factories, state.User, into, InventedDay.Paint(), form);

        Assert.That(into.ToLines()[0].ToText().Contains("─ 1 not built below ▼ ─", StringComparison.Ordinal), Is.EqualTo(isBelow));
    }

    [Test]
    public void Recent_FailuresBelowTheFold_AreCountedInRed()
    {
        var state = Back(80, 17, Palette.Dark);
        var rule = Array.FindIndex(state.Text().Split('\n'), line => line.StartsWith(" RECENT", StringComparison.Ordinal)) - 1;
        var line = Line(state, rule);

        Assert.That(line, Does.Match(@"-- 1 FAILED  1 refused below v --"));
        Assert.That(Picture.Of(state)[rule, line.IndexOf("FAILED", StringComparison.Ordinal)].Style, Is.EqualTo(Palette.Dark.Bad));
    }

    [Test]
    public void Key_AfterTwoSeconds_MarksWhatWasOnTheScreen()
    {
        var state = Back();
        var early = state.Pressed("j", state.Now.AddSeconds(1)).State;
        Assert.That(Unseen(early), Is.EqualTo(Unseen(state)), "not in two seconds");

        var (later, effects) = state.Pressed("j", state.Now.AddSeconds(2));
        Assert.That(Unseen(later), Is.Empty);
        Assert.That(effects.OfType<KeepSeen>().Single().Mark.LookedAt, Is.EqualTo(state.Now.AddSeconds(2)));
        Assert.That(Line(later, 1), Does.StartWith(" since 13:20: nothing ended"));
        Assert.That(later.Text().Split('\n').Count(line => line.StartsWith('*')), Is.Zero);
        Assert.That(later.Text(), Does.Contain("12:46  LOST"), "rows stay where they are");
    }

    [Test]
    public void Screen_ThatNobodyAttends_SeesNothing()
    {
        var state = Back();
        for (var minute = 0; minute < 10; minute++)
            state = Update.Apply(state, state.Now.AddMinutes(1), new Ticked(Subscriptions.Tick)).State;

        Assert.That(Unseen(state), Is.EqualTo(Unseen(Back())));
    }

    [Test]
    public void Key_OfAShortScreen_LeavesWhatIsBelowTheFold()
    {
        var state = Back(80, 17);
        var after = state.Pressed("j", state.Now.AddSeconds(3)).State;

        Assert.That(Unseen(after), Is.Not.Empty.And.Length.LessThan(Unseen(state).Length));
        Assert.That(Line(after, 1), Does.StartWith(" since 12:10: "), "as long as something is unseen");
    }

    [Test]
    public void Frozen_SeesNothing()
    {
        var state = Back().Pressed("=", Back().Now.AddMilliseconds(100)).State;

        Assert.That(Unseen(state.Pressed("j", state.Now.AddSeconds(9)).State), Is.EqualTo(Unseen(state)));
    }

    [Test]
    public void Failure_ThatIsWrittenLate_IsUnseenAllTheSame()
    {
        var state = Back();
        state = state.Pressed("j", state.Now.AddSeconds(3)).State;
        var late = Lunch()
            .Taken("13:19:00", 1, "late-el9-x86_64")
            .Started("13:19:01", "late-el9-x86_64", "managed")
            .Failed("13:19:59", 1, "late-el9-x86_64", "managed");

        var after = state.Take(new StatePublished(Subscriptions.Of(state).OfType<FactoryStates>().Single().Id, late.State)).State;

        Assert.That(Unseen(after), Is.EqualTo(new[] { "Failed" }));
    }

    [Test]
    public void U_GoesThroughAll_WorstFirst_AndMarksOnlyThose()
    {
        var state = Back(80, 20);
        var walked = new List<string>();
        while (state.Unseen.Any(news => news.IsBad))
        {
            var left = state.Unseen.Count(news => news.IsBad);
            state = state.Pressed("u", state.Now.AddSeconds(5)).State;
            walked.Add(state.User.Notice!.Text);
            Assert.That(state.Unseen.Count(news => news.IsBad), Is.EqualTo(left - 1));
            Assert.That(Selection.Row(state)?.Id, Is.Not.Null);
        }

        Assert.That(
            walked.Select(text => string.Join(' ', text.Split(' ').Take(7))),
            Is.EqualTo(
                new[]
                {
                    "unseen 1 of 4: LOST 12:46 proxy-el9-x86_64.unm:",
                    "unseen 2 of 4: FAILED 13:02 gateway-el9-x86_64.mgd",
                    "unseen 3 of 4: FAILED 12:51 compute-el8-x86_64.mgd",
                    "unseen 4 of 4: refused 12:58 a",
                }
            )
        );
        Assert.That(state.Press("u").User.Notice?.Text, Is.EqualTo("nothing is unseen"));
        Assert.That(Line(state, 1), Does.StartWith(" since 13:20: nothing ended"));
    }

    [Test]
    public void U_OfACheckWithoutARow_GoesToHealth()
    {
        var factory = Lunch()
            .Line(
                "13:20:00",
                Speaker.Systemd,
                new UnitFailed("rabbit2packer.service", "killed (status 9)"),
                "rabbit2packer.service: Main process exited, code=killed, status=9/KILL"
            );
        var state = Screens
            .Of(factory.Snapshot, new Size(80, 24), InventedDay.Paint() with { Now = InventedFactory.At("13:20:07") })
            .SeenUntil("13:19:00")
            .Press("u");

        Assert.That((state.User.Place.Screen, state.User.Place.Focus), Is.EqualTo((ScreenKind.Health, Pane.Items)));
        Assert.That(state.User.Notice?.Text, Does.StartWith("unseen 1 of 1: 13:20 DAEMON_DOWN killed (status 9)"));
    }

    [Test]
    public void U_InALog_GoesToTheLogOfTheNext()
    {
        var state = Back().Press("u", "Enter");
        Assert.That(state.User.Place.Screen, Is.EqualTo(ScreenKind.Log));

        Assert.That(
            state.Press("u").User.Place,
            Has.Property("Screen").EqualTo(ScreenKind.Overview).Or.Property("Subject").Contains("gateway")
        );
    }

    [Test]
    public void CapitalU_MarksAll_AndAtOnceAgainTakesItBack()
    {
        var state = Back().Press("U");
        Assert.That(
            (Unseen(state), state.User.Notice?.Text),
            Is.EqualTo((Array.Empty<string>(), "4 marked as seen since 12:10; U again takes it back"))
        );

        Assert.That(Unseen(state.Press("U")), Is.EqualTo(Unseen(Back())));
        Assert.That(Unseen(state.Press("j", "U")), Is.Empty, "another key was pressed between");
        Assert.That(Unseen(Back().Press("U", "j", ":").Enter("unseen-again").State), Is.EqualTo(Unseen(Back())));
        Assert.That(Back().Do(SightAct.UnseenAgain).User.Notice?.Text, Is.EqualTo("nothing was marked as seen"));
    }

    [Test]
    public void TwoMinutesWithoutAKey_TheListsGoBackToWhatIsNew()
    {
        var state = Back().Press("Tab", "Tab", "G");
        Assert.That(state.User.Place[Pane.Recent].Top, Is.Positive);
        state = state with { Attendance = state.Attendance with { TouchedAt = state.Now } };

        var soon = Update.Apply(state, state.Now.AddSeconds(119), new Ticked(Subscriptions.Tick)).State;
        Assert.That(soon.User.Place[Pane.Recent], Is.EqualTo(state.User.Place[Pane.Recent]));
        var later = Update.Apply(state, state.Now.AddSeconds(120), new Ticked(Subscriptions.Tick)).State;
        Assert.That(later.User.Place[Pane.Recent].Top, Is.Zero);
        Assert.That(later.User.Place.Focus, Is.EqualTo(Pane.Recent));
    }

    [Test]
    public void SeenRows_LeaveTheTop_AfterTwoMinutesOrByG()
    {
        var state = Back();
        state = state.Pressed("Tab", state.Now.AddSeconds(3)).State.Press("Tab");
        string First(ScreenState shown) => Lists.Of(shown.Factories, shown.User.Place, Pane.Recent, shown.Now)[0].Id;
        Assert.That(First(state), Does.Contain("proxy"), "still where it was");

        Assert.That(First(state.Press("g")), Does.Contain("storage"));
        Assert.That(First(Update.Apply(state, state.Now.AddMinutes(3), new Ticked(Subscriptions.Tick)).State), Does.Contain("storage"));
    }

    [Test]
    public void Hints_NameWhatIsUnseen_OnlyWhileThereIsSomething()
    {
        Assert.That(Back().Text(), Does.Contain("u unseen 4"));
        Assert.That(Back().Press("U", "j").Text(), Does.Not.Contain("u unseen"));
    }

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void BackAfterLunch_AsExpected(int columns, int rows) =>
        Support.Golden.Matches($"Lunch.{columns}x{rows}.txt", Back(columns, rows).Text());

    [Test]
    public void X_ShowsWhatFailedByCause_AndAgainAllRows()
    {
        var causes = Back().Press("X");
        var rows = causes.Text().Split('\n').Skip(2).Take(6).ToArray();

        Assert.That(rows[0], Does.StartWith(" FAILURES BY CAUSE  24 h: 4 "));
        Assert.That(rows[2], Does.Match("^>   2x  13:02 .*its log does not say why .*0 of 2"));
        Assert.That(rows[3], Does.Match(@"^\*   1x  12:58 .*refused: malformed profile"));
        Assert.That(rows[4], Does.Match(@"^\*   1x  12:46 .*LOST: its thread restarted"));
        Assert.That(causes.Press("X").User.Place.Screen, Is.EqualTo(ScreenKind.Overview));

        var unfolded = causes.Press("Enter", "j");
        Assert.That(
            unfolded
                .Text()
                .Split('\n')
                .Skip(5)
                .Take(2)
                .Select(line => string.Join(' ', line.Split((char[])['>', '*', ' '], StringSplitOptions.RemoveEmptyEntries))),
            Is.EqualTo(new[] { "13:02 gateway-el9-x86_64.mgd T2 5:59 -", "12:51 compute-el8-x86_64.mgd T1 10:59 -" })
        );
        Assert.That(
            unfolded.Press("Enter").User.Place,
            Has.Property("Screen").EqualTo(ScreenKind.Log).And.Property("Subject").Contains("gateway")
        );
        Assert.That(unfolded.Press("k", "Enter").Text(), Does.Not.Contain("12:51  compute"), "folded again");
    }

    [Test]
    public void Fold_OfACause_HidesWhatIsInIt()
    {
        var causes = Back().Press("U", "U", "X");
        var later = causes.Pressed("j", causes.Now.AddSeconds(3)).State;

        Assert.That(Unseen(later), Has.Length.EqualTo(4), "nothing inside a fold is seen by standing there");
        var unfolded = causes.Press("Enter");
        Assert.That(Unseen(unfolded.Pressed("j", unfolded.Now.AddSeconds(3)).State), Has.Length.EqualTo(2));
    }

    [Test]
    public void X_InAHistory_IsOfThatImage()
    {
        var state = Back().Press("Tab", "Tab", "j", "H", "X");

        Assert.That(state.Text(), Does.Contain("FAILURES BY CAUSE of gateway-el9-x86_64  24 h: 1 "));
        Assert.That(state.Press("X").User.Place.Screen, Is.EqualTo(ScreenKind.History));
    }

    [TestCase(80, 24)]
    [TestCase(140, 40)]
    public void I_ShowsTheRowWhole_UntilItIsPressedAgain(int columns, int rows)
    {
        var state = Back(columns, rows).Press("u");
        Support.Golden.Matches($"Strip.{columns}x{rows}.txt", state.Text());

        Assert.That(state.Press("i").User.ShowsRow, Is.False);
        Assert.That(state.Press("Esc").User.ShowsRow, Is.False);
        Assert.That(state.Press("i", "Tab", "i").Text(), Does.Contain("no change seen"), "an empty list has no row");
    }

    [Test]
    public void WhileReading_NothingIsNews() =>
        Assert.That(Screens.Of(InventedDay.Factory().Snapshot).SeenUntil("8:00:00").Unseen, Is.Empty);

    [Test]
    public void Unseen_BeforeTheMark_IsNothing() =>
        Assert.That(NewsList.Of(Lunch().Snapshot, SeenMark.Until(Noon.AddHours(2)), Noon.AddHours(3)), Is.Empty);
}
