namespace PackuilonMonitor.Core.Changes;

/// <summary>What a take turned out to be.</summary>
/// <param name="Message">The index of its message, or -1 where none is known.</param>
/// <param name="Confirmed">By order, and the names before and behind it leave no other.</param>
/// <param name="Firm">By name, and nothing that is compared now speaks for another; it need not be certain.</param>
internal readonly record struct Tie(int Message, bool ByName, bool Certain, bool Confirmed = false, bool Firm = false)
{
    public static readonly Tie None = new(-1, false, false);
}
