using PackuilonMonitor.Cells;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.LogPages;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Screen.Keys;
using PackuilonMonitor.Screen.Panes;
using PackuilonMonitor.Screen.Places;
using PackuilonMonitor.Screen.State;
using PackuilonMonitor.Screen.Updates;

namespace PackuilonMonitor.Tests.App;

/// <summary>What keys, clicks and commands make of the state of the screen.</summary>
public sealed class UpdateTests
{
    private static readonly Size Narrow = new(80, 24);
    private static readonly Snapshot Day = InventedDay.Read().Snapshot;

    private static readonly ScreenState Start = Screens.Of(Day, Narrow);

    private static ScreenState Pressed(params string[] keys) => Start.Press(keys);

    private static string? Selected(ScreenState state) => Selection.Row(state)?.Id;

    [TestCase("j", "thread 2")]
    [TestCase("Down", "thread 2")]
    [TestCase("j j k", "thread 2")]
    [TestCase("G", "thread 4")]
    [TestCase("End g", "thread 1")]
    [TestCase("Space", "thread 4")]
    [TestCase("G b", "thread 1")]
    [TestCase("Ctrl-d", "thread 3")]
    [TestCase("G Ctrl-u", "thread 2")]
    [TestCase("3", "thread 3")]
    [TestCase("k", "thread 1")]
    public void Press_Moves_PutTheCursorOnTheRow(string keys, string row) =>
        Assert.That(Selected(Pressed(keys.Split(' '))), Is.EqualTo(row));

    [TestCase("Enter", ScreenKind.Log)]
    [TestCase("H", ScreenKind.History)]
    [TestCase("T", ScreenKind.Chain)]
    [TestCase("?", ScreenKind.Help)]
    [TestCase("F1", ScreenKind.Help)]
    [TestCase("? Esc", ScreenKind.Overview)]
    [TestCase("H q", ScreenKind.Overview)]
    [TestCase("H -", ScreenKind.History)]
    [TestCase("H Esc -", ScreenKind.History)]
    [TestCase("H T Esc", ScreenKind.History)]
    [TestCase("H T -", ScreenKind.Chain)]
    [TestCase("Tab Enter", ScreenKind.Chain)]
    [TestCase("Tab Tab Enter", ScreenKind.Log)]
    public void Press_AKeyToAScreen_GoesThere(string keys, ScreenKind screen)
    {
        // Without a view before, "-" stays.
        Assert.That(
            Pressed(keys.Split(' ')).User.Place.Screen,
            Is.EqualTo(
                keys == "H -" ? ScreenKind.Overview
                : keys == "H T -" ? ScreenKind.History
                : screen
            )
        );
    }

    private static IEnumerable<TestCaseData> KeysWithEffects()
    {
        var build = Day.Workers[0].Running!;
        var log = LogRef.Of(build);
        yield return new TestCaseData("q", new Effect[] { new QuitProgram() });
        yield return new TestCaseData("Ctrl-c", new Effect[] { new QuitProgram() });
        yield return new TestCaseData("H Ctrl-c", new Effect[] { new QuitProgram() });
        yield return new TestCaseData("Ctrl-z", new Effect[] { new SuspendProgram() });
        yield return new TestCaseData("Ctrl-l", new Effect[] { new RepaintScreen() });
        yield return new TestCaseData("F5", Array.Empty<Effect>());
        yield return new TestCaseData("F2", Array.Empty<Effect>());
        yield return new TestCaseData("Enter", Array.Empty<Effect>());
        yield return new TestCaseData("v", new Effect[] { new LendTerminal(), new RunPager(1, log) });
        yield return new TestCaseData("Enter x", new Effect[] { new ReadWholeLog(2, log) });
        yield return new TestCaseData("Y", new Effect[] { new CopyText(build.Build!.LogPath) });
        yield return new TestCaseData("y", new Effect[] { new CopyText("storage-el9-x86_64.mgd") });
        yield return new TestCaseData("Tab Tab j j j I", new Effect[] { new CopyText("41c0ffee-1111-4222-8333-444455556666") });
    }

    [TestCaseSource(nameof(KeysWithEffects))]
    public void Press_AKeyWithAnEffect_AsksForItOnce(string keys, Effect[] expected)
    {
        var all = keys.Split(' ');
        var step = Pressed(all[..^1]).Pressed(all[^1]);

        Assert.That(step.Effects, Is.EqualTo(expected));
        Assert.That(step.State.Pressed("B").Effects, Is.Empty);
    }

    [Test]
    public void Resized_WhileALogIsScrolledSideways_ShowsItsBeginningsAgain()
    {
        var log = Pressed("1", "1", "l");
        Assert.That(log.Log!.View.Look.Sideways, Is.Positive);

        Assert.That(log.Take(new Resized(new Size(100, 30))).State.Log!.View.Look.Sideways, Is.Zero);
    }

    [Test]
    public void Press_X_ShowsTheScreenAsPlainText()
    {
        var step = Start.Pressed("x");

        Assert.That(step.Effects[0], Is.EqualTo(new LendTerminal()));
        Assert.That(((ShowPlainText)step.Effects[1]).Lines[0], Does.StartWith(" WARN    WORKER_LOST"));
        Assert.That(step.State.Take(new PlainTextClosed(1)).Effects, Is.EqualTo(new[] { new TakeTerminalBack() }));
    }

    /// <summary>Every way to a log opens it, also the way back to it; another log gets another number.</summary>
    [TestCase("Enter")]
    [TestCase("1")]
    [TestCase("Enter H Esc")]
    [TestCase("Enter ?")]
    public void Press_AWayToALog_OpensItUnderANumber(string keys)
    {
        var state = Pressed(keys.Split(' '));

        Assert.That(state.Log?.Ref.Build, Is.EqualTo(Day.Workers[0].Running!.Id));
        Assert.That(Subscriptions.Of(state).OfType<LogLinesOf>().Select(lines => lines.Id), Has.Member(state.Log!.Id));
        Assert.That(Pressed("Enter", "Esc").Log, Is.Null);
        Assert.That(Pressed("Enter", "Esc", "Enter").Log!.Id, Is.Not.EqualTo(Pressed("Enter").Log!.Id));
    }

    /// <summary>Reading everything again changes what is listened to; what comes from before is dropped.</summary>
    [Test]
    public void Press_F5_ListensAgainAndDropsWhatIsOld()
    {
        var before = Subscriptions.Of(Start).OfType<FactoryStates>().Single().Id;
        var again = Start.Press("F5");
        var after = Subscriptions.Of(again).OfType<FactoryStates>().Single().Id;

        Assert.That((before.Key, after.Number), Is.EqualTo((after.Key, before.Number + 1)));
        Assert.That(again.Take(new StatePublished(before, InventedDay.Factory().State)).State, Is.SameAs(again));
        Assert.That(again.Factories.Builds, Is.Empty);
        Assert.That(again.Take(new StatePublished(after, InventedDay.Factory().State)).State.Factories.Builds, Is.Not.Empty);
    }

    [Test]
    public void Press_F2_DeclaresTheMouse()
    {
        Assert.That(Picture.Controls(Pressed("F2")).Mouse, Is.True);
        Assert.That(Picture.Controls(Pressed("F2", "F2")).Mouse, Is.False);
    }

    /// <summary>A command by its name takes the same road as its key.</summary>
    [TestCase("Enter j", "Enter :line-down")]
    [TestCase("Enter Esc", "Enter :back")]
    [TestCase("Enter w", "Enter :wrap")]
    [TestCase("Tab", ":next-pane")]
    [TestCase("H", ":history")]
    public void Palette_AName_DoesWhatItsKeyDoes(string keys, string named)
    {
        var (by, way) = (Start, named.Split(' '));
        foreach (var key in way)
            by = key.StartsWith(':') ? by.Press(":").Enter(key[1..]).State : by.Press(key);
        Assert.That(by.Text(), Is.EqualTo(Pressed(keys.Split(' ')).Text()));
    }

    [Test]
    public void Press_DInTheHistory_ChoosesWhatLogsAreComparedWithAndGivesItUp()
    {
        var chosen = Pressed("H", "d");
        var build = Selection.Build(chosen)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen.User.ComparedWith, Is.EqualTo(build.Id));
            Assert.That(chosen.Press("d").User.ComparedWith, Is.Null);
            Assert.That(Start.Do(BuildAct.CompareWith).User.ComparedWith, Is.Null, "not on the overview");
        }
    }

    [Test]
    public void Press_TabAndShiftTab_GoRoundThePanes()
    {
        Assert.That(Pressed("Tab").User.Place.Focus, Is.EqualTo(Pane.Triggers));
        Assert.That(Pressed("Tab", "Tab", "Tab").User.Place.Focus, Is.EqualTo(Pane.Workers));
        Assert.That(Pressed("Shift-Tab").User.Place.Focus, Is.EqualTo(Pane.Recent));
        Assert.That(Screens.Of(Day, new Size(140, 40)).Press("Shift-Tab").User.Place.Focus, Is.EqualTo(Pane.Events));
    }

    [Test]
    public void Press_F_ThePaneHasTheScreenAndEscGivesItBack()
    {
        Assert.That(Pressed("Tab", "f").User.Place.Full, Is.True);
        Assert.That(
            Pressed("Tab", "f", "Esc").User.Place,
            Has.Property(nameof(Place.Full)).False.And.Property(nameof(Place.Focus)).EqualTo(Pane.Triggers)
        );
    }

    [Test]
    public void Press_E_WalksTheItemsOfTheChecksThenWhatFailedBefore()
    {
        var view = Start;
        var walked = new List<string?>();
        for (var step = 0; step < 9; step++)
        {
            view = view.Press("e");
            walked.Add(
                $"{view.User.Place.Focus} {Selected(view)?.Split('@')[0]}: "
                + $"{string.Join(' ', view.User.Notice!.Text.Split(' ').Skip(4).Take(1))}"
            );
        }

        Assert.That(walked, Is.EqualTo(new[]
        {
            "Workers thread 3: WORKER_LOST",
            "Recent build gateway-el9-x86_64.managed.json.log: BUILD_FAILED",
            "Workers thread 2: BUILD_STUCK",
            "Triggers trigger proxy-el9-x86_64.example.org.json: CHANGE_NOT_BUILT",
            "Recent rejection 639310462830000000 3 1: CHANGE_NOT_BUILT",
            // No row is about these: the cursor stays, and the message says where they are shown.
            "Recent rejection 639310462830000000 3 1: TRIGGER_FAILING",
            "Recent build gateway-el9-x86_64.managed.json.log: LEFT_BEHIND",
            "Workers thread 3: WORKER_LOST",
            "Recent build gateway-el9-x86_64.managed.json.log: BUILD_FAILED",
        }));
        Assert.That(
            view.Press("E").User.Notice?.Text,
            Is.EqualTo("problem 1 of 7: WORKER_LOST T3 probably lost 15:58: Could not find packer template file, exiting")
        );
        Assert.That(Pressed("Tab", "e").User.Notice?.Text, Does.StartWith("problem 1 of 7"), "from a row without a problem");
        Assert.That(Pressed("3", "e").User.Notice?.Text, Does.StartWith("problem 2 of 7"), "from a row with one");
    }

    [Test]
    public void Press_E_WhereAllIsWell_SaysSo() =>
        Assert.That(
            Screens.Of(new InventedFactory().Worker("8:00:00", 1).Snapshot, Narrow).Press("e").User.Notice?.Text,
            Is.EqualTo("no problems here")
        );

    [Test]
    public void Open_OnALostWorker_ShowsTheLinesThatLostItAndNoOldBuild()
    {
        var factory = InventedDay
            .Read()
            .WholeBuild("16:42:00", 4, InventedDay.Storage, "other", 2)
            .Line("16:50:00", Speaker.Rabbit2Packer, new WorkerExited(new WorkerId(4)), "Exiting Thread-4");
        var opened = Screens
            .Of(factory.Snapshot, Narrow, InventedDay.Paint() with { Now = InventedFactory.At("16:50:10") })
            .Press("4", "Enter");

        Assert.That(opened.User.Place.Screen, Is.EqualTo(ScreenKind.Lines));
        Assert.That(opened.Text(), Does.Contain("LINES of T4 LOST").And.Contain("Exiting Thread-4"));
        Assert.That(opened.Press("Esc").User.Place.Screen, Is.EqualTo(ScreenKind.Overview));
    }

    [Test]
    public void Cursor_ARowComesAbove_StaysOnItsRow()
    {
        var factory = InventedDay.Factory();
        var before = factory.Snapshot;
        var view = Screens.Of(before, Narrow).Press("Tab", "Tab", "j");
        var row = Selection.Row(view);

        factory.Good("16:41:58", 1, InventedDay.Storage, "managed");
        var after = before.Next(factory.State);

        Assert.That(Selection.Row(view with { Factories = after })?.Id, Is.EqualTo(row?.Id));
        Assert.That(after.Ended[0].Id, Is.Not.EqualTo(before.Ended[0].Id));
    }

    [Test]
    public void Slash_InAList_FiltersWhileItIsTypedAndEscUndoes()
    {
        var asked = Pressed("Tab", "Tab", "/");
        Assert.That(asked.User.Question, Is.EqualTo(new Question(1, 0, QuestionKind.Filter, "", "")));

        var typed = asked.Type("gate");
        Assert.That(Lists.Of(Day, typed.User.Place, Pane.Recent, InventedDay.Now), Has.Count.EqualTo(1));
        Assert.That(typed.Take(new LineCancelled(1)).State.User.Place.Cursor.Filter, Is.Empty);
        Assert.That(typed.Take(new LineTyped(7, "of another line")).State.User.Place.Cursor.Filter, Is.EqualTo("gate"));

        var kept = typed.Enter("gate").State;
        Assert.That((kept.User.Question, kept.User.Place.Cursor.Filter), Is.EqualTo(((Question?)null, "gate")));
        Assert.That(kept.Press("Esc").User.Place.Cursor.Filter, Is.Empty);
    }

    [Test]
    public void Press_ALetterInTheHelp_FiltersItAtOnce()
    {
        var state = Pressed("?", "b");

        Assert.That(state.User.Question, Is.EqualTo(new Question(1, 0, QuestionKind.Filter, "b", "")));
        Assert.That(Picture.Controls(state).Input, Has.Property(nameof(InputLine.Text)).EqualTo("b"));
        Assert.That(state.User.Place.Cursor.Filter, Is.EqualTo("b"));
        Assert.That(state.Take(new LineCancelled(1)).State.User.Place.Cursor.Filter, Is.Empty);
        Assert.That(Pressed("?", "q").User.Place.Screen, Is.EqualTo(ScreenKind.Overview));
        Assert.That(Pressed("?", "?").User.Place.Everything, Is.True);
    }

    /// <summary>As in less: without a search these ask for one, and no letter of it is a command.</summary>
    [TestCase("&", "q", " only lines with: ", FilterKind.Matching, false)]
    [TestCase("&", "!q", " only lines with: ", FilterKind.Others, false)]
    [TestCase("!", "q", " only lines without: ", FilterKind.Others, false)]
    [TestCase("A", "q", " in every build: ", FilterKind.All, true)]
    public void Press_AFilterOfALogWithoutASearch_AsksForThePatternFirst(
        string key,
        string typed,
        string sign,
        FilterKind filter,
        bool everywhere
    )
    {
        var asked = Pressed("Enter", key);
        Assert.That((asked.User.Question?.Kind, asked.User.Question?.Sign), Is.EqualTo(((QuestionKind?)QuestionKind.Find, sign)));
        Assert.That(asked.Text().TrimEnd().Split('\n')[^1], Does.StartWith(sign));

        var typing = asked.Type(typed);
        Assert.That(typing.User.Place.Screen, Is.EqualTo(ScreenKind.Log));
        Assert.That(typing.Log!.View.Search.Pattern?.Text, Is.EqualTo("q"));

        var kept = typing.Enter(typed).State;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.User.Question, Is.Null);
            Assert.That(kept.Log!.View.Search.Pattern?.Text, Is.EqualTo("q"));
            Assert.That(kept.Log.View.Filter.Kind, Is.EqualTo(filter));
            Assert.That(kept.Log.Search is not null, Is.EqualTo(everywhere));
            Assert.That(kept.User.SearchHistory, Is.EqualTo(new[] { "q" }));
            Assert.That(kept.Press("&").User.Question, Is.Null, "what is searched is known now");
            Assert.That(typing.Take(new LineCancelled(asked.User.Question!.Number)).State.Log!.View.Search.Pattern, Is.Null);
            Assert.That(
                asked.Enter("").State.Log!.View,
                Has.Property("Notice").Null.And.Property("Filter").EqualTo(asked.Log!.View.Filter)
            );
        }
    }

    [Test]
    public void Doctor_IsAskedOnce_AndItsAnswerIsTheScreen()
    {
        var asked = Start.Pressed("R");
        Assert.That(asked.Effects, Is.EqualTo(new[] { new RunDoctor(1) }));
        Assert.That(asked.State.Text(), Does.Contain("doctor examines the sources"));
        Assert.That(asked.State.Pressed("R").Effects, Is.Empty, "it runs");

        var found = new[]
        {
            new DoctorRow(0, "unread /var/log/messages: No such file or directory", IsProblem: true, IsCommand: false),
            new DoctorRow(1, "sudo apt-get install rsyslog", IsProblem: false, IsCommand: true),
        };
        var ran = asked.State.Take(new DoctorRan(1, [.. found])).State;
        Assert.That(ran.Text(), Does.Contain("unread /var/log/messages").And.Contain("       type: sudo apt-get install rsyslog"));
        Assert.That(ran.Press("j").Pressed("y").Effects, Is.EqualTo(new[] { new CopyText("sudo apt-get install rsyslog") }));
        Assert.That(ran.Pressed("R").Effects, Is.EqualTo(new[] { new RunDoctor(2) }), "again");

        var left = asked.State.Press("Esc").Take(new DoctorRan(1, [.. found])).State;
        Assert.That(left.User.Place.Screen, Is.EqualTo(ScreenKind.Overview), "somebody who has left stays on the other screen");
        Assert.That(Start.Do(ScreenAct.Sources).Pressed("Enter").Effects, Is.EqualTo(new[] { new RunDoctor(1) }));
    }

    [TestCase("gate", 1)]
    [TestCase("GATE", 0)]
    [TestCase("gate|testbed", 2)]
    [TestCase("gate(", 0)]
    public void Filter_Text_ChoosesRows(string filter, int rows)
    {
        var view = Pressed("Tab", "Tab", "/").Enter(filter).State;

        Assert.That(Lists.Of(Day, view.User.Place, Pane.Recent, InventedDay.Now), Has.Count.EqualTo(rows));
        Assert.That(view.User.Notice?.Text, filter == "gate(" ? Is.EqualTo("no regular expression: looked for as plain text") : Is.Null);
    }

    [Test]
    public void Freeze_KeepsTheStateUntilItIsPressedAgain()
    {
        var frozen = Pressed("=");
        Assert.That(frozen.Frozen, Is.EqualTo(new FactoryMoment(Day, InventedDay.Now)));
        Assert.That(frozen.Press("=").Frozen, Is.Null);
        Assert.That(frozen.Press("Esc").Frozen, Is.Null);
    }

    [Test]
    public void Back_AtTheTop_SaysHowToQuit() => Assert.That(Pressed("Esc").User.Notice?.Text, Is.EqualTo("this is the top; q quits"));

    [Test]
    public void Press_AnUnknownKey_SaysSo() =>
        Assert.That(Pressed("w").User.Notice?.Text, Is.EqualTo("w means nothing here; ? shows the keys"));

    [Test]
    public void Bells_Switches_AreKept()
    {
        Assert.That(Pressed("B").User.BellForAll, Is.False);
        Assert.That(Pressed("M").User.BellFor, Is.EquivalentTo(new[] { Day.Workers[0].Running!.Id }));
        Assert.That(Pressed("M", "M").User.BellFor, Is.Empty);
        Assert.That(Pressed("Tab", "Tab", "M").User.Notice?.Text, Is.EqualTo("this build has ended"));
    }

    [Test]
    public void Save_AsksForANameAndThenSaves()
    {
        var build = Day.Workers[0].Running!;
        var asked = Pressed("S");

        Assert.That(
            asked.User.Question,
            Has.Property(nameof(Question.Kind)).EqualTo(QuestionKind.Save).And.Property(nameof(Question.Text)).EqualTo(build.Name.File)
        );
        Assert.That(asked.Enter("/tmp/a.log").Effects, Is.EqualTo(new[] { new SaveLog(2, LogRef.Of(build), "/tmp/a.log") }));
    }

    [TestCase("q", typeof(QuitProgram))]
    [TestCase("redr", typeof(RepaintScreen))]
    [TestCase("save x.log", typeof(SaveLog))]
    public void Palette_AName_DoesIt(string typed, Type effect) =>
        Assert.That(Pressed(":").Enter(typed).Effects.Single(), Is.InstanceOf(effect));

    [TestCase("3", "thread 3")]
    [TestCase("100%", "thread 4")]
    [TestCase("worker-2", "thread 2")]
    [TestCase("line 2", "thread 2")]
    public void Palette_APlace_GoesThere(string typed, string row) =>
        Assert.That(Selected(Pressed(":").Enter(typed).State), Is.EqualTo(row));

    [TestCase("nonsense", "no command \"nonsense\"; help lists them")]
    [TestCase("failure", "\"failure\" may be failure-after, failure-before, failures")]
    [TestCase("worker", "\"worker\" may be worker-1, worker-2, worker-3, worker-4 …")]
    [TestCase("wrap", "\"wrap\" means nothing on this screen (overview)")]
    [TestCase("line x", "\"line\" takes a number, as line 50")]
    [TestCase("help me", "\"help\" takes nothing after it")]
    public void Palette_AMistake_SaysWhatWouldDo(string typed, string notice)
    {
        var user = Pressed(":").Enter(typed).State.User;

        Assert.That((user.Notice?.Text, user.Notice?.IsProblem), Is.EqualTo((notice, (bool?)true)));
        Assert.That(user.CommandHistory, Is.EqualTo(new[] { typed }));
    }

    [TestCase("copy", "copy-")]
    [TestCase("copy-l", "copy-line")]
    [TestCase("xyz", "xyz")]
    public void Palette_Tab_CompletesWhatAllHaveInCommon(string typed, string completed) =>
        Assert.That(
            Picture.Controls(Pressed(":").Type(typed).Press("Tab")).Input,
            Has.Property(nameof(InputLine.Text)).EqualTo(completed).And.Property(nameof(InputLine.Revision)).EqualTo(1)
        );

    [Test]
    public void Click_OnARow_ChoosesItAndTheSecondOpens()
    {
        // At 80 columns the stuck worker on row 4 has a second line.
        var clicked = Start.Take(new MousePressed(new MousePress(MouseAct.Click, 6, 10))).State;
        Assert.That(Selected(clicked), Is.EqualTo("thread 3"));

        var opened = Start.Take(new MousePressed(new MousePress(MouseAct.DoubleClick, 3, 10))).State;
        Assert.That(opened.User.Place.Screen, Is.EqualTo(ScreenKind.Log));
    }

    /// <summary>The second line of a stuck row is drawn only where all rows fit: a click must find the row that is drawn.</summary>
    [TestCase(80, 12)]
    [TestCase(80, 13)]
    [TestCase(80, 24)]
    [TestCase(100, 30)]
    [TestCase(140, 40)]
    [TestCase(50, 12)]
    [TestCase(80, 11)]
    public void Click_OnAWorkersLine_ChoosesTheWorkerThatIsDrawnThere(int columns, int rows)
    {
        var size = new Size(columns, rows);
        var factory = new InventedFactory();
        foreach (var thread in Enumerable.Range(1, 6))
            factory.Worker($"8:00:0{thread}", thread);
        foreach (var hour in Enumerable.Range(9, 3))
            factory.WholeBuild($"{hour}:00:00", 1, InventedDay.Storage, "managed", 7);
        factory
            .Taken("13:00:00", 1, InventedDay.Storage)
            .Started("13:00:01", InventedDay.Storage, "managed")
            .Logged(
                InventedDay.Storage,
                "managed",
                [.. InventedFactory.Steps(InventedDay.Storage).Take(4).Select((line, step) => ($"13:00:0{2 + step}", line))]
            );
        var (snapshot, now) = (factory.Snapshot, InventedFactory.At("16:00:00"));
        var state = Screens.Of(snapshot, size, InventedDay.Paint() with { Now = now });
        var drawn = state.Text().Split('\n');
        Assert.That(string.Join('\n', drawn), Does.Contain("STUCK").Or.Contain(Glyphs.Unicode.Problem), "T1 is stuck");

        foreach (var (line, text) in drawn.Index())
        {
            if (text.TrimStart(' ', Glyphs.Unicode.Cursor[0]) is ['T', >= '1' and <= '6' and var thread, ' ', ..])
            {
                var clicked = state.Take(new MousePressed(new MousePress(MouseAct.Click, line, 10))).State;
                Assert.That(Selected(clicked), Is.EqualTo($"thread {thread}"), $"line {line}: {text}");
            }
        }
    }

    [Test]
    public void Do_EveryCommandOnEveryScreen_GivesAState()
    {
        foreach (var screen in Enum.GetValues<ScreenKind>())
        {
            var there = On(screen);
            foreach (var command in EveryCommand.All)
            {
                Assert.DoesNotThrow(() => there.Do(command).Text(), $"{command} on {screen}");
                foreach (var size in new[] { Narrow, new Size(0, 0), new Size(19, 4), new Size(140, 40) })
                {
                    foreach (
                        var one in new[]
                        {
                            command,
                            EveryCommand.With(command, 2, null),
                            EveryCommand.With(command, int.MaxValue, "("),
                            EveryCommand.With(command, -1, "help"),
                        }
                    )
                    {
                        Assert.DoesNotThrow(() => (there with { Size = size }).Do(one), $"{one} on {screen}");
                        Assert.DoesNotThrow(
                            () => (there with { Factories = Snapshot.Empty, Size = size }).Do(one),
                            $"{one} on {screen} of nothing"
                        );
                    }
                }
            }
        }
    }

    private static ScreenState On(ScreenKind screen) => screen switch
    {
        ScreenKind.Overview => Start,
        ScreenKind.Log => Pressed("Enter"),
        ScreenKind.Help => Pressed("?"),
        ScreenKind.History => Pressed("H"),
        ScreenKind.Chain => Pressed("T"),
        ScreenKind.Events => Start.Do(ScreenAct.Events),
        ScreenKind.Unrecognised => Start.Do(ScreenAct.Unrecognised),
        ScreenKind.Sources => Start.Do(ScreenAct.Sources),
        ScreenKind.Health => Start.Do(ScreenAct.Health),
        ScreenKind.Causes => Pressed("X"),
        ScreenKind.Lines => Pressed("3", "Enter"),
        ScreenKind.Timeline => Pressed("t"),
        ScreenKind.Steps => Pressed("t", "Enter"),
        ScreenKind.Doctor => Pressed("R"),
    };
}
