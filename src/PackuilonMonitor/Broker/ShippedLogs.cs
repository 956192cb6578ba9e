using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Ingest.Files;
using PackuilonMonitor.Platform;

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
    private long _foreign;
    private readonly Lazy<TemporaryFolder> _folder = new(static () => new TemporaryFolder("packuilon-monitor-"));
    private readonly ConcurrentDictionary<string, LogDigest> _present = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LogDigest> _earlier = new(StringComparer.Ordinal);

    /// <summary>By the path of the file that each is fetched into.</summary>
    private readonly ConcurrentDictionary<string, FetchedLog> _fetched = new(StringComparer.Ordinal);

    public ShippedLogs(EventStream stream) => _stream = stream;

    /// <summary>What logs have told is known, so that their builds can be judged by them.</summary>
    public bool Any => !_present.IsEmpty;

    /// <summary>Messages of somebody else in the stream of logs, as far as it was read.</summary>
    public long Foreign => Volatile.Read(ref _foreign);

    /// <summary>The same in words; null while there are none.</summary>
    public string? ForeignWords =>
        Foreign is > 0 and var count
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{_stream.LogQueue}: messages that are no parts of a log are skipped, {count} so far"
            )
            : null;

    /// <summary>The log of a build as a file, which is fetched when somebody looks at it.</summary>
    public FileLocation PlaceOf(string build, string file)
    {
        try
        {
            var folder = Path.GetDirectoryName(PathOf(build, file))!;
            return new LogDirectory(folder, wanted: _ => Want(build, file)).Place(file);
        }
        catch (IOException error)
        {
            // There is no place for temporary files.
            return new FileLocation(new SourceId(file), () => StatResult.Missing, () => Opening.Missing(error.Message));
        }
    }

    /// <summary>What a log has told by now.</summary>
    public void Learn(LogDigest digest)
    {
        if (digest.IsEarlier)
            _earlier[digest.Build] = digest;
        else
            _present[digest.File] = digest;
        // Who reads no log needs no folder.
        if (!_fetched.IsEmpty && _fetched.TryGetValue(PathOf(digest), out var fetched))
            fetched.Know(digest);
    }

    /// <summary>The log of a build, or where that is unknown what is in the file now; of a log that went on in a copy the copy.</summary>
    private LogDigest? DigestOf(string build, string file)
    {
        var id = FactoryName.Without(build);
        var present = _present.GetValueOrDefault(file);
        return _earlier.TryGetValue(id, out var earlier) && (present?.Build != id || earlier.Generation > present.Generation)
            ? earlier
            : present;
    }

    private string PathOf(string build, string file) =>
        DigestOf(build, file) is { } digest ? PathOf(digest) : Path.Combine(_folder.Value.FullPath, file);

    /// <summary>Logs of one name need folders of their own.</summary>
    private string PathOf(LogDigest digest) => digest.IsEarlier
        ? Path.Combine(_folder.Value.FullPath, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(digest.Build))), digest.File)
        : Path.Combine(_folder.Value.FullPath, digest.File);

    /// <summary>Waits until all of a log is here that is known to be there.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    public string? Whole(string build, string file)
    {
        try
        {
            return Want(build, file)?.Wait(Stalled);
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    /// <summary>How many bytes a log has at its factory, as far as is known; null for one that is not in the stream.</summary>
    public long? SizeOf(string build, string file) => DigestOf(build, file) is { First: > 0 } digest ? digest.Size : null;

    /// <summary>From which byte on a log was read at the factory when, as far as it is here.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> ArrivalsOf(string build, string file) =>
        !_fetched.IsEmpty && _fetched.TryGetValue(PathOf(build, file), out var fetched) ? fetched.Arrivals : [];

    /// <summary>Begins to fetch a log; null for one that is not in the stream.</summary>
    private FetchedLog? Want(string build, string file)
    {
        if (DigestOf(build, file) is not { First: > 0 } digest)
            return null;
        var path = PathOf(digest);
        if (digest.IsEarlier)
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fetched = _fetched.GetOrAdd(path, _ => new FetchedLog(path, digest));
        if (fetched.TryBegin())
            new Thread(() => Fetch(fetched)) { Name = "fetch", IsBackground = true }.Start();
        return fetched;
    }

    private void Fetch(FetchedLog fetched)
    {
        while (fetched.GoesOn())
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
        foreach (var message in StreamMessages.Read(connection, _stream.LogQueue, place, Ahead, digest.Filter, CancellationToken.None))
        {
            if (fetched.IsWhole || fetched.Digest.Generation != digest.Generation)
                return null;
            if (message is null)
                continue;
            // Whatever number a message of somebody else has, it does not show where ours are.
            var piece = LogPiece.Of(message.Properties, message.Body);
            if (piece is null && !ShippedLogTable.IsIn(message))
            {
                Interlocked.Increment(ref _foreign);
                continue;
            }

            var sequence = LastEvent.NumberOf(LogPiece.Sequence, message.Properties);
            // Each message of somebody else before it has moved it by one.
            if (isFirst && fetched.Size == 0 && digest.First - sequence is > Ahead and var missing)
                return message.Place + missing;
            if (isFirst && fetched.Size == 0 && sequence > digest.First)
            {
                fetched.Lose("its beginning is not in the stream of logs any more");
                return null;
            }

            isFirst = false;
            if (piece is not null && (piece.File, piece.Generation) == (digest.File, digest.Generation))
                fetched.Add(piece, message.Place);
        }

        return null;
    }
}
