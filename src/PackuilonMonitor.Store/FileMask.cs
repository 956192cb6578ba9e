using System.Runtime.InteropServices;

namespace PackuilonMonitor.Store;

/// <summary>The permissions that this process takes away from what it creates.</summary>
internal static partial class FileMask
{
    /// <summary>Replaces it. Returns the mask before.</summary>
    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Set(uint mask);
}
