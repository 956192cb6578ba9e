using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Recording;

namespace PackuilonMonitor.Store;

/// <summary>The state of the store.</summary>
/// <param name="Why">Why nothing is stored now; null if everything is.</param>
/// <param name="Count">The number of ended builds in it.</param>
/// <param name="Since">The start of the oldest.</param>
/// <param name="Builds">The newest builds as they were when the store was opened, in order of start.</param>
/// <param name="Kept">The builds whose logs it has a copy of.</param>
public sealed record HistoryNews(string? Why, long Count, DateTimeOffset? Since, IReadOnlyList<BuildView> Builds, IReadOnlySet<string> Kept)
{
    /// <summary>The recorder that writes the store, if there is one.</summary>
    public RecorderSign? Recorder { get; init; }

    /// <summary>What was changed about the permissions of the store, or how much of it cannot be read, once; usually null.</summary>
    public string? Remark { get; init; }
}
