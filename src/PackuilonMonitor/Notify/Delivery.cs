namespace PackuilonMonitor.Notify;

/// <summary>What came of one attempt to tell somebody.</summary>
/// <param name="Why">Why it failed, fit to be shown; null where it did not.</param>
/// <param name="Again">Another attempt may succeed.</param>
/// <param name="NotBefore">How long the other side asked to be left alone.</param>
public sealed record Delivery(string? Why = null, bool Again = false, TimeSpan? NotBefore = null)
{
    public static readonly Delivery Done = new();
}
