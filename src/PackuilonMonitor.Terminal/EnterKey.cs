using System.Runtime.InteropServices;

namespace PackuilonMonitor.Terminal;

/// <summary>Waits for Enter at the controlling terminal, while the screen is lent and the terminal is in its usual mode.</summary>
public static unsafe class EnterKey
{
    private const int LookAgain = 250;

    /// <summary>Returns after Enter, or if there is no terminal. In the background it waits until the terminal is ours again.</summary>
    public static void Wait()
    {
        var terminal = Libc.Open("/dev/tty", Libc.ReadOnly | Libc.NoControllingTerminal | Libc.CloseOnExec);
        if (terminal < 0)
            return;
        while (!IsPressed(terminal))
        {
        }

        _ = Libc.Close(terminal);
    }

    private static bool IsPressed(int terminal)
    {
        if (!JobControl.IsForeground(terminal))
        {
            _ = Libc.Poll(null, 0, LookAgain);
            return false;
        }

        using var unstopped = new Unstopped();
        byte key;
        var got = Libc.Read(terminal, &key, 1);
        if (got < 0)
            return Marshal.GetLastPInvokeError() != Libc.Eintr && JobControl.IsForeground(terminal);
        return got == 0 || key is (byte)'\n' or (byte)'\r';
    }
}
