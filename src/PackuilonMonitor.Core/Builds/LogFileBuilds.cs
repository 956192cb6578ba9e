using System.Collections.Immutable;
using PackuilonMonitor.Core.Archives;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// The builds with one log file: the last of them, and how many started in each second, which gives the ordinals of their ids.
/// </summary>
internal sealed record LogFileBuilds(int Last, ImmutableSortedDictionary<long, (int Ever, int Left)> Seconds) : IArchived<LogFileBuilds>
{
    public static readonly LogFileBuilds None = new(0, ImmutableSortedDictionary<long, (int, int)>.Empty);

    public bool IsEmpty => Seconds.IsEmpty;

    /// <summary>Adds a build of that second, with that ordinal.</summary>
    public LogFileBuilds Add(int number, long second, out int ordinal)
    {
        var (ever, left) = Seconds.GetValueOrDefault(second);
        ordinal = ever + 1;
        return new LogFileBuilds(number, Seconds.SetItem(second, (ever + 1, left + 1)));
    }

    /// <summary>Removes a build of that second; for the last one it also forgets that it was the last.</summary>
    public LogFileBuilds Remove(int number, long second)
    {
        var (ever, left) = Seconds[second];
        return new LogFileBuilds(number == Last ? 0 : Last, left == 1 ? Seconds.Remove(second) : Seconds.SetItem(second, (ever, left - 1)));
    }

    LogFileBuilds IArchived<LogFileBuilds>.Through(Archive archive) => new(
        archive.Number(Last),
        archive.ByNumber(Seconds, static (archive, builds) => (archive.Number(builds.Ever), archive.Number(builds.Left)))
    );
}
