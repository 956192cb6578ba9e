using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Store;

/// <summary>The kernel's lock of an open file: it ends with its process, however that ends.</summary>
internal static partial class FileLock
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int AtOnce = 4;
    private const int Unlock = 8;

    private const int ReadAndWrite = 2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// Opens a file, and creates it if it is missing. .NET's own way to open would take a lock that refuses another process's check.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path, UnixFileMode mode)
    {
        var descriptor = Open(path, ReadAndWrite | Create | CloseOnExec, (uint)mode);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    /// <summary>Takes the lock for this process alone; false if another process has it.</summary>
    public static bool Take(SafeFileHandle file) => Call(file, Exclusive | AtOnce) == 0;

    /// <summary>Whether some process has the exclusive lock.</summary>
    public static bool IsTaken(SafeFileHandle file)
    {
        if (Call(file, Shared | AtOnce) != 0)
            return true;
        _ = Call(file, Unlock);
        return false;
    }

    /// <summary>Changes the group of a file or folder, but not its owner; false if that is forbidden.</summary>
    public static bool GiveTo(string path, uint group) => ChangeOwner(path, uint.MaxValue, group) == 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Call(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
