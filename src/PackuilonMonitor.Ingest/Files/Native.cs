using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>System calls that .NET does not offer in the form that we need.</summary>
internal static partial class Native
{
    public const int AtCurrentDirectory = -100;
    public const int AtNoFollow = 0x100;
    public const int AtEmptyPath = 0x1000;

    public const int NonBlocking = 0x800;
    public const int NoTerminal = 0x100;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    public const uint BasicStats = 0x7FF;
    public const uint BirthTime = 0x800;

    public const int SeekData = 3;

    private const long OpenAt2Number = 437;

    // Two of the flags have other values on ARM than on x86.
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static int NoFollow => Arm ? 0x8000 : 0x20000;

    public static int Directory => Arm ? 0x4000 : 0x10000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(SafeFileHandle directory, string name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(SafeFileHandle file, long offset, int whence);

    /// <summary>memfd_create(2) by its number: glibc has a function for it only since 2.27.</summary>
    public static int MemoryFile(string name, uint flags) => (int)MemoryFile(Arm ? 279 : 319, name, flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long MemoryFile(long number, string name, uint flags);

    /// <summary>The limit of descriptors of this process; the runtime raises it to the maximum at the start.</summary>
    public static readonly long MostDescriptors =
        ResourceLimit(7, out var limit) == 0 ? (long)Math.Min(limit.Soft, int.MaxValue) : int.MaxValue;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int ResourceLimit(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>openat2(2), for which the C library has no function.</summary>
    public static int OpenAt2(SafeFileHandle directory, string name, in OpenHow how) =>
        (int)OpenAt2(OpenAt2Number, directory, name, how, (nuint)Marshal.SizeOf<OpenHow>());

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long OpenAt2(long number, SafeFileHandle directory, string name, in OpenHow how, nuint size);

    [StructLayout(LayoutKind.Sequential)]
    public struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
