using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Commands;

/// <summary>The dashboard, on this host's logs or on a simulated factory's.</summary>
internal static class DashboardCommand
{
    public static int Run(IReadOnlyList<Sources> factories, Appearance appearance, Given given, HistoryPlace history)
    {
        using var app = Terminal(factories.Any(factory => factory.TakeStandardInput));
        using var dashboard = new Dashboard(app, factories, appearance, given, history);
        return dashboard.Run();
    }

    /// <exception cref="WrongUseException">There is no terminal to draw on.</exception>
    private static TerminalApp Terminal(bool inputTaken)
    {
        const string Instead = "use packuilon-monitor status or packuilon-monitor events --follow";
        var kind = Environment.GetEnvironmentVariable("TERM");
        if (kind is null or "" or "dumb")
            throw new WrongUseException($"TERM={kind}: this terminal cannot show a dashboard; {Instead}");
        if (inputTaken)
            return TerminalApp.OpenWithKeysFromTheControllingTerminal() ?? throw new WrongUseException($"standard input is the log, and there is no terminal for the keys at /dev/tty; {Instead}");
        return TerminalApp.Open() ?? throw new WrongUseException($"standard input and output are not a terminal; {Instead}");
    }
}
