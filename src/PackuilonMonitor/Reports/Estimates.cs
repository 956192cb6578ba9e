using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Snapshots;

namespace PackuilonMonitor.Reports;

/// <summary>What the past of the images says of what is unfinished at the end of the logs.</summary>
/// <param name="Stuck">The ids of the builds whose step lasts too long.</param>
/// <param name="Ends">When builds and changes will be done, by their ids.</param>
public sealed record Estimates(IReadOnlySet<string> Stuck, IReadOnlyDictionary<string, DateTimeOffset> Ends)
{
    /// <param name="history">Read once, and only if something is unfinished.</param>
    public static Estimates Of(MonitorState state, Func<BuildHistory> history)
    {
        var past = new Lazy<BuildHistory>(history);
        return new(StuckBuilds.Of(state, () => past.Value), ExpectedEnds.Of(state, () => past.Value));
    }

    /// <summary>Those of several factories.</summary>
    public static Estimates Of(IReadOnlyList<Estimates> factories) => new(
        factories.SelectMany(one => one.Stuck).ToHashSet(StringComparer.Ordinal),
        factories.SelectMany(one => one.Ends).ToDictionary(StringComparer.Ordinal));
}
