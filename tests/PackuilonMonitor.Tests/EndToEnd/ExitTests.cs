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

    [TestCase("TERM", 143)]
    [TestCase("HUP", 129)]
    [TestCase("INT", 130)]
    [TestCase("QUIT", 131)]
    public void Signal_Ends_AsFound(string signal, int code)
    {
        _terminal.Signal(signal);

        AssertAsFound(code);
    }

    [Test]
    public void UnknownKeySequences_DoNotEndIt()
    {
        _terminal.Bytes("1b 5b 32 35 7e 1b 5b 39 39 7e 1b 5b 37 7e 1b 4f 7a 1b 5b 31 3b 32 53").Keys("q");

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

    [TestCase(false)]
    [TestCase(true)]
    public void StoppedAndContinued_TwentyTimes_TheScreenIsTheShellsAndThenOursAgain(bool impatiently)
    {
        for (var time = 0; time < 20; time++)
        {
            _terminal.Signal("TSTP");
            _terminal.WaitUntil(_ => _terminal.Flag("alternate_on") == "0", "the main screen");
            // A shell waits until its job has stopped, too: a CONT that comes before would be lost.
            _terminal.WaitUntil(_ => State(_terminal.Pid) == 'T', "the stopped program");
            Assert.That((_terminal.Flag("cursor_flag"), _terminal.ModesAreBack), Is.EqualTo(("1", true)));

            _terminal.Signal("CONT");
            _terminal.WaitUntil(screen => impatiently ? State(_terminal.Pid) != 'T' : screen.Contains("WORKERS", StringComparison.Ordinal), "the dashboard again");
        }

        _terminal.Keys("q");

        AssertAsFound(0);
    }

    /// <summary>The state letter of a process; the name before it may hold anything.</summary>
    private static char State(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    private void AssertAsFound(int code)
    {
        Assert.That(_terminal.ExitCode(), Is.EqualTo(code), _terminal.Screen());
        Assert.That(_terminal.ModesAreAsFound, Is.True);
        Assert.That(
            (_terminal.Flag("alternate_on"), _terminal.Flag("cursor_flag"), _terminal.Flag("mouse_any_flag")),
            Is.EqualTo(("0", "1", "0")));
    }
}
