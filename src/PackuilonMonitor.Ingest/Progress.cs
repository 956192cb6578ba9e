namespace PackuilonMonitor.Ingest;

/// <summary>How far a look at one file came.</summary>
internal enum Progress
{
    /// <summary>All that was there when it was measured is read.</summary>
    AtLimit,

    /// <summary>The turn's share of bytes is used up.</summary>
    OutOfTurn,

    /// <summary>What was read before is not there any more: the file began again.</summary>
    Truncated,

    /// <summary>It could not be read; it is closed and keeps its offset.</summary>
    Failed,
}
