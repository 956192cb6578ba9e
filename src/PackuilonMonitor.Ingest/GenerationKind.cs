namespace PackuilonMonitor.Ingest;

/// <summary>What a file is in the chain of files that make one source.</summary>
internal enum GenerationKind
{
    /// <summary>A writer may still have it open.</summary>
    Log,

    /// <summary>The copy of a file that was truncated: read once.</summary>
    Copy,

    /// <summary>Compressed: read once.</summary>
    Compressed,
}
