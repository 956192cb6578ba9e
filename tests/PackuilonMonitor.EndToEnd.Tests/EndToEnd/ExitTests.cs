using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>However the dashboard ends, the terminal is as it was found.</summary>
public sealed class ExitTests
{
    private static readonly string Program = $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' demo";

    private TmuxTerminal _terminal = null!;

    [SetUp]
    public void Begin()
    {
        _terminal = TmuxTerminal.Start(Program, 100, 30, ("LC_ALL", "C.UTF-8"));
        _terminal.WaitUntil(_ => _terminal.Flag("alternate_on") == "1", "the dashboard");
    }

    [TearDown]
    public void End() => _terminal.Dispose();

    [TestCase("q", 0)]
    [TestCase("C-c", 130)]
    [TestCase("C-\\", 131)]
    public void Key_Ends_AsFound(string key, int code)
    {
        _terminal.Keys(key);

        AssertAsFound(code);
    }

    // All that end a program by themselves, but KILL and those of which the runtime makes its own use.
    [TestCase("HUP", 1)]
    [TestCase("INT", 2)]
    [TestCase("QUIT", 3)]
    [TestCase("ABRT", 6)]
    [TestCase("USR1", 10)]
    [TestCase("USR2", 12)]
    [TestCase("ALRM", 14)]
    [TestCase("TERM", 15)]
    [TestCase("STKFLT", 16)]
    [TestCase("XCPU", 24)]
    [TestCase("XFSZ", 25)]
    [TestCase("VTALRM", 26)]
    [TestCase("PROF", 27)]
    [TestCase("IO", 29)]
    [TestCase("PWR", 30)]
    [TestCase("SYS", 31)]
    [TestCase("35", 35)]
    [TestCase("64", 64)]
    public void Signal_Ends_AsFound(string signal, int number)
    {
        _terminal.Signal(signal);

        AssertAsFound(128 + number);
    }

    // A terminal that closes sends it, and so does the shell in it.
    [Test]
    public void Hangup_AgainAndAgain_LeavesNoFileBehind()
    {
        _terminal.WaitFor("WORKERS");
        var program = _terminal.Pid;
        var folder = Directory.GetDirectories(Path.GetTempPath(), $"packuilon-monitor-demo-{program}-*").Single();

        Shell.Run("sh", "-c", $"for time in $(seq 30); do env kill -HUP {program} || break; done 2>/dev/null");

        AssertAsFound(129);
        Assert.That(Directory.Exists(folder), Is.False);
    }

    // It puts the program into a group of its own, in the background of a shell without job control.
    [Test]
    public void UnderTimeout_IsEndedByIt()
    {
        using var terminal = TmuxTerminal.Start($"timeout 600 {Program}", 100, 30, ("LC_ALL", "C.UTF-8"));
        terminal.WaitForSignalsOf(terminal.Child);
        // Its own alarm: what it does when the time is over.
        terminal.Signal("ALRM");

        Assert.That((terminal.ExitCode(), terminal.ModesAreAsFound), Is.EqualTo((124, true)));
    }

    [TestCase("URG")]
    [TestCase("CHLD")]
    [TestCase("PIPE")]
    [TestCase("TTIN")]
    [TestCase("TTOU")]
    [TestCase("TSTP")]
    [TestCase("CONT")]
    public void Signal_ThatMayNotEnd_GoesOn(string signal)
    {
        _terminal.WaitFor("WORKERS");
        _terminal.Signal(signal).Keys("?");
        _terminal.WaitFor("HELP");
        _terminal.Keys("q", "q");

        AssertAsFound(0);
    }

    [Test]
    public void UnknownKeySequences_DoNotEndIt()
    {
        _terminal.Bytes("1b 5b 32 35 7e 1b 5b 39 39 7e 1b 5b 37 7e 1b 4f 7a 1b 5b 31 3b 32 53").Keys("q");

        AssertAsFound(0);
    }

    // A program that crashed before us may have left the mouse on; in its oldest form a click is three bytes of anything.
    [Test]
    public void ClickInTheOldForm_TypesNothing()
    {
        _terminal.WaitFor("WORKERS");
        _terminal.Bytes("1b 5b 4d 20 71 71").Keys("?");
        _terminal.WaitFor("HELP");
        _terminal.Keys("q", "q");

        AssertAsFound(0);
    }

    [Test]
    public void LinuxConsole_F1_IsHelp()
    {
        _terminal.WaitFor("WORKERS");
        _terminal.Bytes("1b 5b 5b 41");
        _terminal.WaitFor("HELP");
        _terminal.Keys("q", "q");

        AssertAsFound(0);
    }

    [Test]
    public void Resize_ToOneCellAndBack_GoesOn()
    {
        _terminal.Resize(1, 1).Resize(20, 5).Resize(90, 26);
        _terminal.WaitUntil(screen => screen.Split('\n').Any(line => line.Length > 60), "a wide picture");
        _terminal.Keys("q");

        AssertAsFound(0);
    }

    [Test]
    public void Suspended_WhereNoShellCanContinueIt_SaysSoAndGoesOn()
    {
        _terminal.WaitFor("WORKERS");
        _terminal.Keys("C-z");

        _terminal.WaitUntil(
            screen =>
                screen.Contains("not suspended: there is no shell to go back to", StringComparison.Ordinal)
                && screen.Contains("WORKERS", StringComparison.Ordinal),
            "the dashboard again"
        );
        _terminal.Keys("q");

        AssertAsFound(0);
    }

    // The signal does not wait for a busy loop; what it then finds must still reach the screen.
    [Test]
    public void Suspended_WhileTheLoopIsBusyAndNoShellCanContinueIt_SaysSoAndGoesOn()
    {
        using var folder = new TempFolder();
        using var terminal = TmuxTerminal.Start(Busy(folder), 60, 10, ("LC_ALL", "C.UTF-8"));
        terminal.WaitFor("waiting");
        terminal.Keys("x");
        terminal.WaitFor("busy");
        terminal.Signal("TSTP");
        terminal.WaitUntil(_ => terminal.Flag("alternate_on") == "0", "the terminal as it was found");
        Release(folder);

        terminal.WaitFor("not suspended");
        Assert.That(terminal.Flag("alternate_on"), Is.EqualTo("1"));
        terminal.Keys("q");
        Assert.That(terminal.ExitCode(), Is.Zero);
        Assert.That(terminal.ModesAreAsFound);
    }

    [Test]
    public void Suspended_WhileTheLoopIsBusy_IsContinuedByItsShellWithoutAWord()
    {
        Shell.Needs("bash");
        using var folder = new TempFolder();
        using var terminal = TmuxTerminal.Start("bash --norc --noprofile -i", 100, 10, ("LC_ALL", "C.UTF-8"), ("PS1", "ready> "));
        terminal.WaitFor("ready>");
        terminal.Literally(Busy(folder)).Keys("Enter");
        terminal.WaitFor("waiting");
        terminal.Keys("x");
        terminal.WaitFor("busy");
        terminal.Keys("C-z");
        terminal.WaitFor("Stopped");
        Assert.That(terminal.Flag("alternate_on"), Is.EqualTo("0"));

        terminal.Literally("fg").Keys("Enter");
        Release(folder);
        // The word alone stands in what was typed, too.
        terminal.WaitUntil(
            screen => terminal.Flag("alternate_on") == "1" && screen.Contains("busy", StringComparison.Ordinal),
            "the program"
        );
        Assert.That(terminal.Screen(), Does.Not.Contain("not suspended"));
        terminal.Keys("q");
        terminal.WaitUntil(_ => terminal.Flag("alternate_on") == "0", "the shell");
    }

    /// <summary>A program whose loop is busy from a key until <see cref="Release"/>.</summary>
    private static string Busy(TempFolder folder)
    {
        Shell.Run("mkfifo", folder["pipe"]);
        return $"'{Path.Combine(AppContext.BaseDirectory, "crash-program")}' busy '{folder["pipe"]}'";
    }

    private static void Release(TempFolder folder) => File.WriteAllText(folder["pipe"], "go on");

    private void AssertAsFound(int code)
    {
        Assert.That(_terminal.ExitCode(), Is.EqualTo(code), _terminal.Screen());
        Assert.That(_terminal.ModesAreAsFound, Is.True);
        Assert.That(
            (_terminal.Flag("alternate_on"), _terminal.Flag("cursor_flag"), _terminal.Flag("mouse_any_flag")),
            Is.EqualTo(("0", "1", "0")));
    }
}
