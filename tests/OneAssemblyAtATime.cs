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

    private FileStream? _file;

    [OneTimeSetUp]
    public void Wait()
    {
        var folder = Repository.Place("artifacts");
        Directory.CreateDirectory(folder);
        // The kernel opens the lock when the process ends, however it ends.
        _file = new FileStream(
            Path.Combine(folder, "tests.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete
        );
        if (Lock(_file.SafeFileHandle, Exclusive) != 0)
            throw new IOException($"{_file.Name} cannot be locked: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [OneTimeTearDown]
    public void GoOn() => _file?.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
