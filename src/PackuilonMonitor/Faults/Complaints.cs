using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;

namespace PackuilonMonitor.Faults;

/// <summary>What is told on standard error: a line each, nothing of which can steer a terminal.</summary>
public static class Complaints
{
    /// <summary>One line after the program's name; names and texts in it may come from anywhere.</summary>
    public static void Print(string words) => Console.Error.WriteLine($"packuilon-monitor: {SafeText.Plain(Secrets.Hidden(words))}");
}
