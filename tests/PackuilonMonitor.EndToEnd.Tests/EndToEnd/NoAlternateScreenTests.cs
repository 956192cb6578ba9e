using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>
/// GNU screen by default, and PuTTY by an option, have one screen only: what comes after us stands on a fresh last line below our picture.
/// </summary>
public sealed class NoAlternateScreenTests
{
    private const int Rows = 24;
    private const string Next = "what comes next";

    private static readonly string Demo = $"'{RunningProgram.Monitor}' demo";

    [TestCase("q")]
    [TestCase("C-c")]
    public void Key_Ends_WhatComesNextStandsOnTheLastLine(string key)
    {
        using var terminal = Started(Demo, "WORKERS");
        terminal.Keys(key);
        terminal.ExitCode();

        AssertOnAFreshLastLine(terminal);
    }

    [TestCase("TERM")]
    [TestCase("HUP")]
    [TestCase("USR1")]
    public void Signal_Ends_WhatComesNextStandsOnTheLastLine(string signal)
    {
        using var terminal = Started(Demo, "WORKERS");
        terminal.Signal(signal).ExitCode();

        AssertOnAFreshLastLine(terminal);
    }

    [Test]
    public void Suspended_ThePromptStandsOnTheLastLine()
    {
        Shell.Needs("bash");
        using var terminal = Started("bash --norc --noprofile -i", "ready>");
        terminal.Literally(Demo).Keys("Enter");
        terminal.WaitFor("WORKERS");
        terminal.Keys("C-z");
        terminal.WaitFor("Stopped");

        AssertOnAFreshLastLine(terminal, "ready> ");
    }

    [Test]
    public void Crash_ItsWordsStandBelowThePicture()
    {
        using var terminal = Started($"'{Path.Combine(AppContext.BaseDirectory, "crash-program")}' key", "waiting");
        terminal.Keys("x");
        terminal.ExitCode();

        var lines = terminal.WaitFor("a bug: ").TrimEnd('\n').Split('\n');
        Assert.That(
            Array.FindIndex(lines, line => line.StartsWith("a bug: ", StringComparison.Ordinal)),
            Is.GreaterThan(Rows - 5),
            terminal.Screen()
        );
    }

    private static TmuxTerminal Started(string command, string first)
    {
        var terminal = TmuxTerminal.Start(
            command,
            new PackuilonMonitor.Cells.Size(120, Rows),
            hasAlternateScreen: false,
            ("LC_ALL", "C.UTF-8"),
            ("PS1", "ready> ")
        );
        terminal.WaitFor(first);
        return terminal;
    }

    private static void AssertOnAFreshLastLine(TmuxTerminal terminal, string prompt = "")
    {
        terminal.Literally(Next);
        var lines = terminal.WaitFor(Next).TrimEnd('\n').Split('\n');

        Assert.That(lines, Has.Length.EqualTo(Rows), terminal.Screen());
        Assert.That(lines[^1], Is.EqualTo(prompt + Next), terminal.Screen());
        Assert.That(terminal.Screen(), Does.Contain("RECENT"), "our picture was left");
    }
}
