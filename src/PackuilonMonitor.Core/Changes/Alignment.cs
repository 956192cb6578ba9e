namespace PackuilonMonitor.Core.Changes;

/// <summary>
/// Matches takes with the messages in the queue. Pure; the cost is bounded by the lengths of the two lists.
/// </summary>
internal static class Alignment
{
    /// <param name="takes">In the order of their lines.</param>
    /// <param name="hosts">Images have the names of hosts, without a label of their system.</param>
    /// <param name="byHand">Images that were queued by hand before.</param>
    /// <param name="now">The time of the last line.</param>
    public static Matching Of(Take[] takes, QueueWindow window, bool hosts, IReadOnlySet<string> byHand, DateTimeOffset now)
    {
        var matching = new Matching(takes, window, hosts);
        Anchors.Match(matching);
        Turns.Match(matching, byHand);
        Doubts.PassOver(matching, now.ToUnixTimeSeconds());
        Doubts.Judge(matching);
        return matching;
    }
}
