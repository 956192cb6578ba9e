using System.Text;

namespace PackuilonMonitor.Terminal;

/// <summary>Writes to standard error without System.Console, which would change the terminal's modes.</summary>
internal static unsafe class LastWords
{
    public static void Print(string words)
    {
        var bytes = Encoding.UTF8.GetBytes(words + "\n");
        fixed (byte* start = bytes)
            _ = Libc.Write(2, start, (nuint)bytes.Length);
    }
}
