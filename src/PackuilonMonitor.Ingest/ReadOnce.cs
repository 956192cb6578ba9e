using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Which reader reads which file, so that a file named twice is read once. For readers that live on one thread.</summary>
public sealed class ReadOnce
{
    private readonly Dictionary<FileIdentity, TailReader> _readers = [];

    /// <summary>Whether the file is the reader's own: it is from now on if it was nobody's.</summary>
    internal bool Claims(TailReader reader, FileIdentity file) =>
        _readers.TryAdd(file, reader) || ReferenceEquals(_readers[file], reader);

    /// <summary>Who else reads the file; null if nobody.</summary>
    internal TailReader? Other(TailReader reader, FileIdentity file) =>
        _readers.TryGetValue(file, out var owner) && !ReferenceEquals(owner, reader) ? owner : null;
}
