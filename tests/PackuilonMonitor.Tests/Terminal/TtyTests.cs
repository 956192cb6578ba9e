using System.Runtime.InteropServices;
using System.Text;
using PackuilonMonitor.Cells;
using PackuilonMonitor.Terminal;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.Terminal;

/// <summary>The terminal as the program has it, on a pseudo terminal within this process: what is sent, and in which mode it is.</summary>
[NonParallelizable]
public sealed unsafe partial class TtyTests
{
    private const string MouseOff = "\u001b[?9l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1005l\u001b[?1006l\u001b[?1015l";
    private const string Entered = "\u001b[?1049h" + MouseOff + "\u001b[?2004h\u001b[?25l\u001b[m\u001b[2J";
    private const string Left = "\u0018\u001b[m\u001b[r\u001b[?2004l" + MouseOff + "\u001b[999;1H\u001bD\u001b[?1049l\u001b[J\u001b[?25h";

    private TerminalPair _pair = null!;
    private StandardFiles _files = null!;

    [SetUp]
    public void Begin()
    {
        _pair = new TerminalPair();
        _files = new StandardFiles().Put(_pair.Program, StandardFiles.Input).Put(_pair.Program, StandardFiles.Output);
    }

    [TearDown]
    public void End()
    {
        _files.Dispose();
        _pair.Dispose();
    }

    [TestCase(StandardFiles.Input)]
    [TestCase(StandardFiles.Output)]
    public void Open_WhereOneOfBothIsNoTerminal_IsNone(int standard)
    {
        using var file = File.OpenHandle("/dev/null", access: FileAccess.ReadWrite);
        using var other = new StandardFiles().Put((int)file.DangerousGetHandle(), standard);

        Assert.That(Tty.Open(), Is.Null);
        Assert.That(TerminalApp.Open(), Is.Null);
        Assert.That(LetterInput.Begin(), standard == StandardFiles.Input ? Is.Null : Is.Not.Null);
        if (standard == StandardFiles.Output)
            Assert.That(TerminalApp.OpenWithKeysFromTheControllingTerminal(), Is.Null);
    }

    [Test]
    public void Enter_AndLeave_SetTheModesAndSendEachOnce()
    {
        var found = Modes();
        using var tty = Tty.Open()!;
        Assert.That((tty.IsEntered, tty.IsFree), Is.EqualTo((false, true)));
        tty.Leave();
        Assert.That(_pair.Taken(), Is.Empty, "there is nothing to leave");

        Assert.That((tty.Enter(), tty.IsEntered, _pair.Taken()), Is.EqualTo((true, true, Entered)));
        var raw = Modes();
        // Signals stay: INTR and SUSP work even if the loop hangs.
        Assert.That(
            (found.Input & ~raw.Input, found.Output & ~raw.Output, found.Local & ~raw.Local, raw.Local & 1),
            Is.EqualTo((found.Input & 0x5eb, 1u, found.Local & 0x804a, 1u))
        );
        Assert.That((raw.Characters[5], raw.Characters[6]), Is.EqualTo(((byte)0, (byte)1)));
        Assert.That(found.Local & 0x804a, Is.Not.Zero);
        Assert.That((tty.Enter(), _pair.Taken()), Is.EqualTo((true, "")), "it is entered already");

        tty.Leave();
        Assert.That((tty.IsEntered, _pair.Taken()), Is.EqualTo((false, Left)));
        tty.Leave();
        Assert.That(_pair.Taken(), Is.Empty);
        Assert.That(Same(Modes(), found));

        Assert.That((tty.Enter(), _pair.Taken()), Is.EqualTo((true, Entered)));
        tty.Dispose();
        Assert.That(_pair.Taken(), Is.EqualTo(Left));
        Assert.That(Same(Modes(), found));
    }

    [Test]
    public void Bar_LeavesAndKeepsOut_UntilItIsTakenBack()
    {
        using var tty = Tty.Open()!;
        tty.Enter();
        _pair.Taken();

        tty.Bar();
        Assert.That((tty.Enter(), tty.IsEntered, _pair.Taken()), Is.EqualTo((false, false, Left)));
        tty.Unbar();
        Assert.That((tty.Enter(), tty.IsEntered, _pair.Taken()), Is.EqualTo((true, true, Entered)));
    }

    [Test]
    public void Write_ReachesTheScreenOnlyWhileItIsOurs()
    {
        using var tty = Tty.Open()!;
        Assert.That((tty.Write("before"u8), _pair.Taken()), Is.EqualTo((6, "")));
        tty.Enter();
        _pair.Taken();

        // A newline stays one: the terminal translates nothing.
        Assert.That((tty.Write("a\nb"u8), _pair.Taken()), Is.EqualTo((3, "a\nb")));
        tty.Leave();
        _pair.Taken();
        Assert.That((tty.Write("after"u8), _pair.Taken()), Is.EqualTo((5, "")));
    }

    /// <summary>A terminal that takes no more holds nothing up, and what it has not shown makes room for the end.</summary>
    [Test]
    public void Write_ToAStalledTerminal_TakesAPart_AndLeavesAllTheSame()
    {
        using var tty = Tty.Open()!;
        tty.Enter();
        var all = new byte[1 << 20];
        Array.Fill(all, (byte)'x');

        var taken = tty.Write(all);
        // The kernel hands on what it took at a time of its own, and may have room once more.
        while (taken < all.Length && tty.Wait(TimeSpan.Zero, untilWritable: true, forKeys: true) is WakeReason.Output)
            taken += tty.Write(all.AsSpan(taken));
        Assert.That(taken, Is.InRange(1, all.Length - 1));
        tty.Leave();

        Assert.That(_pair.Taken(), Does.EndWith(Left));
    }

    [Test]
    public void Wait_EndsByEachReason()
    {
        using var tty = Tty.Open()!;
        tty.Enter();
        Assert.That(Wait(untilWritable: false, forKeys: true), Is.EqualTo(WakeReason.None));
        Assert.That(Wait(untilWritable: true, forKeys: true), Is.EqualTo(WakeReason.Output));

        tty.Wake();
        // Without a limit: it would wait for ever if it were not woken.
        Assert.That(tty.Wait(null, untilWritable: false, forKeys: true), Is.EqualTo(WakeReason.None));
        Assert.That(Wait(untilWritable: false, forKeys: true), Is.EqualTo(WakeReason.None));

        _pair.Type("é\u001b[A");
        Assert.That(Wait(untilWritable: false, forKeys: false), Is.EqualTo(WakeReason.None), "another program reads them");
        Assert.That(tty.Wait(null, untilWritable: false, forKeys: true), Is.EqualTo(WakeReason.Input));
        Assert.That(Wait(untilWritable: true, forKeys: true), Is.EqualTo(WakeReason.Input | WakeReason.Output));
        Span<byte> buffer = stackalloc byte[16];
        Assert.That(Encoding.UTF8.GetString(buffer[..tty.Read(buffer)]), Is.EqualTo("é\u001b[A"));

        _pair.HangUp();
        Assert.That(Wait(untilWritable: false, forKeys: true) & WakeReason.Gone, Is.EqualTo(WakeReason.Gone));
        Assert.That(tty.Read(buffer), Is.EqualTo(-1));

        WakeReason Wait(bool untilWritable, bool forKeys) => tty.Wait(TimeSpan.Zero, untilWritable, forKeys);
    }

    [Test]
    public void Size_IsThatOfTheWindow()
    {
        using var tty = Tty.Open()!;
        Assert.That(tty.Size, Is.EqualTo(new Size(40, 5)));
        _pair.Resize(132, 43);
        Assert.That(tty.Size, Is.EqualTo(new Size(132, 43)));
    }

    [Test]
    public void Letters_ComeOneByOneWithoutAnEcho_UntilTheEnd()
    {
        var found = Modes();
        using (LetterInput.Begin())
        {
            var modes = Modes();
            Assert.That((found.Local & ~modes.Local, modes.Characters[5], modes.Characters[6]), Is.EqualTo((0xau, (byte)0, (byte)1)));
            Assert.That(LetterInput.Begin(), Is.Null, "something before it gives letters already");
        }

        Assert.That(Same(Modes(), found));
    }

    /// <summary>A whole run: the first picture, keys, a new size, another program in between, and the end with its code.</summary>
    [Test]
    public void Run_ShowsPicturesAndTakesKeys_UntilItIsQuit()
    {
        using var app = TerminalApp.Open()!;
        var (keys, sizes, sent) = (new List<string>(), new List<Size>(), new StringBuilder());
        var code = app.Run(
            new ScreenContent
            {
                Picture = () => new Frame([.. new CellBuffer(sizes[^1]).Write(0, 0, $"seen {keys.Count}").ToLines()]),
                Resized = size =>
                {
                    sizes.Add(size);
                    if (size.Columns == 60)
                        _pair.Type("q");
                },
                Shown = () => _pair.Type("a"),
                Key = press =>
                {
                    keys.Add(press.Name);
                    app.Due();
                    if (press.Name == "a")
                    {
                        sent.Append(_pair.Taken()).Append("| ");
                        app.Lend();
                        sent.Append(_pair.Taken()).Append("| ");
                        // Nobody tells of a new size while another program has the terminal.
                        _pair.Resize(50, 6);
                        app.TakeBack();
                        _pair.Resize(60, 6);
                        _ = Kill(Environment.ProcessId, WindowChanged);
                    }
                    else if (press.Name == "q")
                    {
                        app.Quit(7);
                        app.Quit(8);
                    }
                },
            }
        );

        Assert.That((code, keys, sizes), Is.EqualTo((7, new[] { "a", "q" }, new[] { new Size(40, 5), new Size(50, 6), new Size(60, 6) })));
        Assert.That(sent.ToString(), Does.StartWith(Entered).And.Contain("seen 0").And.EndsWith($"| {Left}| "));
        Assert.That(_pair.Taken(), Does.StartWith(Entered).And.EndsWith(Left));
    }

    [Test]
    public void Run_WithABug_PrintsTheLastWordsOnTheMainScreen()
    {
        using var folder = new TempFolder();
        folder.Write("error", "");
        using var file = File.OpenHandle(folder["error"], access: FileAccess.Write);
        using var error = new StandardFiles().Put((int)file.DangerousGetHandle(), StandardFiles.Error);
        using var app = TerminalApp.Open()!;

        var code = app.Run(
            new ScreenContent
            {
                Picture = static () => throw new InvalidOperationException("of the picture"),
                Resized = static _ => { },
                Key = static _ => { },
                LastWords = bug => $"{bug.Message}, while entered: {!_pair.Taken().EndsWith(Left, StringComparison.Ordinal)}",
            }
        );

        Assert.That((code, File.ReadAllText(folder["error"])), Is.EqualTo((70, "of the picture, while entered: False\n")));
    }

    [Test]
    public void Run_AfterASignal_EndsWithItsCode()
    {
        using var app = TerminalApp.Open()!;

        var code = app.Run(
            new ScreenContent
            {
                Picture = static () => new Frame([]),
                Resized = static _ => { },
                Key = static _ => { },
                Shown = static () => _ = Kill(Environment.ProcessId, UserSignal),
            }
        );

        Assert.That(code, Is.EqualTo(128 + UserSignal));
    }

    [Test]
    public void Run_OnATerminalThatIsGone_EndsAsAHangUp()
    {
        using var app = TerminalApp.Open()!;

        var code = app.Run(
            new ScreenContent
            {
                Picture = static () => new Frame([]),
                Resized = static _ => { },
                Key = static _ => { },
                Shown = () => _pair.HangUp(),
            }
        );

        Assert.That(code, Is.EqualTo(129));
    }

    private const int UserSignal = 10;
    private const int WindowChanged = 28;

    private Libc.Termios Modes()
    {
        Libc.Termios modes;
        Assert.That(Libc.GetAttributes(_pair.Program, &modes), Is.Zero);
        return modes;
    }

    private static bool Same(Libc.Termios one, Libc.Termios other) =>
        new ReadOnlySpan<byte>(&one, sizeof(Libc.Termios)).SequenceEqual(new ReadOnlySpan<byte>(&other, sizeof(Libc.Termios)));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
