using PackuilonMonitor.App;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Panes;

namespace PackuilonMonitor.Tests.App;

public sealed class ViewStateTests
{
    private static readonly Size Narrow = new(80, 24);
    private static readonly Snapshot Day = InventedDay.Factory().Snapshot;

    private static ViewState Pressed(params string[] keys) => keys.Aggregate(ViewState.Start, Press);

    private static ViewState Press(ViewState view, string key) => view.Press(new KeyPress(key), Day, Narrow, InventedDay.Now);

    private static ViewState Apply(ViewState view, Command command) => view.Apply(command, Day, Narrow, InventedDay.Now);

    private static string? Selected(ViewState view) => Lists.Selected(Day, view.Place, InventedDay.Now)?.Id;

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

    [TestCase("Enter", Screen.Log)]
    [TestCase("H", Screen.History)]
    [TestCase("T", Screen.Chain)]
    [TestCase("?", Screen.Help)]
    [TestCase("F1", Screen.Help)]
    [TestCase("? Esc", Screen.Overview)]
    [TestCase("H q", Screen.Overview)]
    [TestCase("H -", Screen.History)]
    [TestCase("H Esc -", Screen.History)]
    [TestCase("H T Esc", Screen.History)]
    [TestCase("H T -", Screen.Chain)]
    [TestCase("Tab Enter", Screen.Chain)]
    [TestCase("Tab Tab Enter", Screen.Log)]
    public void Press_AKeyToAScreen_GoesThere(string keys, Screen screen)
    {
        // Without a view before, "-" stays.
        Assert.That(Pressed(keys.Split(' ')).Place.Screen, Is.EqualTo(keys == "H -" ? Screen.Overview : keys == "H T -" ? Screen.History : screen));
    }

    private static IEnumerable<TestCaseData> KeysWithEffects()
    {
        var log = Day.Workers[0].Running!;
        yield return new TestCaseData("q", new QuitProgram());
        yield return new TestCaseData("Ctrl-c", new QuitProgram());
        yield return new TestCaseData("H Ctrl-c", new QuitProgram());
        yield return new TestCaseData("Ctrl-z", new SuspendProgram());
        yield return new TestCaseData("Ctrl-l", new RedrawScreen());
        yield return new TestCaseData("F5", new ReadEverythingAgain());
        yield return new TestCaseData("F2", new SwitchMouse(true));
        yield return new TestCaseData("F2 F2", new SwitchMouse(false));
        yield return new TestCaseData("Enter", new OpenLog(log.Id));
        yield return new TestCaseData("1", new OpenLog(log.Id)) { TestName = "the worker that is chosen opens its log" };
        yield return new TestCaseData("v", new OpenPager(log.Id));
        yield return new TestCaseData("x", new ShowPlainText(null));
        yield return new TestCaseData("Enter x", new ShowPlainText(log.Id));
        yield return new TestCaseData("Enter y", new CopyLogLines());
        yield return new TestCaseData("Enter H Esc", new OpenLog(log.Id)) { TestName = "a log that is come back to is opened" };
        yield return new TestCaseData("Enter j", new TellLog(new Command(Act.LineDown)));
        yield return new TestCaseData("Y", new CopyText(log.Build!.LogPath));
        yield return new TestCaseData("y", new CopyText("storage-el9-x86_64.mgd"));
        yield return new TestCaseData("Tab Tab j j j I", new CopyText("41c0ffee-1111-4222-8333-444455556666"));
    }

    [TestCaseSource(nameof(KeysWithEffects))]
    public void Press_AKeyWithAnEffect_AsksForItOnce(string keys, Effect expected)
    {
        var view = Pressed(keys.Split(' '));

        Assert.That(view.Effects, Is.EqualTo(new[] { expected }));
        Assert.That(view.Done().Effects, Is.Empty);
        Assert.That(Press(view, "B").Effects, Is.Empty);
    }

    [Test]
    public void Press_DInTheHistory_ChoosesWhatLogsAreComparedWithAndGivesItUp()
    {
        var chosen = Pressed("H", "d");
        var build = chosen.Selected(Day, InventedDay.Now)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen.ComparedWith, Is.EqualTo(build.Id));
            Assert.That(Press(chosen, "d").ComparedWith, Is.Null);
            Assert.That(Apply(ViewState.Start, new Command(Act.CompareWith)).ComparedWith, Is.Null, "not on the overview");
        }
    }

    [Test]
    public void Press_TabAndShiftTab_GoRoundThePanes()
    {
        Assert.That(Pressed("Tab").Place.Focus, Is.EqualTo(Pane.Triggers));
        Assert.That(Pressed("Tab", "Tab", "Tab").Place.Focus, Is.EqualTo(Pane.Workers));
        Assert.That(Pressed("Shift-Tab").Place.Focus, Is.EqualTo(Pane.Recent));
        Assert.That(ViewState.Start.Press(new KeyPress("Shift-Tab"), Day, new Size(140, 40), InventedDay.Now).Place.Focus, Is.EqualTo(Pane.Events));
    }

    [Test]
    public void Press_F_ThePaneHasTheScreenAndEscGivesItBack()
    {
        Assert.That(Pressed("Tab", "f").Place.Full, Is.True);
        Assert.That(Pressed("Tab", "f", "Esc").Place, Has.Property(nameof(Place.Full)).False.And.Property(nameof(Place.Focus)).EqualTo(Pane.Triggers));
    }

    [Test]
    public void Press_E_WalksTheWhatIsWrongNowThenFailuresThenChanges()
    {
        var view = ViewState.Start;
        var walked = new List<string?>();
        for (var step = 0; step < 6; step++)
        {
            view = Press(view, "e");
            walked.Add($"{view.Place.Focus} {Selected(view)}");
        }

        Assert.That(walked[0], Is.EqualTo("Workers thread 2"));
        Assert.That(walked[1], Is.EqualTo("Workers thread 3"));
        Assert.That(walked[2], Does.StartWith("Recent rejection"));
        Assert.That(walked[3], Does.StartWith("Recent build gateway"));
        Assert.That(walked[4], Does.StartWith("Triggers trigger proxy"));
        Assert.That(walked[5], Is.EqualTo(walked[0]));
        Assert.That(Selected(Press(view, "E")), Does.StartWith("trigger proxy"));
        Assert.That(view.Notice?.Text, Is.EqualTo("wrong now 1 of 2: T2 stuck"));
        Assert.That(Press(Press(view, "e"), "e").Notice?.Text, Is.EqualTo("failure 1 of 2: testbed-el7-x86_64 template file not found"));
        Assert.That(Press(Pressed("Tab", "j"), "e").Notice?.Text, Does.StartWith("wrong now 1 of 2"), "from a row without a problem");
    }

    [Test]
    public void Cursor_ARowComesAbove_StaysOnItsRow()
    {
        var factory = InventedDay.Factory();
        var (before, size) = (factory.Snapshot, Narrow);
        var view = new[] { "Tab", "Tab", "j" }.Aggregate(ViewState.Start, (view, key) => view.Press(new KeyPress(key), before, size, InventedDay.Now));
        var row = Lists.Selected(before, view.Place, InventedDay.Now);

        factory.Good("16:41:58", 1, InventedDay.Storage, "managed");
        var after = before.Next(factory.State);

        Assert.That(Lists.Selected(after, view.Place, InventedDay.Now)?.Id, Is.EqualTo(row?.Id));
        Assert.That(after.Ended[0].Id, Is.Not.EqualTo(before.Ended[0].Id));
    }

    [Test]
    public void Slash_InAList_FiltersWhileItIsTypedAndEscUndoes()
    {
        var asked = Pressed("Tab", "Tab", "/");
        Assert.That(asked.Effects.Single(), Is.InstanceOf<AskFor>());

        var typed = asked.Typing("gate");
        Assert.That(Lists.Of(Day, typed.Place, Pane.Recent, InventedDay.Now), Has.Count.EqualTo(1));
        Assert.That(typed.GivenUp().Place.Cursor.Filter, Is.Empty);

        var kept = typed.Answered("gate", Day, Narrow, InventedDay.Now);
        Assert.That((kept.Question, kept.Place.Cursor.Filter), Is.EqualTo(((Question?)null, "gate")));
        Assert.That(Press(kept, "Esc").Place.Cursor.Filter, Is.Empty);
    }

    [Test]
    public void Press_ALetterInTheHelp_FiltersItAtOnce()
    {
        var view = Pressed("?", "b");

        Assert.That(view.Question, Is.EqualTo(new Question(QuestionKind.Filter, "b", "", [])));
        Assert.That(view.Place.Cursor.Filter, Is.EqualTo("b"));
        Assert.That(view.Effects.Single(), Is.InstanceOf<AskFor>());
        Assert.That(view.GivenUp().Place.Cursor.Filter, Is.Empty);
        Assert.That(Pressed("?", "q").Place.Screen, Is.EqualTo(Screen.Overview));
        Assert.That(Pressed("?", "?").Place.Everything, Is.True);
    }

    [TestCase("gate", 1)]
    [TestCase("GATE", 0)]
    [TestCase("gate|testbed", 2)]
    [TestCase("gate(", 0)]
    public void Filter_Text_ChoosesRows(string filter, int rows)
    {
        var view = Pressed("Tab", "Tab", "/").Answered(filter, Day, Narrow, InventedDay.Now);

        Assert.That(Lists.Of(Day, view.Place, Pane.Recent, InventedDay.Now), Has.Count.EqualTo(rows));
        Assert.That(view.Notice?.Text, filter == "gate(" ? Is.EqualTo("no regular expression: looked for as plain text") : Is.Null);
    }

    [Test]
    public void Freeze_KeepsTheStateUntilItIsPressedAgain()
    {
        var frozen = Pressed("=");
        Assert.That(frozen.Held, Is.EqualTo(new Held(Day, InventedDay.Now)));
        Assert.That(Press(frozen, "=").Held, Is.Null);
        Assert.That(Press(frozen, "Esc").Held, Is.Null);
    }

    [Test]
    public void Back_AtTheTop_SaysHowToQuit() => Assert.That(Pressed("Esc").Notice?.Text, Is.EqualTo("this is the top; q quits"));

    [Test]
    public void Press_AnUnknownKey_SaysSo() => Assert.That(Pressed("w").Notice?.Text, Is.EqualTo("w means nothing here; ? shows the keys"));

    [Test]
    public void Bells_Switches_AreKept()
    {
        Assert.That(Pressed("B").BellForAll, Is.False);
        Assert.That(Pressed("M").BellFor, Is.EquivalentTo(new[] { Day.Workers[0].Running!.Id }));
        Assert.That(Pressed("M", "M").BellFor, Is.Empty);
        Assert.That(Pressed("Tab", "Tab", "M").Notice?.Text, Is.EqualTo("this build has ended"));
    }

    [Test]
    public void Save_AsksForANameAndThenSaves()
    {
        var build = Day.Workers[0].Running!;
        var asked = Pressed("S");

        Assert.That(asked.Question, Has.Property(nameof(Question.Kind)).EqualTo(QuestionKind.Save).And.Property(nameof(Question.Text)).EqualTo(build.Name.File));
        Assert.That(asked.Answered("/tmp/a.log", Day, Narrow, InventedDay.Now).Effects, Is.EqualTo(new[] { new SaveLog(build.Id, "/tmp/a.log") }));
    }

    [TestCase("q", typeof(QuitProgram))]
    [TestCase("mouse", typeof(SwitchMouse))]
    [TestCase("redr", typeof(RedrawScreen))]
    [TestCase("save x.log", typeof(SaveLog))]
    public void Palette_AName_DoesIt(string typed, Type effect) =>
        Assert.That(Pressed(":").Answered(typed, Day, Narrow, InventedDay.Now).Effects.Single(), Is.InstanceOf(effect));

    [TestCase("3", "thread 3")]
    [TestCase("100%", "thread 4")]
    [TestCase("worker-2", "thread 2")]
    [TestCase("line 2", "thread 2")]
    public void Palette_APlace_GoesThere(string typed, string row) =>
        Assert.That(Selected(Pressed(":").Answered(typed, Day, Narrow, InventedDay.Now)), Is.EqualTo(row));

    [TestCase("nonsense", "no command \"nonsense\"; help lists them")]
    [TestCase("copy", "\"copy\" may be copy-cleaning-up, copy-image-id, copy-line, copy-path")]
    [TestCase("wrap", "\"wrap\" means nothing on this screen (overview)")]
    [TestCase("line x", "\"line\" takes a number, as line 50")]
    [TestCase("help me", "\"help\" takes nothing after it")]
    public void Palette_AMistake_SaysWhatWouldDo(string typed, string notice)
    {
        var view = Pressed(":").Answered(typed, Day, Narrow, InventedDay.Now);

        Assert.That((view.Notice?.Text, view.Notice?.IsProblem), Is.EqualTo((notice, (bool?)true)));
        Assert.That(view.Typed, Is.EqualTo(new[] { typed }));
    }

    [TestCase("copy", "copy-")]
    [TestCase("copy-l", "copy-line")]
    [TestCase("xyz", "xyz")]
    public void Palette_Tab_CompletesWhatAllHaveInCommon(string typed, string completed) =>
        Assert.That(Pressed(":").Completed(typed), Is.EqualTo(completed));

    [Test]
    public void Click_OnARow_ChoosesItAndTheSecondOpens()
    {
        // At 80 columns the stuck worker on row 4 has a second line.
        var clicked = ViewState.Start.Press(new MousePress(MouseAct.Click, 6, 10), Day, Narrow, InventedDay.Now);
        Assert.That(Selected(clicked), Is.EqualTo("thread 3"));

        var opened = ViewState.Start.Press(new MousePress(MouseAct.DoubleClick, 3, 10), Day, Narrow, InventedDay.Now);
        Assert.That(opened.Place.Screen, Is.EqualTo(Screen.Log));
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
        factory.Taken("13:00:00", 1, InventedDay.Storage).Started("13:00:01", InventedDay.Storage, "managed")
            .Logged(InventedDay.Storage, "managed", [.. InventedFactory.Steps(InventedDay.Storage).Take(4).Select((line, step) => ($"13:00:0{2 + step}", line))]);
        var (snapshot, now) = (factory.Snapshot, InventedFactory.At("16:00:00"));
        var drawn = Picture.Render(snapshot, ViewState.Start, size, InventedDay.Paint() with { Now = now }, []).ToText().Split('\n');
        Assert.That(string.Join('\n', drawn), Does.Contain("STUCK").Or.Contain(Glyphs.Unicode.Problem), "T1 is stuck");

        foreach (var (line, text) in drawn.Index())
        {
            if (text.TrimStart(' ', Glyphs.Unicode.Cursor[0]) is ['T', >= '1' and <= '6' and var thread, ' ', ..])
            {
                var clicked = ViewState.Start.Press(new MousePress(MouseAct.Click, line, 10), snapshot, size, now);
                Assert.That(Lists.Selected(snapshot, clicked.Place, now)?.Id, Is.EqualTo($"thread {thread}"), $"line {line}: {text}");
            }
        }
    }

    [Test]
    public void Apply_EveryActOnEveryScreen_GivesAView()
    {
        foreach (var screen in Enum.GetValues<Screen>())
        {
            foreach (var act in Enum.GetValues<Act>())
            {
                foreach (var size in new[] { Narrow, new Size(0, 0), new Size(19, 4), new Size(140, 40) })
                {
                    foreach (var command in new[] { new Command(act), new Command(act, 2), new Command(act, int.MaxValue, "("), new Command(act, -1, "help") })
                    {
                        foreach (var snapshot in new[] { Day, Snapshot.Empty })
                            Assert.DoesNotThrow(() => On(screen).Apply(command, snapshot, size, InventedDay.Now), $"{act} on {screen}");
                    }
                }
            }
        }
    }

    private static ViewState On(Screen screen) => screen switch
    {
        Screen.Overview => ViewState.Start,
        Screen.Log => Pressed("Enter"),
        Screen.Help => Pressed("?"),
        Screen.History => Pressed("H"),
        Screen.Chain => Pressed("T"),
        Screen.Events => Apply(ViewState.Start, new Command(Act.Events)),
        Screen.Unrecognised => Apply(ViewState.Start, new Command(Act.UnrecognisedLines)),
        Screen.Sources => Apply(ViewState.Start, new Command(Act.Sources)),
    };
}
