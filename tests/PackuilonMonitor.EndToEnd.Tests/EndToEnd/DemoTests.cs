namespace PackuilonMonitor.Tests.EndToEnd;

/// <summary>The dashboard on the simulated factory, in a real terminal: what the pure views cannot show.</summary>
public sealed class DemoTests
{
    [Test]
    public void OpenLog_CommandsByNameAndOtherScreens_ComeBackToItAsItWasLeft()
    {
        using var terminal = TmuxTerminal.Start(
            $"'{Path.Combine(AppContext.BaseDirectory, "packuilon-monitor")}' demo",
            100,
            30,
            ("LC_ALL", "C.UTF-8")
        );
        terminal.WaitUntil(
            screen => screen.Contains("✓ ok") && !screen.Contains("reading the logs"),
            "a factory at work, and what it finished"
        );

        terminal.Keys("Tab", "Tab", "Enter");
        terminal.WaitFor("prefix hidden");
        terminal.Keys(":", "w", "r", "a", "p", "Enter");
        terminal.WaitFor("  wrap  ");
        terminal.Keys("?");
        terminal.WaitFor("HELP");
        terminal.Keys("Escape");
        terminal.WaitFor("  wrap  ");
        terminal.Keys("/", "S", "S", "H", "Enter");
        terminal.WaitUntil(screen => screen.Contains("hit 1/") || screen.Contains("hits"), "hits");
        terminal.Keys("C-c");

        Assert.Multiple(() =>
        {
            Assert.That(terminal.ExitCode(), Is.EqualTo(130), terminal.Screen());
            Assert.That(terminal.ModesAreAsFound);
        });
    }
}
