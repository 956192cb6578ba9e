namespace PackuilonMonitor.Tests.EndToEnd;

public sealed class TmuxTerminalTests
{
    [Test]
    public void Program_ShowsText_IsSeenWithItsExitCodeAndModes()
    {
        using var terminal = TmuxTerminal.Start("sh -c 'read line; echo got $line; exit 7'", 40, 10);

        terminal.Keys("h", "i", "Enter");

        Assert.That(terminal.WaitFor("got hi"), Does.Contain("got hi"));
        Assert.That(terminal.ExitCode(), Is.EqualTo(7));
        Assert.That(terminal.ModesAreAsFound, Is.True);
        Assert.That(terminal.Flag("pane_width") + "x" + terminal.Flag("pane_height"), Is.EqualTo("40x10"));
    }

    [Test]
    public void Program_LeavesTheTerminalRaw_IsNoticed()
    {
        using var terminal = TmuxTerminal.Start("stty raw -echo");

        Assert.That(terminal.ExitCode(), Is.Zero);
        Assert.That(terminal.ModesAreAsFound, Is.False);
    }

    [Test]
    public void Program_KilledBySignal_ReportsIt()
    {
        using var terminal = TmuxTerminal.Start("sh -c 'echo ready; exec sleep 60'");
        terminal.WaitFor("ready");

        terminal.Signal("TERM");

        Assert.That(terminal.ExitCode(), Is.EqualTo(128 + 15));
    }
}
