using PackuilonMonitor.Cells;
using PackuilonMonitor.Configuration;

namespace PackuilonMonitor.Faults;

/// <summary>Prints messages on standard error: one line each, without control characters.</summary>
public static class Complaints
{
    /// <summary>One line after the program's name; names and texts in it may come from anywhere.</summary>
    public static void Print(string words)
    {
        // The program has opened something of its own there.
        if (!Inherited.Is(Inherited.Error))
            return;
        try
        {
            Console.Error.WriteLine($"packuilon-monitor: {SafeText.Plain(Secrets.Hidden(words))}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk behind standard error is full: the exit code tells, and what follows the present goes on.
        }
    }
}
