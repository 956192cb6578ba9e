namespace PackuilonMonitor.Notify;

/// <summary>The result of one attempt.</summary>
/// <param name="Why">Why it failed, for the screen; null if it did not.</param>
/// <param name="Again">Another attempt may succeed.</param>
/// <param name="NotBefore">The wait that the other side asked for.</param>
public sealed record Delivery(string? Why = null, bool Again = false, TimeSpan? NotBefore = null)
{
    public static readonly Delivery Done = new();
}
