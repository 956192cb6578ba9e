using Microsoft.Data.Sqlite;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>
/// A copied log as a file in memory, so that every reader of logs can read it. Opening it queries the store, on that thread; closing it
/// frees the memory. For one reader.
/// </summary>
public sealed class KeptFile
{
    private readonly string _store;
    private readonly string _build;
    private StatResult _looked = StatResult.Missing;

    /// <param name="store">The store's file.</param>
    /// <param name="build">The build's id.</param>
    /// <param name="logFile">The name of its log.</param>
    public KeptFile(string store, string build, string logFile)
    {
        (_store, _build) = (store, build);
        Place = new FileLocation(new SourceId($"kept copy of {logFile}"), () => _looked, Open);
    }

    public FileLocation Place { get; }

    /// <summary>The arrival time of each part of the log, by its first byte, null if nobody saw it arrive; known after opening.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> Arrivals { get; private set; } = [];

    /// <summary>When the lines of a build's log arrived, as an earlier monitor stored it; null if nothing is stored or readable.</summary>
    public static LineTimes? TimesOf(string store, string build)
    {
        try
        {
            using var opened = HistoryStore.Read(store).Store;
            return opened?.Log(build)?.Times;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private Opening Open()
    {
        try
        {
            var found = HistoryStore.Read(_store);
            using var store = found.Store;
            if (store?.Log(_build) is not { } log)
                return Refused(found.Why is { } why ? $"history: {why}" : "the copy of its log is not kept any more");
            Arrivals = log.Times.ByByte([log.Bytes]);
            return Written(log.Bytes.Span);
        }
        catch (SqliteException error)
        {
            return Refused($"history: {SqliteCalls.WhyNot(error)}");
        }
        catch (IOException error)
        {
            return Refused(error.Message.ReplaceLineEndings(" "));
        }
    }

    private Opening Written(ReadOnlySpan<byte> bytes)
    {
        (var opened, _looked) = MemoryFile.Of("packuilon-log", bytes);
        return opened;
    }

    private Opening Refused(string why)
    {
        _looked = StatResult.Missing;
        return Opening.Missing(why);
    }
}
