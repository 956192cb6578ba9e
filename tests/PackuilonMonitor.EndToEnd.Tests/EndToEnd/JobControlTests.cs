using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard as a job of a shell: stopped, continued, in the background, and ended wherever it is.</summary>
public sealed class JobControlTests
{
    private static readonly string Demo = $"'{RunningProgram.Monitor}' demo";

    private TmuxTerminal _terminal = null!;

    [SetUp]
    public void StartShell()
    {
        Shell.Needs("bash");
        _terminal = TmuxTerminal.Start("bash --norc --noprofile -i", 100, 30, ("LC_ALL", "C.UTF-8"), ("PS1", "ready> "), ("PAGER", "less"));
        _terminal.WaitFor("ready>");
    }

    [TearDown]
    public void End() => _terminal.Dispose();

    [Test]
    public void StoppedAndContinued_TwentyTimes_TheScreenIsTheShellsAndThenOursAgain()
    {
        Do(Demo);
        for (var time = 0; time < 20; time++)
        {
            _terminal.WaitUntil(
                screen => _terminal.Flag("alternate_on") == "1" && screen.Contains("WORKERS", StringComparison.Ordinal),
                "the dashboard"
            );
            _terminal.Keys("C-z");
            _terminal.WaitUntil(_ => State() == 'T' && _terminal.Flag("alternate_on") == "0", "the stopped program");
            Assert.That((_terminal.Flag("cursor_flag"), _terminal.Flag("mouse_any_flag")), Is.EqualTo(("1", "0")));
            Do("fg");
        }

        _terminal.WaitUntil(_ => _terminal.Flag("alternate_on") == "1", "the dashboard");
        _terminal.Keys("q");
        AssertEnds(0);
    }

    // The next stop comes while the last continuation is still at work. A shell waits until its job has stopped, and so does this.
    [Test]
    public void StoppedAndContinued_InHaste_StillAnswers()
    {
        Do(Demo);
        _terminal.WaitFor("WORKERS");
        var program = _terminal.Child;
        for (var time = 0; time < 20; time++)
        {
            Shell.Run("kill", "-TSTP", $"{program}");
            _terminal.WaitUntil(_ => State() == 'T', "the stopped program");
            Shell.Run("kill", "-CONT", $"{program}");
            _terminal.WaitUntil(_ => State() != 'T', "the program at work");
        }

        Shell.Run("kill", "-TERM", $"{program}");
        Assert.That(() => Directory.Exists($"/proc/{program}"), Is.False.After(TestPatience.Milliseconds, 20));
        Prompt();
        Assert.That((_terminal.Flag("alternate_on"), _terminal.Flag("cursor_flag")), Is.EqualTo(("0", "1")));
    }

    [TestCase("kill %1", 143)]
    [TestCase("kill -HUP %1; kill -CONT %1", 129)]
    public void Stopped_ThenEnded_Ends(string how, int code)
    {
        Do(Demo);
        _terminal.WaitFor("WORKERS");
        _terminal.Keys("C-z");
        _terminal.WaitUntil(_ => State() == 'T', "the stopped program");

        var program = _terminal.Child;
        Do(how);
        AssertJobEnds(program, code);
    }

    [TestCase("kill %1", 143)]
    [TestCase("kill -HUP %1", 129)]
    [TestCase("kill -USR1 %1", 138)]
    public void StartedInTheBackground_LeavesTheTerminalAloneAndEnds(string how, int code)
    {
        Do($"{Demo} &");
        var program = _terminal.Child;
        _terminal.WaitForSignalsOf(program);
        Do("echo still; jobs");

        _terminal.WaitFor("Running");
        Assert.That((_terminal.Flag("alternate_on"), _terminal.Flag("cursor_flag")), Is.EqualTo(("0", "1")));
        Do($"{how}; wait %1");
        AssertEnds(code);
    }

    [Test]
    public void StartedInTheBackground_ThenPutIntoTheForeground_IsDrawnAndEndsAsFound()
    {
        Do($"{Demo} &");
        var program = _terminal.Child;
        _terminal.WaitForSignalsOf(program);
        Do("fg");

        _terminal.WaitFor("WORKERS");
        _terminal.Keys("?");
        _terminal.WaitFor("HELP");
        _terminal.Keys("q", "q");
        AssertEnds(0);
    }

    [Test]
    public void Stopped_ContinuedInTheBackground_IsDrawnWhenItIsPutIntoTheForeground()
    {
        Do(Demo);
        _terminal.WaitFor("WORKERS");
        _terminal.Keys("C-z");
        _terminal.WaitUntil(_ => State() == 'T' && _terminal.Flag("alternate_on") == "0", "the stopped program");
        Do("bg");
        _terminal.WaitUntil(_ => State() != 'T', "the program in the background");
        Do("echo not-drawn-over; jobs");
        _terminal.WaitUntil(
            screen => screen.Contains("Running", StringComparison.Ordinal) && _terminal.Flag("alternate_on") == "0",
            "the shell's screen"
        );
        Do("fg");
        _terminal.WaitUntil(
            screen => _terminal.Flag("alternate_on") == "1" && screen.Contains("WORKERS", StringComparison.Ordinal),
            "the dashboard"
        );
        _terminal.Keys("q");
        AssertEnds(0);
    }

    [Test]
    public void WithTimeout_IsEndedByIt()
    {
        Do($"timeout 600 {Demo}");
        _terminal.WaitFor("WORKERS");
        // Its own alarm: what it does when the time is over.
        Shell.Run("kill", "-ALRM", $"{_terminal.Child}");

        AssertEnds(124);
    }

    [Test]
    public void StoppedByStop_AndEnded_LeavesTheShellsModesAlone()
    {
        Do(Demo);
        _terminal.WaitFor("WORKERS");
        var program = _terminal.Child;
        Shell.Run("kill", "-STOP", $"{program}");
        _terminal.WaitUntil(_ => State() == 'T', "the stopped program");

        Do("kill %1");
        AssertJobEnds(program, 143);
    }

    [Test]
    public void Stopped_InThePager_AndContinued_IsInThePagerAgain()
    {
        Do(Demo);
        _terminal.WaitUntil(
            screen =>
                screen.Contains("building 4/4", StringComparison.Ordinal) && !screen.Contains("reading the logs", StringComparison.Ordinal),
            "builds"
        );
        _terminal.Keys("v");
        var program = _terminal.Child;
        _terminal.WaitUntil(
            _ =>
                File.ReadAllText($"/proc/{program}/task/{program}/children").Length > 0
                || Threads(program).Any(children => children.Length > 0),
            "the pager"
        );
        _terminal.Keys("C-z");
        _terminal.WaitUntil(screen => State() == 'T' && screen.Contains("Stopped", StringComparison.Ordinal), "the stopped program");
        Do("fg");
        _terminal.WaitUntil(_ => State() != 'T', "the program again");
        _terminal.Keys("q");
        _terminal.WaitFor("WORKERS");
        _terminal.Keys("q");
        AssertEnds(0);
    }

    private static IEnumerable<string> Threads(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task").Select(thread => File.ReadAllText(Path.Combine(thread, "children")));

    // What is typed before the shell reads is still the program's.
    private void Prompt() =>
        _terminal.WaitUntil(screen => screen.TrimEnd().EndsWith("ready>", StringComparison.Ordinal), "the shell's prompt");

    private void Do(string command) => _terminal.Literally(command).Keys("Enter");

    /// <summary>The state letter of the program; the name before it may hold anything.</summary>
    private char State()
    {
        var stat = File.ReadAllText($"/proc/{_terminal.Child}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    // The shell still takes it for stopped when it has sent what ends it, and a wait would tell that.
    private void AssertJobEnds(int program, int code)
    {
        Assert.That(() => Directory.Exists($"/proc/{program}"), Is.False.After(TestPatience.Milliseconds, 20));
        _terminal.Keys("Enter");
        _terminal.WaitFor($"Exit {code}");
        AssertEnds(0);
    }

    /// <summary>The shell has the terminal again, in its own modes, and tells how its job ended.</summary>
    private void AssertEnds(int code)
    {
        Prompt();
        // Typed with quotes, so that what is typed is not what is waited for.
        Do("echo 'code'=$?");
        _terminal.WaitFor($"code={code}\n");
        Assert.That(
            (_terminal.Flag("alternate_on"), _terminal.Flag("cursor_flag"), _terminal.Flag("mouse_any_flag")),
            Is.EqualTo(("0", "1", "0"))
        );
        Do("exit");
        _terminal.ExitCode();
        Assert.That(_terminal.ModesAreAsFound, Is.True);
    }
}
