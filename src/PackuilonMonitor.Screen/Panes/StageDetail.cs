namespace PackuilonMonitor.Screen.Panes;

/// <summary>How much of a stage is said; each says less than the one before, and trouble is said whole in all of them.</summary>
public enum StageDetail
{
    Seconds,
    Minutes,

    /// <summary>Not how the queue is known.</summary>
    WithoutSource,

    /// <summary>Not since when the daemon is up.</summary>
    WithoutStart,

    /// <summary>The workers in figures.</summary>
    Figures,

    /// <summary>No word where the time alone, or the sign for none, says it too.</summary>
    Shortest,
}
