using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>
/// How long the hops of a change usually take, up to the worker: the median of the factory's last ten other changes that a worker took;
/// null where fewer than three say so.
/// </summary>
internal sealed class UsualHops
{
    private const int MostChanges = 10;

    private readonly List<Trigger> _others = [];

    public UsualHops(FactorySnapshot snapshot, Trigger trigger)
    {
        var known = snapshot.State.Triggers.Triggers;
        for (var index = known.Count - 1; index >= 0 && _others.Count < MostChanges; index--)
        {
            if (known[index] is { TakenAt: not null, QueuedAt: not null } other && other.Id != trigger.Id)
                _others.Add(other);
        }
    }

    public TimeSpan? Socket => Median(change => SocketOf(change.PacketAt, change.PacketEpoch));

    public TimeSpan? Call => Median(change => change.RunAt - change.PacketAt);

    public TimeSpan? Profile => Median(change => change.At - change.RunAt);

    public TimeSpan? Push => Median(change => change.QueuedAt - change.At);

    /// <summary>Until a worker is free.</summary>
    public TimeSpan? Queue => Median(change => change.TakerFreeSince is { } free ? Words.Positive(free - change.QueuedAt!.Value) : null);

    /// <summary>Until a free worker takes it.</summary>
    public TimeSpan? Take =>
        Median(change => change.TakenAt - (change.TakerFreeSince > change.QueuedAt ? change.TakerFreeSince : change.QueuedAt));

    /// <summary>
    /// How long a packet lay in the socket of cdp-listend; null where the server's clock is ahead of ours, or so far behind that it must be
    /// wrong.
    /// </summary>
    public static TimeSpan? SocketOf(DateTimeOffset? received, long? epoch) =>
        received is { } at
        && epoch is >= 0 and <= LatestEpoch and var second
        && at - DateTimeOffset.FromUnixTimeSeconds(second) is var lay
        && lay >= TimeSpan.Zero
        && lay < LongestInSocket
            ? lay
            : null;

    private const long LatestEpoch = 253_402_300_799;

    private static readonly TimeSpan LongestInSocket = TimeSpan.FromHours(1);

    private TimeSpan? Median(Func<Trigger, TimeSpan?> time) =>
        Spread.Of(_others.Select(time).OfType<TimeSpan>().Select(Words.Positive)) is { Count: >= Past.FewestBuilds } known
            ? known.Median
            : null;
}
