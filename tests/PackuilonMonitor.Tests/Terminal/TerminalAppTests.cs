using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Terminal;

[NonParallelizable]
public sealed class TerminalAppTests
{
    private readonly List<string> _keys = [];
    private readonly List<MousePress> _mouse = [];
    private readonly List<string> _lines = [];
    private string _text = "hello";
    private Size _size;
    private Action<string> _onKey = _ => { };
    private int _drawn;
    private int _shown;
    private HeadlessTerminal _terminal = null!;

    [SetUp]
    public void Begin()
    {
        (_text, _drawn, _shown, _size, _onKey) = ("hello", 0, 0, default, _ => { });
        _keys.Clear();
        _mouse.Clear();
        _lines.Clear();
        _terminal = new HeadlessTerminal(new Size(30, 4));
        _terminal.Show(new ScreenContent
        {
            Picture = Picture,
            Resized = size => _size = size,
            Key = press =>
            {
                _keys.Add(press.Name);
                _onKey(press.Name);
            },
            Mouse = _mouse.Add,
            Shown = () => _shown++,
            LineTyped = (number, text) => _lines.Add($"{number} typed {text}"),
            LineEntered = (number, text) => _lines.Add($"{number} entered {text}"),
            LineCancelled = number => _lines.Add($"{number} cancelled"),
            FramesPerSecond = int.MaxValue,
        });
    }

    [TearDown]
    public void End() => _terminal.Dispose();

    [Test]
    public void Show_FirstTurn_DrawsAtTheTerminalsSize()
    {
        Assert.That(_terminal.Text(), Is.EqualTo("30x4\nhello\n\n\n"));
        Assert.That(_terminal.TakeBytes(), Does.Contain("30x4").And.Contain("hello"));
    }

    [Test]
    public void Turn_NothingChanged_SendsAndDrawsNothing()
    {
        _terminal.TakeBytes();
        var drawn = _drawn;

        _terminal.Turn().Turn().Turn();

        Assert.That(_terminal.TakeBytes(), Is.Empty);
        Assert.That(_drawn, Is.EqualTo(drawn));
    }

    [Test]
    public void Invalidate_ChangedText_SendsTheChangeOnly()
    {
        _terminal.TakeBytes();
        _text = "jello";
        _terminal.App.Invalidate();
        _terminal.Turn();

        Assert.That(_terminal.TakeBytes(), Is.EqualTo("\u001b[2Hj"));
    }

    /// <summary>Letters that join, that are wide, and that are neither, one after the other in the same cells.</summary>
    [TestCase("ab─⌚cd")]
    [TestCase("⌚⌚a⏩b")]
    [TestCase("日本ab語")]
    [TestCase("e\u0301a\u0301⌚│")]
    public void Invalidate_LettersOfAllWidths_SendsWhatATerminalShowsSo(string text)
    {
        var screen = new PlainTerminal(4, 30);
        _terminal.TakeBytes();
        _terminal.App.Repaint();
        foreach (var next in new[] { text, "abcdefgh", $"x{text}", text, $"─{text[1..]}", text })
        {
            _text = next;
            _terminal.App.Invalidate();
            _terminal.Turn();
            screen.Write(_terminal.TakeBytes());

            Assert.That(screen.Shows([.. Picture().Lines.Select(line => line.Cells.ToArray())]), next);
        }
    }

    [Test]
    public void Post_FromAnotherThread_RunsOnTheNextTurnInOrder()
    {
        var order = new List<int>();
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var number = i;
                _terminal.App.Post(null, () => order.Add(number));
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(order, Is.Empty);

        _terminal.Turn();

        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void Post_WithAKey_ReplacesAnEarlierOneThatWaits()
    {
        var ran = new List<string>();
        foreach (var state in new[] { "old", "newer", "newest" })
            _terminal.App.Post("state", () => ran.Add(state));

        _terminal.Turn();

        Assert.That(ran, Is.EqualTo(new[] { "newest" }));
    }

    [Test]
    public void Post_AfterTheEnd_IsDropped()
    {
        _terminal.Dispose();

        Assert.That(() => _terminal.App.Post(null, () => Assert.Fail("ran after the end")), Throws.Nothing);
    }

    [Test]
    public void NextTick_RunsOnceWhenItsTimeHasCome()
    {
        var ticks = new List<string>();
        _terminal.App.NextTick(TimeSpan.FromSeconds(1), () => ticks.Add("replaced"));
        _terminal.App.NextTick(TimeSpan.FromSeconds(2), () => ticks.Add("second"));

        _terminal.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(ticks, Is.Empty);
        _terminal.Advance(TimeSpan.FromSeconds(0.1)).Advance(TimeSpan.FromSeconds(5));
        Assert.That(ticks, Is.EqualTo(new[] { "second" }));

        _terminal.App.NextTick(TimeSpan.FromSeconds(1), () => ticks.Add("taken back"));
        _terminal.App.NextTick(null);
        _terminal.Advance(TimeSpan.FromSeconds(5));
        Assert.That(ticks, Has.Count.EqualTo(1));
    }

    [Test]
    public void Shown_IsReportedOnceAfterTheFirstPicture()
    {
        Assert.That((_drawn, _shown), Is.EqualTo((1, 0)), "in the turn of the first picture");

        _terminal.Turn();
        _terminal.App.Invalidate();
        _terminal.Turn().Turn();

        Assert.That((_drawn, _shown), Is.EqualTo((2, 1)));
    }

    [Test]
    public void Resize_AnySize_DrawsAgain()
    {
        foreach (var (columns, rows) in from columns in Sizes from rows in Sizes select (columns, rows))
        {
            _terminal.Resize(new Size(columns, rows)).Turn();
            Assert.That(_terminal.App.Size.Columns, Is.InRange(1, 500));
            Assert.That(_terminal.App.Size.Rows, Is.InRange(1, 200));
        }

        _terminal.Resize(new Size(40, 5)).Turn();
        Assert.That(_terminal.Text(), Is.EqualTo("40x5\nhello\n\n\n\n"));
    }

    [Test]
    public void Stalled_ThenGoesOn_ShowsTheNewestOnly()
    {
        _terminal.TakeBytes();
        _terminal.IsStalled = true;
        foreach (var text in new[] { "first", "second", "third", "newest" })
        {
            _text = text;
            _terminal.App.Invalidate();
            _terminal.Turn();
        }

        Assert.That(_terminal.TakeBytes(), Is.Empty);

        _terminal.IsStalled = false;
        _terminal.Turn().Turn();

        Assert.That(_terminal.TakeBytes(), Does.Contain("newest").And.Not.Contain("second").And.Not.Contain("third"));
    }

    [TestCase("j", "j")]
    [TestCase("G", "G")]
    [TestCase("/", "/")]
    [TestCase("?", "?")]
    [TestCase("{", "{")]
    [TestCase("5", "5")]
    [TestCase("é", "é")]
    [TestCase(" ", "Space")]
    [TestCase("␍", "Enter")]
    [TestCase("␉", "Tab")]
    [TestCase("␡", "Backspace")]
    [TestCase("␄", "Ctrl-d")]
    [TestCase("␕", "Ctrl-u")]
    [TestCase("␌", "Ctrl-l")]
    [TestCase("␓", "Ctrl-s")]
    [TestCase("␛c", "Alt-c")]
    [TestCase("␛[A", "Up")]
    [TestCase("␛OB", "Down")]
    [TestCase("␛[C", "Right")]
    [TestCase("␛[1;5D", "Ctrl-Left")]
    [TestCase("␛[5~", "PgUp")]
    [TestCase("␛[6~", "PgDn")]
    [TestCase("␛[1~", "Home")]
    [TestCase("␛[7~", "Home")]
    [TestCase("␛[H", "Home")]
    [TestCase("␛[8~", "End")]
    [TestCase("␛[F", "End")]
    [TestCase("␛[3~", "Delete")]
    [TestCase("␛[2~", "Insert")]
    [TestCase("␛OP", "F1")]
    [TestCase("␛[11~", "F1")]
    [TestCase("␛OQ", "F2")]
    [TestCase("␛[15~", "F5")]
    [TestCase("␛[[A", "F1")]
    [TestCase("␛[[E", "F5")]
    [TestCase("␛", "Esc")]
    [TestCase("␛[", "Alt-[")]
    [TestCase("␛O", "Alt-O")]
    [TestCase("␛P", "Alt-P")]
    [TestCase("␛]", "Alt-]")]
    [TestCase("␛[24~", "F12")]
    [TestCase("␛[Z", "Shift-Tab")]
    public void Type_WhatTerminalsSend_IsTheKeyOfThatName(string bytes, string name)
    {
        _terminal.Type(Typed(bytes));

        Assert.That(_keys, Is.EqualTo(new[] { name }));
    }

    [TestCase("␛r␛r␍n", "Alt-r Alt-r Enter n")]
    [TestCase("␛ ␛.a", "Alt-Space Alt-. a")]
    [TestCase("␛␍j", "Esc Enter j")]
    [TestCase("␛OAj", "Up j")]
    public void Type_SeveralKeysAtOnce_AreAllThere(string bytes, string names)
    {
        _terminal.Type(Typed(bytes));

        Assert.That(string.Join(' ', _keys), Is.EqualTo(names));
    }

    [TestCase("␛[25~")]
    [TestCase("␛[99~")]
    [TestCase("␛[33;5~")]
    [TestCase("␛[99999999999999999999~")]
    [TestCase("␛[?1;2c")]
    [TestCase("␛[>0;115;0c")]
    [TestCase("␛]11;rgb:0000/0000/0000␛\\")]
    [TestCase("␛[I")]
    [TestCase("␛[24;80R")]
    [TestCase("␛P>|XTerm(370)␛\\")]
    [TestCase("␛[M !!")]
    [TestCase("␛[Mqqq")]
    [TestCase("␛[32;5;5M")]
    [TestCase("␛[8;24;80t")]
    [TestCase("␛[?2026;2$y")]
    [TestCase("␛[[Z")]
    [TestCase("␛[201~")]
    public void Type_SequencesThatAreNoKeys_AreSwallowedAndTheNextKeyWorks(string bytes)
    {
        _terminal.Type(Typed(bytes)).Type("j");

        Assert.That(_keys, Is.EqualTo(new[] { "j" }));
        Assert.That(_mouse, Is.Empty);
    }

    [TestCase("␛[?1;2c")]
    [TestCase("␛]11;rgb:0000/0000/0000␛\\")]
    [TestCase("␛P>|XTerm(370)␛\\")]
    [TestCase("␛[Mqqq")]
    [TestCase("␛[<0;40;20M␛[<0;40;20m")]
    [TestCase("␛[24;80R")]
    public void Type_AnAnswerThatASlowLinkTearsApart_IsNeverTyped(string bytes)
    {
        var typed = Typed(bytes);
        for (var cut = 2; cut < typed.Length; cut++)
        {
            // Behind Esc alone, or Esc and one more, nothing tells it from a key.
            if (typed[cut - 1] == '\u001b' || (cut >= 2 && typed[cut - 2] == '\u001b'))
                continue;
            _keys.Clear();
            _terminal.Type(typed[..cut]).Type(typed[cut..]).Type("j");
            Assert.That(_keys, Is.EqualTo(new[] { "j" }), $"cut at {cut}");
        }
    }

    [Test]
    public void Type_AnAnswerWithoutAnEnd_LeavesTheKeyboardAfterAWhileHoweverOneTypes()
    {
        _terminal.Type("\u001b]11;rgb:0");
        for (var moment = 0; moment < 60; moment++)
            _terminal.Type("j");

        Assert.That(_keys, Has.Count.GreaterThan(5).And.All.EqualTo("j"));
    }

    [TestCase("␛]11;rgb:0")]
    [TestCase("␛P>|XT")]
    public void Type_EscInAnAnswerWithoutAnEnd_IsAnswered(string bytes)
    {
        _terminal.Type(Typed(bytes)).Type("\u001b").Type("j");

        Assert.That(_keys, Is.EqualTo(new[] { "Esc", "j" }));
    }

    // A place behind column 95 is a byte that is no character, or half of one.
    [Test]
    public void Read_AClickInTheOldForm_IsThreeBytesWhateverTheyAre() =>
        Assert.That(new KeySequences().Read([0x1b, (byte)'[', (byte)'M', 0x20, 0xf0, 0xff, (byte)'j']), Is.EqualTo("j"));

    // Two reads, with less time between them than an Esc waits.
    [Test]
    public void Read_EscAndThenALetter_AreTwoKeysAndAnArrowInTwoPartsIsOne()
    {
        var sequences = new KeySequences();

        Assert.That(sequences.Read("\u001b"u8) + sequences.Read("j"u8), Is.EqualTo("\u001b[27uj"));
        Assert.That(sequences.Read("\u001b"u8) + sequences.Read("["u8) + sequences.Read("A"u8), Is.EqualTo("\u001b[A"));
    }

    [TestCase(null, 60)]
    [TestCase("", 60)]
    [TestCase("/dev/pts/3", 150)]
    public void EscapeTime_OverSsh_IsLonger(string? terminal, int milliseconds) =>
        Assert.That(
            TerminalApp.EscapeTime(name => name == "SSH_TTY" ? terminal : null),
            Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds))
        );

    [Test]
    public void Input_APaste_IsInsertedAsOneLine()
    {
        Open(Line(1));
        _terminal.Type("a\u001b[200~b c\nd\u001b[201~e");

        Assert.That(_lines[^1], Is.EqualTo("1 typed ab c de"));
    }

    [Test]
    public void Type_APasteWithoutAPrompt_IsNoKeys()
    {
        _terminal.Type("\u001b[200~quit q\r\u001b[201~j");

        Assert.That(_keys, Is.EqualTo(new[] { "j" }));
    }

    [Test]
    public void Input_APasteWhoseEndIsLost_IsEndedByEsc()
    {
        Open(Line(1));
        _terminal.Type("\u001b[200~lost").Type("x").Type("\u001b");
        Assert.That(_lines, Is.EqualTo(new[] { "1 typed lostx" }));

        _terminal.Type("\u001b");
        Assert.That(_lines[^1], Is.EqualTo("1 cancelled"));
    }

    [Test]
    public void Input_APasteWhoseEndIsLost_EndsAfterAWhileHoweverOneTypes()
    {
        Open(Line(1));
        _terminal.Type("\u001b[200~lost");
        for (var moment = 0; moment < 60; moment++)
            _terminal.Type("x");

        Assert.That(_lines, Has.Count.GreaterThan(5));
        Assert.That(_lines[^1], Is.EqualTo($"1 typed lost{new string('x', 60)}"));
    }

    [TestCase("")]
    [TestCase("\u001b[200~")]
    public void Input_MuchText_IsCutAndCostsLittleAndEscAnswers(string before)
    {
        Open(Line(1));
        _terminal.Type(before);
        // The first thousand fill the line and warm up what the library keeps.
        _terminal.Type(new string('a', 1_000));
        var keys = Work.Of(() => _terminal.Type(new string('a', 4_000)));
        var many = Work.Of(() =>
        {
            for (var time = 0; time < 5; time++)
                _terminal.Type(new string('a', 4_000));
        });
        if (before.Length > 0)
            _terminal.Type("\u001b[201~");

        Assert.That(_lines[^1], Is.EqualTo($"1 typed {new string('a', 400)}"));
        TestContext.Out.WriteLine($"{keys.Allocated / 4_000} bytes a key, then {many.Allocated / 20_000}");
        Assert.That(many.Allocated, Is.LessThan(5.5 * keys.Allocated), "no more than its share, however much came before");
        Assert.That(keys.Allocated, Is.LessThan(4_000 * 2_000), "bytes for 4,000 keys that are not taken");
        _terminal.Type("\u001b");
        Assert.That(_lines[^1], Is.EqualTo("1 cancelled"));
    }

    [Test]
    public void Type_SequenceInTwoParts_IsOneKey()
    {
        var sequences = new KeySequences();

        Assert.That(sequences.Read("\u001b[1"u8) + sequences.Read("5~"u8), Is.EqualTo("\u001b[15~"));
    }

    [Test]
    public void Type_CharacterInTwoParts_IsOneKey()
    {
        var sequences = new KeySequences();

        Assert.That(sequences.Read([0xc3]) + sequences.Read([0xa9]), Is.EqualTo("é"));
    }

    [Test]
    public void Type_ClickAndWheel_AreMousePresses()
    {
        _terminal.Type("\u001b[<0;4;2M").Type("\u001b[<0;4;2m").Type("\u001b[<0;4;2M").Type("\u001b[<64;1;1M").Type("\u001b[<65;1;1M");

        Assert.That(_mouse, Is.EqualTo(new[]
        {
            new MousePress(MouseAct.Click, 1, 3), new MousePress(MouseAct.DoubleClick, 1, 3),
            new MousePress(MouseAct.WheelUp, 0, 0), new MousePress(MouseAct.WheelDown, 0, 0),
        }));
    }

    [Test]
    public void Mouse_IsOffUntilAskedFor()
    {
        Assert.That(_terminal.TakeBytes(), Does.Not.Contain("?100"));

        _terminal.App.Use(new Controls(null, Mouse: true));
        Assert.That(_terminal.TakeBytes(), Is.EqualTo("\u001b[?1000h\u001b[?1006h"));

        _terminal.App.Use(new Controls(null, Mouse: true));
        Assert.That(_terminal.TakeBytes(), Is.Empty);

        _terminal.App.Use(Controls.None);
        Assert.That(_terminal.TakeBytes(), Is.EqualTo("\u001b[?1000l\u001b[?1006l"));
    }

    [Test]
    public void Input_TypeAndEnter_ReportsEachTextAndTheLast()
    {
        Open(Line(1));

        _terminal.Press("f", "a", "x", "Backspace", "i", "Space", "l");
        Assert.That(_terminal.Text(), Does.Contain("fai l"));
        _terminal.Press("Enter");

        Assert.That(_lines, Is.EqualTo(new[]
        {
            "1 typed f", "1 typed fa", "1 typed fax", "1 typed fa", "1 typed fai", "1 typed fai ", "1 typed fai l", "1 entered fai l",
        }));
        Assert.That(_keys, Is.Empty);
    }

    [Test]
    public void Input_AfterEnter_StaysOpenUntilItIsClosed()
    {
        Open(Line(1));
        _terminal.Press("a", "Enter");
        Assert.That(_terminal.Text(), Does.Contain("a\n"));

        _terminal.App.Use(Controls.None);
        _terminal.Turn();
        Assert.That(_terminal.Text(), Does.EndWith("hello\n\n\n"));
        _terminal.Press("b");
        Assert.That(_keys, Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void Input_EditingKeys_EditTheLine()
    {
        Open(Line(1));

        _terminal.Press("b", "c", "Home", "a", "End", "d", "Left", "Left", "Delete", "Enter");

        Assert.That(_lines[^1], Is.EqualTo("1 entered abd"));
    }

    // The library keeps a copy of the line for each key, to undo it; nobody can ask for that here.
    [Test]
    public void Input_EditedForLong_KeepsNoCopies()
    {
        Open(Line(1) with { Text = new string('a', 399) });
        void Edit(int times)
        {
            for (var time = 0; time < times; time++)
                _terminal.Type("b\u007f");
            _lines.Clear();
        }

        Edit(50);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Edit(500);

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(500_000));
    }

    [Test]
    public void Input_UpAndDown_WalkThroughHistory()
    {
        Open(Line(1) with { History = ["older", "newer"] });

        _terminal.Press("Up", "Up", "Up", "Down", "Enter");

        Assert.That(_lines, Is.EqualTo(new[] { "1 typed newer", "1 typed older", "1 typed newer", "1 entered newer" }));
    }

    [TestCase("Esc")]
    [TestCase("Backspace")]
    public void Input_EscOrBackspaceInAnEmptyLine_Cancels(string key)
    {
        Open(Line(1));

        _terminal.Press(key);

        Assert.That(_lines, Is.EqualTo(new[] { "1 cancelled" }));
    }

    [Test]
    public void Input_KeysTheLineDoesNotUse_GoToTheScreen()
    {
        Open(Line(1));

        _terminal.Press("Alt-c", "Tab", "F1");

        Assert.That(_keys, Is.EqualTo(new[] { "Alt-c", "Tab", "F1" }));
        Assert.That(_lines, Is.Empty);
    }

    [Test]
    public void Input_HigherRevision_SetsTheTextWithoutAReport()
    {
        Open(Line(1) with { Text = "fa" });
        _terminal.Press("i");

        _terminal.App.Use(new Controls(Line(1) with { Revision = 1, Text = "failed" }, false));
        _terminal.Press("!", "Enter");

        Assert.That(_lines, Is.EqualTo(new[] { "1 typed fai", "1 typed failed!", "1 entered failed!" }));
    }

    [Test]
    public void Input_SameRevision_MovesTheLineAndKeepsWhatIsTyped()
    {
        Open(Line(1));
        _terminal.Press("a", "b");

        _terminal.App.Use(new Controls(Line(1) with { Text = "old", Area = new Area(3, 2, 20, 1) }, false));
        _terminal.Turn();

        Assert.That(_terminal.Text(), Is.EqualTo("30x4\nhello\n   ab\n\n"));
    }

    [Test]
    public void Input_AnotherNumber_IsAnotherLineThatGoesOnBehindItsText()
    {
        Open(Line(1));
        _terminal.Press("a");

        Open(Line(2) with { Text = "web" });
        _terminal.Press("-");

        Assert.That(_lines, Is.EqualTo(new[] { "1 typed a", "2 typed web-" }));
    }

    [Test]
    public void Input_OpenedByAKey_GetsTheKeysThatCameTogetherWithIt()
    {
        _onKey = name => _terminal.App.Use(new Controls(name == "/" ? Line(1) : null, false));

        _terminal.Type("j/abc");

        Assert.That((string.Join(' ', _keys), _lines[^1]), Is.EqualTo(("j /", "1 typed abc")));
    }

    [Test]
    public void Input_ShowsTheCursorAndHidesItAfterwards()
    {
        Open(Line(1));
        Assert.That(_terminal.TakeBytes(), Does.EndWith("\u001b[4;2H\u001b[?25h"));

        _terminal.App.Use(Controls.None);
        _terminal.Turn();
        Assert.That(_terminal.TakeBytes(), Does.Contain("\u001b[?25l"));
    }

    /// <summary>What changed below the line is there when it closes, and so is what did not change.</summary>
    [TestCase("hello")]
    [TestCase("jello of the day")]
    public void Input_OverThePicture_LeavesItWhole(string below)
    {
        Open(Line(1) with { Area = new Area(2, 1, 10, 1) });
        _terminal.Press("a", "b");
        _text = below;
        _terminal.App.Invalidate();
        _terminal.Turn();
        Assert.That(_terminal.Text().Split('\n')[1], Does.StartWith($"{below[..2]}ab"));

        _terminal.App.Use(Controls.None);
        _terminal.Turn();

        Assert.That(_terminal.Text(), Is.EqualTo($"30x4\n{below}\n\n\n"));
    }

    [Test]
    public void Resized_ComesBeforeThePictureOfEachSize()
    {
        Assert.That(_size, Is.EqualTo(new Size(30, 4)));
        _terminal.Resize(new Size(41, 7)).Turn();
        Assert.That(_terminal.Text(), Does.StartWith("41x7\n"));

        _terminal.App.Lend();
        _terminal.Resize(new Size(50, 3));
        _terminal.App.TakeBack();
        _terminal.Turn();
        Assert.That(_terminal.Text(), Does.StartWith("50x3\n"));
    }

    [Test]
    public void Lend_TheLoopGoesOnButReadsAndDrawsNothing()
    {
        _terminal.TakeBytes();
        var (drawn, posted, ticked) = (_drawn, 0, 0);
        _terminal.App.Lend();
        Assert.That(_terminal.IsEntered, Is.False);

        _terminal.App.Post(null, () => posted++);
        _terminal.App.NextTick(TimeSpan.FromSeconds(1), () => ticked++);
        _text = "changed";
        _terminal.App.Invalidate();
        _terminal.Type("j").Advance(TimeSpan.FromSeconds(2)).Turn();

        Assert.That((posted, ticked, _drawn, _keys.Count), Is.EqualTo((1, 1, drawn, 0)));
        Assert.That(_terminal.TakeBytes(), Is.Empty);

        _terminal.App.TakeBack();
        _terminal.Turn();
        Assert.That(_terminal.IsEntered);
        Assert.That(_terminal.TakeBytes(), Does.Contain("30x4").And.Contain("changed"));
        Assert.That(_keys, Is.EqualTo(new[] { "j" }), "what was typed and nobody took");
    }

    /// <summary>As after Ctrl-Z and bg: it goes on, and shows itself as soon as it is in the foreground again.</summary>
    [Test]
    public void Background_TheLoopGoesOnButReadsAndDrawsNothing()
    {
        _terminal.TakeBytes();
        var (drawn, ticked) = (_drawn, 0);
        _terminal.IsFree = false;

        _terminal.App.NextTick(TimeSpan.FromSeconds(1), () => ticked++);
        _text = "changed";
        _terminal.App.Invalidate();
        _terminal.Type("j").Continue().Advance(TimeSpan.FromSeconds(2)).Turn();

        Assert.That((ticked, _drawn, _keys.Count, _terminal.IsEntered), Is.EqualTo((1, drawn, 0, false)));
        Assert.That(_terminal.TakeBytes(), Is.Empty);

        _terminal.IsFree = true;
        _terminal.Turn().Turn();
        Assert.That(_terminal.IsEntered);
        Assert.That(_terminal.TakeBytes(), Does.Contain("30x4").And.Contain("changed"));
        Assert.That(_keys, Is.EqualTo(new[] { "j" }));
    }

    [Test]
    public void Lend_AContinueMeanwhile_DoesNotTakeTheScreenBack()
    {
        _terminal.App.Lend();

        _terminal.Continue();

        Assert.That(_terminal.IsEntered, Is.False);
    }

    [Test]
    public void Quit_Dispose_LeavesTheTerminal()
    {
        _terminal.App.Quit();
        _terminal.Dispose();

        Assert.That(_terminal.IsEntered, Is.False);
    }

    // Control characters by their pictures: test runners do not keep them in a test's name.
    private static string Typed(string pictures) => string.Concat(pictures.Select(character => character switch
    {
        >= '\u2400' and < '\u2420' => (char)(character - 0x2400),
        '\u2421' => '\u007f',
        _ => character,
    }));

    private static readonly int[] Sizes = [0, 1, 2, 19, 500, 65535];

    private Frame Picture()
    {
        _drawn++;
        return new Frame([.. new CellBuffer(_size).Write(0, 0, $"{_size.Columns}x{_size.Rows}").Write(1, 0, _text).ToLines()]);
    }

    private static InputLine Line(int number) => new(number, 0, "", new Area(1, 3, 29, 1), Style.Plain, []);

    private void Open(InputLine line)
    {
        _terminal.App.Use(new Controls(line, false));
        _terminal.Turn();
    }
}
