using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Inputs;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Commands;

/// <summary>The content of the store when a command runs.</summary>
/// <param name="Builds">In order of start, times in the zone of the command.</param>
/// <param name="Kept">The builds whose logs it has, with their lengths in lines and bytes.</param>
/// <param name="Why">Why it could not be read; null if it could.</param>
internal sealed record RememberedBuilds(
    IReadOnlyList<BuildView> Builds,
    IReadOnlyDictionary<string, (long Lines, long Bytes)> Kept,
    string? Why
)
{
    private static readonly RememberedBuilds Nothing = new([], new Dictionary<string, (long, long)>(), null);

    public BuildHistory History => new(Builds, Kept.Keys.ToHashSet(StringComparer.Ordinal));

    /// <summary>All builds, or those of one image.</summary>
    /// <param name="factory">Only those of this factory; empty means the one without a name, null means all.</param>
    public static RememberedBuilds Read(HistoryLocation place, TimeZoneInfo zone, string? image = null, string? factory = null)
    {
        if (place.Path is not { } path)
            return Nothing with { Why = "off" };
        var opening = HistoryStore.Read(path);
        using var store = opening.Store;
        if (store is null)
            return Nothing with { Why = $"{path}: {opening.Why}" };
        try
        {
            var builds = store.Builds(Retention.MostBuilds, image, factory).Select(build => In(zone, build)).ToList();
            var read = new RememberedBuilds(builds, store.Kept(), null);
            if (store.Remark is { } remark)
                Complaints.Print(remark);
            return read;
        }
        catch (SqliteException error)
        {
            return Nothing with { Why = $"{path}: {HistoryStore.WhyNot(error)}" };
        }
    }

    /// <summary>The stored builds of one factory; standard error says why there are none, unless the store was never created.</summary>
    public static RememberedBuilds ReadOrSay(HistoryLocation place, Sources factory)
    {
        var remembered =
            place.Path is not null && File.Exists(place.Path) ? Read(place, factory.Zone, factory: factory.Name ?? "") : Nothing;
        if (remembered.Why is { } why)
            Complaints.Print($"history not read: {why}");
        if (place.Recorder.Trouble(DateTimeOffset.Now) is { } trouble)
            Complaints.Print($"history off: {trouble}");
        return remembered;
    }

    private static BuildView In(TimeZoneInfo zone, BuildView build) => build with
    {
        Build = build.Build is not { } told ? null : told with
        {
            Owner = told.Owner is { } owner ? owner with { TakenAt = In(zone, owner.TakenAt) } : null,
            Start = told.Start with { At = TimeZoneInfo.ConvertTime(told.Start.At, zone) },
            End = told.End is { } end ? end with { At = TimeZoneInfo.ConvertTime(end.At, zone) } : null,
        },
        StartedAt = In(zone, build.StartedAt),
        EndedAt = In(zone, build.EndedAt),
    };

    private static DateTimeOffset? In(TimeZoneInfo zone, DateTimeOffset? at) =>
        at is { } known ? TimeZoneInfo.ConvertTime(known, zone) : null;
}
