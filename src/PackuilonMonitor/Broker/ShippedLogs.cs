using System.Collections.Concurrent;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Broker;

/// <summary>
/// The build logs of a factory elsewhere, as files of this process: each is fetched from the stream of logs when somebody wants to read
/// it, from its first byte on, and followed while its build runs. For any thread.
/// </summary>
public sealed class ShippedLogs
{
    /// <summary>So much may be on its way before the first page is there: less than 64 KiB with what AMQP adds.</summary>
    private const ushort Ahead = 4;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>Nothing comes of what there is to come.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(30);

    private readonly EventStream _stream;
    private readonly Lazy<string> _folder;
    private readonly ConcurrentDictionary<string, LogDigest> _digests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FetchedLog> _fetched = new(StringComparer.Ordinal);

    public ShippedLogs(EventStream stream)
    {
        _stream = stream;
        _folder = new Lazy<string>(() =>
        {
            var folder = Directory.CreateTempSubdirectory("packuilon-monitor-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
            return folder;
        });
    }

    /// <summary>What logs have told is known, so that their builds can be judged by them.</summary>
    public bool Any => !_digests.IsEmpty;

    /// <summary>Messages of somebody else in the stream of logs, as far as it was read.</summary>
    public long Foreign { get; private set; }

    /// <summary>The logs as files; whoever looks at one fetches it.</summary>
    public LogDirectory Files() => new(_folder.Value, wanted: Want);

    /// <summary>What a log has told by now.</summary>
    public void Learn(LogDigest digest)
    {
        _digests[digest.File] = digest;
        if (_fetched.TryGetValue(digest.File, out var fetched))
            fetched.Know(digest);
    }

    /// <summary>Waits until all of a log is here that is known to be there.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    public string? Whole(string file)
    {
        Want(file);
        return _fetched.TryGetValue(file, out var fetched) ? fetched.Wait(Stalled) : null;
    }

    /// <summary>From which byte on a log was read at the factory when, as far as it is here.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> ArrivalsOf(string file) =>
        _fetched.TryGetValue(file, out var fetched) ? fetched.Arrivals : [];

    private void Want(string file)
    {
        if (!_digests.TryGetValue(file, out var digest) || digest.First == 0)
            return;
        var fetched = _fetched.GetOrAdd(file, _ => new FetchedLog(Path.Combine(_folder.Value, file), digest));
        if (fetched.TryBegin())
            new Thread(() => Fetch(fetched)) { Name = "fetch", IsBackground = true }.Start();
    }

    private void Fetch(FetchedLog fetched)
    {
        while (fetched is { IsWhole: false, IsLost: false })
        {
            try
            {
                using var connection = _stream.Connect().GetAwaiter().GetResult();
                var digest = fetched.Digest;
                for (long? from = fetched.NextPlace(digest.First - 1); from is { } place;)
                    from = Read(connection, fetched, digest, place);
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error))
            {
                fetched.Fail(BrokerFault.Reason(error));
                Thread.Sleep(Retry);
            }
        }
    }

    /// <summary>Reads pieces until the log is whole; another place to begin at where messages of others have moved it, else null.</summary>
    private long? Read(RabbitMQ.Client.IConnection connection, FetchedLog fetched, LogDigest digest, long place)
    {
        var isFirst = true;
        foreach (var message in StreamMessages.Read(connection, _stream.LogQueue, place, Ahead, digest.Build, CancellationToken.None))
        {
            if (fetched.IsWhole || fetched.Digest.Generation != digest.Generation)
                return null;
            if (message is null)
                continue;
            var sequence = LastEvent.NumberOf(LogPiece.Sequence, message.Properties);
            if (sequence == 0)
            {
                Foreign++;
                continue;
            }

            // Each message of somebody else before it has moved it by one.
            if (isFirst && fetched.Size == 0 && digest.First - sequence is > Ahead and var missing)
                return message.Place + missing;
            if (isFirst && fetched.Size == 0 && sequence > digest.First)
            {
                fetched.Lose("its beginning is not in the stream of logs any more");
                return null;
            }

            isFirst = false;
            if (
                LogPiece.Of(message.Properties, message.Body) is { } piece
                && (piece.File, piece.Generation) == (digest.File, digest.Generation)
            )
                fetched.Add(piece, message.Place);
        }

        return null;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // It is in the folder of what is removed some day.
        }
    }
}
