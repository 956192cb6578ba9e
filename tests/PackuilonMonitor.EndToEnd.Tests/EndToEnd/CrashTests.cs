using PackuilonMonitor.Tests.Hostile;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>A bug on any thread ends the program with the terminal as it was found, one line, and the full story in a file.</summary>
public sealed class CrashTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "crash-program");

    [Test]
    public void Bug_OnAThreadOfACommandWithoutAScreen_IsOneLineAndAReport()
    {
        using var program = RunningProgram.Start(Program, "command");
        var line = program.WaitFor("a bug: ");

        var report = line[(line.IndexOf("report is in ", StringComparison.Ordinal) + 13)..].Trim();
        Assert.That(program.Ended(), Is.EqualTo(70));
        Assert.That(program.Output, Is.EqualTo(new[] { line }), "no stack of the runtime's");
        Assert.That(File.ReadAllText(report), Does.Contain("a bug in command").And.Contain(" at "));
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
    }

    [TestCase("render")]
    [TestCase("key")]
    [TestCase("posted")]
    [TestCase("timer")]
    [TestCase("chain")]
    [TestCase("tail")]
    [TestCase("log")]
    [TestCase("store")]
    [TestCase("webhook")]
    [TestCase("pool")]
    [TestCase("drawn")]
    [TestCase("task")]
    public void Bug_OnAThread_RestoresTheTerminalAndReportsWhereTheReportIs(string where)
    {
        using var terminal = TmuxTerminal.Start($"'{Program}' {where}", 200, 20, ("LC_ALL", "C.UTF-8"));
        terminal.WaitFor("waiting");
        terminal.Keys("x");

        var code = terminal.ExitCode();
        var screen = terminal.WaitUntil(
            screen => screen.Replace("\n", "", StringComparison.Ordinal).Contains("report.txt"),
            "the last words"
        );
        var said = screen.Replace("\n", "", StringComparison.Ordinal);
        var report = said[(said.IndexOf("report is in ", StringComparison.Ordinal) + 13)..].Trim();
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(70));
            Assert.That(terminal.ModesAreAsFound);
            Assert.That(
                (terminal.Flag("alternate_on"), terminal.Flag("cursor_flag"), terminal.Flag("mouse_any_flag")),
                Is.EqualTo(("0", "1", "0")));
            Assert.That(said, Does.StartWith("a bug: ").And.Not.Contain("Unhandled exception"));
            Assert.That(File.ReadAllText(report), Does.Contain($"a bug in {where}").And.Contain(" at "));
            Assert.That(SentBytes.FaultsOfText(File.ReadAllBytes(report)), Is.Empty);
        });
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
    }
}
