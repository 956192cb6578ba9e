using System.Collections.Immutable;
using System.Globalization;
using PackuilonMonitor.Core.Recording;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Screen.State;

/// <summary>How it stands with one factory's store.</summary>
/// <param name="Why">Why nothing is remembered now; null where all is well.</param>
/// <param name="Count">How many ended builds it holds.</param>
/// <param name="Since">The start of the oldest.</param>
public sealed record HistoryStatus(string? Why, long Count, DateTimeOffset? Since)
{
    /// <summary>Who writes it, where that is a recorder; without a time of the last write where that was a moment ago.</summary>
    public RecorderSign? Recorder { get; init; }

    /// <summary>A change of the rights of the store, reported once.</summary>
    public string? Remark { get; init; }
}

/// <summary>How it stands with what is beside the logs: hook, webhook, store.</summary>
/// <param name="Troubles">What is in trouble, and how.</param>
/// <param name="Stores">By the factory's name.</param>
public sealed record ChannelState(
    ImmutableSortedDictionary<string, string> Troubles,
    ImmutableSortedDictionary<string, HistoryStatus> Stores
)
{
    public static readonly ChannelState Start = new(
        ImmutableSortedDictionary<string, string>.Empty,
        ImmutableSortedDictionary<string, HistoryStatus>.Empty
    );

    public ChannelState With(string channel, string? trouble) =>
        this with { Troubles = trouble is null ? Troubles.Remove(channel) : Troubles.SetItem(channel, trouble) };

    /// <summary>Why a store remembers nothing; null where all is well.</summary>
    public string? StoreTrouble => Stores.Values.Select(store => store.Why).FirstOrDefault(why => why is not null);

    /// <summary>Who writes the stores, where that is a recorder.</summary>
    public RecorderSign? Recorder =>
        Stores.Values.Select(store => store.Recorder).FirstOrDefault(recorder => recorder is { IsThere: true });

    /// <summary>How much is remembered; null where nothing is known of a store, or one is in trouble.</summary>
    public string? Remembered(TimeZoneInfo zone)
    {
        if (Stores.IsEmpty || StoreTrouble is not null)
            return null;
        var since = Stores.Values.Min(store => store.Since) is { } at
            ? TimeZoneInfo.ConvertTime(at, zone).ToString("' since 'd MMMM", CultureInfo.InvariantCulture)
            : "";
        return $"history {Words.Count(Stores.Values.Sum(store => store.Count), "build")}{since}";
    }
}
