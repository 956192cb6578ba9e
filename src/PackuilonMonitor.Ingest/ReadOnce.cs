using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Which reader reads which file, so that a file named twice is read once. For readers on one thread.</summary>
public sealed class ReadOnce
{
    private readonly Dictionary<FileIdentity, TailReader> _readers = [];

    /// <summary>Whether the file belongs to the reader; a file without a reader becomes its own.</summary>
    internal bool Claims(TailReader reader, FileIdentity file) =>
        _readers.TryAdd(file, reader) || ReferenceEquals(_readers[file], reader);

    /// <summary>The other reader of the file; null if there is none.</summary>
    internal TailReader? Other(TailReader reader, FileIdentity file) =>
        _readers.TryGetValue(file, out var owner) && !ReferenceEquals(owner, reader) ? owner : null;
}
