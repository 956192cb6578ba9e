using System.Runtime.InteropServices;

namespace PackuilonMonitor.Platform;

/// <summary>What libraries that are not managed allocate, such as SQLite and the compressors.</summary>
internal static partial class NativeMemory
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int Most = 128 * 1024;

    /// <summary>
    /// Makes the C library give back what they free at once. It begins so, but keeps megabytes as soon as a large block was freed. Nothing
    /// happens with a library that cannot.
    /// </summary>
    public static void KeepLittle()
    {
        try
        {
            _ = Set(TrimThreshold, Most);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such function.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
