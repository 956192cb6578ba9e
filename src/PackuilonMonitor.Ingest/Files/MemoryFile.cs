using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>
/// Bytes as a regular file without a name: in memory, or on disk if the kernel cannot keep files in memory. Disposing the opened file frees
/// the space.
/// </summary>
public static class MemoryFile
{
    private const uint CloseOnExec = 1;

    /// <summary>Creates a file with these bytes, opened for reading, and its status.</summary>
    /// <param name="name">The file's name in /proc; need not be unique.</param>
    public static (Opening Opened, StatResult Status) Of(string name, ReadOnlySpan<byte> bytes)
    {
        var descriptor = Native.MemoryFile(name, CloseOnExec);
        if (descriptor < 0)
            return OnDisk(bytes);
        using var memory = new SafeFileHandle(descriptor, ownsHandle: true);
        return Filled(memory, bytes);
    }

    /// <summary>The same on disk, for kernels without files in memory (before 3.17).</summary>
    public static (Opening Opened, StatResult Status) OnDisk(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var path = Path.GetTempFileName();
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(path);
            return Filled(file, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (Opening.Missing("neither memory nor a temporary file for the copy of its log"), StatResult.Missing);
        }
    }

    private static (Opening Opened, StatResult Status) Filled(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file, bytes, 0);
        return (OpenFile.Through(file), StatResult.At(file));
    }
}
