using System.Runtime.InteropServices;

namespace PackuilonMonitor.Faults;

/// <summary>
/// Whether a standard descriptor is that of the caller. After <c>&gt;&amp;-</c> it is free, and the runtime may open a pipe or a file of
/// its own there; what is written into that is a signal or damage.
/// </summary>
public static partial class Inherited
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    private const int GetFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>What is inherited outlived an exec, so it lacks the flag that everything of the runtime has.</summary>
    public static bool Is(int descriptor) => Flags(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    /// <summary>Whether it is a terminal. System.Console would keep the answer that it found first.</summary>
    public static bool IsTerminal(int descriptor) => IsATerminal(descriptor) == 1;

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsATerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Flags(int descriptor, int command);
}
