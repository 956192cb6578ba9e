using PackuilonMonitor.Platform;
using PackuilonMonitor.Terminal;

namespace PackuilonMonitor.Dashboard;

/// <summary>Text on the main screen, for the mouse and for terminals without a clipboard.</summary>
internal static class PlainText
{
    /// <summary>Prints the lines and waits for Enter.</summary>
    public static void Show(IEnumerable<string> lines)
    {
        using var output = new Output();
        foreach (var line in lines)
            output.Line(line);
        output.Line("-- Enter goes back --");
        output.Flush();
        EnterKey.Wait();
    }
}
