using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PackuilonMonitor.Tests.Support;

namespace PackuilonMonitor.Tests;

/// <summary>
/// <c>dotnet test</c> starts the assemblies of a solution together. Beside each other they would take the processors from one another,
/// and tests that count a process's work or wait for a program would feel it: the second one waits for the end of the first.
/// </summary>
[SetUpFixture]
public sealed partial class OneAssemblyAtATime
{
    private const int Exclusive = 2;

    /// <summary>To read and write, made where it is not there, and closed in the programs that the tests start.</summary>
    private const int OpenFlags = 0x2 | 0x40 | 0x80000;

    private SafeFileHandle? _file;

    [OneTimeSetUp]
    public void Wait()
    {
        var folder = Repository.Place("artifacts");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "tests.lock");

        // A FileStream would take a lock of its own, and fail where the other assembly has it.
        _file = new SafeFileHandle(Open(path, OpenFlags, 0b110_100_100), ownsHandle: true);

        // The kernel gives the lock back when the process ends, however it ends.
        if (_file.IsInvalid || Lock(_file, Exclusive) != 0)
            throw new IOException($"{path} cannot be locked: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [OneTimeTearDown]
    public void GoOn() => _file?.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
