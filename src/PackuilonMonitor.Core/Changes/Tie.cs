namespace PackuilonMonitor.Core.Changes;

/// <summary>The match of a take.</summary>
/// <param name="Message">The index of its message, or -1 if none is known.</param>
/// <param name="Confirmed">By order, and the names before and after it allow no other.</param>
/// <param name="Firm">By name, and nothing in the window fits another; it need not be certain.</param>
internal readonly record struct Tie(int Message, bool ByName, bool Certain, bool Confirmed = false, bool Firm = false)
{
    public static readonly Tie None = new(-1, false, false);
}
