using System.Collections.Immutable;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The builds that had one log file: the last of them, and how many began in each second, which gives the ordinals of their ids.
/// </summary>
internal sealed record LogFileBuilds(int Last, ImmutableSortedDictionary<long, (int Ever, int Left)> Seconds)
{
    public static readonly LogFileBuilds None = new(0, ImmutableSortedDictionary<long, (int, int)>.Empty);

    public bool IsEmpty => Seconds.IsEmpty;

    /// <summary>With one more build of that second, which is the ordinal-th.</summary>
    public LogFileBuilds Add(int number, long second, out int ordinal)
    {
        var (ever, left) = Seconds.GetValueOrDefault(second);
        ordinal = ever + 1;
        return new LogFileBuilds(number, Seconds.SetItem(second, (ever + 1, left + 1)));
    }

    /// <summary>With one build less of that second; of the last one it is forgotten that it was.</summary>
    public LogFileBuilds Remove(int number, long second)
    {
        var (ever, left) = Seconds[second];
        return new LogFileBuilds(number == Last ? 0 : Last, left == 1 ? Seconds.Remove(second) : Seconds.SetItem(second, (ever, left - 1)));
    }
}
