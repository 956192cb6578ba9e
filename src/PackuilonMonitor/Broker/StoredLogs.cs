using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Store;

namespace PackuilonMonitor.Broker;

/// <summary>The copy of a build's log that the store of this host contains.</summary>
/// <param name="Log">What it says.</param>
/// <param name="Arrivals">From which byte on it arrived when, as far as that is known.</param>
public sealed record StoredLog(ReadOnlyMemory<byte> Bytes, BuildLog Log, IReadOnlyList<(long From, DateTimeOffset? At)> Arrivals)
{
    /// <summary>When a byte arrived.</summary>
    public DateTimeOffset? ArrivalOf(long offset) => Arrivals.LastOrDefault(arrival => arrival.From <= offset).At;
}

/// <summary>The copies of logs in the store of this host, which is only read. A store that cannot be read has none.</summary>
/// <param name="path">The store's file; null for none.</param>
public sealed class StoredLogs(string? path)
{
    /// <summary>The builds whose logs are copied, with the length of each in bytes.</summary>
    public IReadOnlyDictionary<string, long> Sizes() =>
        Read(store => store.Kept().ToDictionary(copy => copy.Key, copy => copy.Value.Bytes, StringComparer.Ordinal)) ?? [];

    /// <summary>The copy of a build's log; null if there is none.</summary>
    public StoredLog? Find(string build) => Read(store =>
        store.Log(build) is { } kept && store.Build(build)?.Log is { } log
            ? new StoredLog(kept.Bytes, log, kept.Times.ByByte([kept.Bytes]))
            : null
    );

    private T? Read<T>(Func<HistoryStore, T?> ask)
        where T : class
    {
        try
        {
            using var store = path is null ? null : HistoryStore.Read(path).Store;
            return store is null ? null : ask(store);
        }
        catch (SqliteException)
        {
            // It is asked again later.
            return null;
        }
    }
}
