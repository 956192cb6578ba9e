using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>Bytes as a regular file that lies in memory alone. The memory is free when the opened file is disposed.</summary>
public static class MemoryFile
{
    private const uint CloseOnExec = 1;

    /// <summary>A file that holds these bytes, opened for reading, and its status.</summary>
    /// <param name="name">Names the file in /proc only; need not be unique.</param>
    public static (Opening Opened, Looked Status) Of(string name, ReadOnlySpan<byte> bytes)
    {
        var descriptor = Native.MemoryFile(name, CloseOnExec);
        if (descriptor < 0)
            return (Opening.Missing("no memory for the copy of its log"), Looked.Missing);
        using var memory = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(memory, bytes, 0);
        return (OpenFile.Through(memory), Looked.At(memory));
    }
}
