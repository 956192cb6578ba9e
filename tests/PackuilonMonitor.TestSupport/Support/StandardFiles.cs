using System.Runtime.InteropServices;

namespace PackuilonMonitor.Tests.Support;

/// <summary>
/// The standard descriptors of this process on other files, until it is disposed: what the program reads and writes there without a process
/// of its own. No other test may run meanwhile.
/// </summary>
internal sealed partial class StandardFiles : IDisposable
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    private readonly List<(int Own, int Before)> _before = [];

    /// <summary>Puts a descriptor of this process in the place of a standard one; the first stays open.</summary>
    public StandardFiles Put(int file, int standard)
    {
        _before.Add((standard, Duplicate(standard)));
        if (DuplicateTo(file, standard) < 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        return this;
    }

    public void Dispose()
    {
        foreach (var (own, before) in _before.AsEnumerable().Reverse())
        {
            // A standard descriptor that was closed is closed again.
            _ = before < 0 ? Close(own) : DuplicateTo(before, own);
            _ = Close(before);
        }

        _before.Clear();
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int file);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int DuplicateTo(int file, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
