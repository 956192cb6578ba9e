using Microsoft.Win32.SafeHandles;

namespace PackuilonMonitor.Ingest.Files;

/// <summary>Reads bytes of an open file at an offset; 0 at its end.</summary>
public delegate int FileRead(SafeFileHandle file, Span<byte> into, long offset);
