namespace PackuilonMonitor.Ingest;

/// <summary>The result of polling one file.</summary>
internal enum PollOutcome
{
    /// <summary>Everything that existed at the measurement is read.</summary>
    AtLimit,

    /// <summary>The turn's share of bytes is used up.</summary>
    OutOfTurn,

    /// <summary>What was read before is gone: the file restarted.</summary>
    Truncated,

    /// <summary>It could not be read; it is closed and keeps its offset.</summary>
    Failed,
}
