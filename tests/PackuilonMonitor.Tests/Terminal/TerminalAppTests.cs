using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Tests.Terminal;

[NonParallelizable]
public sealed class TerminalAppTests
{
    private readonly List<string> _keys = [];
    private readonly List<MousePress> _mouse = [];
    private string _text = "hello";
    private int _drawn;
    private HeadlessTerminal _terminal = null!;

    [SetUp]
    public void Begin()
    {
        (_text, _drawn) = ("hello", 0);
        _keys.Clear();
        _mouse.Clear();
        _terminal = new HeadlessTerminal(new Size(30, 4)).Show(new ScreenContent(Render, press => _keys.Add(press.Name))
        {
            Mouse = _mouse.Add,
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

    [Test]
    public void Post_FromAnotherThread_RunsOnTheNextTurnInOrder()
    {
        var order = new List<int>();
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var number = i;
                _terminal.App.Post(() => order.Add(number));
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(order, Is.Empty);

        _terminal.Turn();

        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public void Post_AfterTheEnd_IsDropped()
    {
        _terminal.Dispose();

        Assert.That(() => _terminal.App.Post(() => Assert.Fail("ran after the end")), Throws.Nothing);
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
    public void Type_SequencesThatAreNoKeys_AreSwallowedAndTheNextKeyWorks(string bytes)
    {
        _terminal.Type(Typed(bytes)).Type("j");

        Assert.That(_keys[^1], Is.EqualTo("j"));
        Assert.That(_keys, Has.None.EqualTo("Esc").And.None.EqualTo("Q"));
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

        _terminal.App.MouseOn();
        Assert.That(_terminal.TakeBytes(), Is.EqualTo("\u001b[?1000h\u001b[?1006h"));

        _terminal.App.MouseOff();
        Assert.That(_terminal.TakeBytes(), Is.EqualTo("\u001b[?1000l\u001b[?1006l"));
    }

    [Test]
    public void Ask_TypeAndEnter_TellsEachTextAndTheLast()
    {
        var (typed, accepted) = (new List<string>(), "");
        Ask(typed.Add, text => accepted = text);

        _terminal.Press("f", "a", "x", "Backspace", "i", "Space", "l");
        Assert.That(_terminal.Text(), Does.Contain("fai l"));
        _terminal.Press("Enter");

        Assert.That(typed, Is.EqualTo(new[] { "f", "fa", "fax", "fa", "fai", "fai ", "fai l" }));
        Assert.That(accepted, Is.EqualTo("fai l"));
        Assert.That(_keys, Is.Empty);
        Assert.That(_terminal.App.PromptText, Is.Null);
        Assert.That(_terminal.Text(), Does.Not.Contain("fai"));
    }

    [Test]
    public void Ask_EditingKeys_EditTheLine()
    {
        var accepted = "";
        Ask(_ => { }, text => accepted = text);

        _terminal.Press("b", "c", "Home", "a", "End", "d", "Left", "Left", "Delete", "Enter");

        Assert.That(accepted, Is.EqualTo("abd"));
    }

    [Test]
    public void Ask_UpAndDown_WalkThroughHistory()
    {
        var accepted = "";
        Ask(_ => { }, text => accepted = text, history: ["older", "newer"]);

        _terminal.Press("Up", "Up", "Up", "Down", "Enter");

        Assert.That(accepted, Is.EqualTo("newer"));
    }

    [TestCase("Esc")]
    [TestCase("Backspace")]
    public void Ask_GivenUp_IsCancelled(string key)
    {
        var cancelled = 0;
        Ask(_ => { }, _ => Assert.Fail("accepted"), cancelled: () => cancelled++);

        _terminal.Press(key);

        Assert.That(cancelled, Is.EqualTo(1));
        Assert.That(_terminal.App.PromptText, Is.Null);
    }

    [Test]
    public void Ask_KeysTheLineDoesNotUse_GoToTheScreen()
    {
        Ask(_ => { }, _ => { });

        _terminal.Press("Alt-c", "Tab", "F1");

        Assert.That(_keys, Is.EqualTo(new[] { "Alt-c", "Tab", "F1" }));
        Assert.That(_terminal.App.PromptText, Is.Empty);
    }

    [Test]
    public void Ask_ShowsTheCursorAndHidesItAfterwards()
    {
        Ask(_ => { }, _ => { });
        _terminal.Turn();
        Assert.That(_terminal.TakeBytes(), Does.EndWith("\u001b[4;2H\u001b[?25h"));

        _terminal.Press("Esc");
        Assert.That(_terminal.TakeBytes(), Does.Contain("\u001b[?25l"));
    }

    [Test]
    public void Away_LeavesAndComesBackWithTheWholePicture()
    {
        _terminal.TakeBytes();
        var entered = true;

        var result = _terminal.App.Away(() =>
        {
            entered = _terminal.IsEntered;
            return 42;
        });

        Assert.That((result, entered, _terminal.IsEntered), Is.EqualTo((42, false, true)));
        Assert.That(_terminal.TakeBytes(), Does.Contain("30x4").And.Contain("hello"));
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

    private IReadOnlyList<CellLine> Render(Size size)
    {
        _drawn++;
        return new CellBuffer(size).Write(0, 0, $"{size.Columns}x{size.Rows}").Write(1, 0, _text).ToLines();
    }

    private void Ask(Action<string> changed, Action<string> accepted, Action? cancelled = null, string[]? history = null)
    {
        _terminal.App.Ask(new PromptRequest(size => new Area(1, size.Rows - 1, size.Columns - 1, 1), changed, accepted, cancelled ?? (() => { }))
        {
            History = history ?? [],
        });
        _terminal.Turn();
    }
}
