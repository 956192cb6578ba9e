namespace PackuilonMonitor.Core.Health;

/// <summary>A stage that each change passes: the packet, the run of cdb2rabbit, the broker, the daemon.</summary>
/// <param name="Name"><c>packet</c>, <c>trigger</c>, <c>broker</c> or <c>daemon</c>.</param>
/// <param name="State">Its state, in one word.</param>
/// <param name="At">When that was logged or began; null if nothing was.</param>
/// <param name="Text">The same in a few words.</param>
public sealed record Stage(string Name, string State, DateTimeOffset? At, string Text)
{
    /// <summary>Something is wrong at it.</summary>
    public bool IsTrouble { get; init; }
}
