namespace PackuilonMonitor.Ingest;

/// <summary>The role of a file in the chain of one source.</summary>
internal enum GenerationKind
{
    /// <summary>A writer may still have it open.</summary>
    Log,

    /// <summary>The copy of a file that was truncated: read once.</summary>
    Copy,

    /// <summary>Compressed: read once.</summary>
    Compressed,
}
