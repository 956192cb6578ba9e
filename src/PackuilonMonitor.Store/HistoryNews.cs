using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Recording;

namespace PackuilonMonitor.Store;

/// <summary>How it stands with the store.</summary>
/// <param name="Why">Why nothing is remembered now; null where all is well.</param>
/// <param name="Count">How many ended builds it holds.</param>
/// <param name="Since">The start of the oldest.</param>
/// <param name="Builds">The newest builds as they were when the store was opened, in order of start.</param>
/// <param name="Kept">The builds whose logs it has a copy of.</param>
public sealed record HistoryNews(string? Why, long Count, DateTimeOffset? Since, IReadOnlyList<BuildView> Builds, IReadOnlySet<string> Kept)
{
    /// <summary>Who writes the store, where that is a recorder.</summary>
    public RecorderSign? Recorder { get; init; }

    /// <summary>What was changed about the rights of the store, or how much of it cannot be read, once; null as a rule.</summary>
    public string? Remark { get; init; }
}
