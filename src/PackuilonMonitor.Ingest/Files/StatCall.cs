using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>
/// statx(2), and newfstatat(2) on kernels before 4.11. Both are called by number: glibc has a function for statx only since 2.28, and a
/// program that names it does not start on an older one. All return 0, or -1 with the kernel's error in the last P/Invoke error.
/// </summary>
internal static partial class StatCall
{
    // Any thread may write it, only from true to false: the kernel does not change.
    private static volatile bool _hasStatx = true;

    private static bool Arm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    public static int Of(int directory, string path, int flags, out StatxResult result)
    {
        if (_hasStatx)
        {
            var answer = Statx(directory, path, flags, out result);
            if (answer == 0 || Marshal.GetLastPInvokeError() != Errno.NotImplemented)
                return answer;
            _hasStatx = false;
        }

        return Fstatat(directory, path, flags, out result);
    }

    public static int Of(SafeFileHandle file, out StatxResult result) => Of(file, "", Native.AtEmptyPath, out result);

    public static int Of(SafeFileHandle directory, string path, int flags, out StatxResult result)
    {
        var held = false;
        try
        {
            directory.DangerousAddRef(ref held);
            return Of((int)directory.DangerousGetHandle(), path, flags, out result);
        }
        finally
        {
            if (held)
                directory.DangerousRelease();
        }
    }

    internal static int Statx(int directory, string path, int flags, out StatxResult result) =>
        (int)Statx(Arm ? 291 : 332, directory, path, flags, Native.BasicStats | Native.BirthTime, out result);

    /// <summary>The same with the older call, which has no time of birth.</summary>
    internal static int Fstatat(int directory, string path, int flags, out StatxResult result)
    {
        var answer = Fstatat(Arm ? 79 : 262, directory, path, out var found, flags);
        result = answer == 0 ? found.ToStatx(Arm) : default;
        return (int)answer;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long Statx(long number, int directory, string path, int flags, uint mask, out StatxResult result);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long Fstatat(long number, int directory, string path, out KernelStat result, int flags);
}
