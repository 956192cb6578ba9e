using System.Globalization;
using PackuilonMonitor.Ingest.Files;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>How much of the build logs is shipped.</summary>
/// <param name="BytesABuild">What a log has more than that is left out.</param>
/// <param name="BytesASecond">Of all logs together.</param>
internal sealed record LogLimits(long BytesABuild, long BytesASecond);

/// <summary>A log that has grown.</summary>
/// <param name="Build">The id of its build; the file's name where none is known.</param>
/// <param name="Another">How often the file began again, as its reader counts.</param>
/// <param name="Place">Where it is opened.</param>
internal sealed record GrownLog(string File, string Build, int Another, FileLocation Place);

/// <summary>
/// Publishes the bytes of build logs to a stream of their own, on a thread and a connection of its own, so that events never wait for
/// them. What was published before is asked of the stream itself, after a restart as after a lost connection.
/// </summary>
/// <param name="shipped">Told on that thread of a log of which all that was there is published, and how often it began again.</param>
internal sealed class LogShipper(EventStream stream, LogLimits limits, Action<string> said, Action<ShippedLog, int> shipped) : IDisposable
{
    /// <summary>So many messages may follow a table until the next one: whoever begins again reads them all.</summary>
    private const int MostBehindTable = 256;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, object?> AStream = new() { ["x-queue-type"] = "stream" };

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly Dictionary<string, GrownLog> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _another = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beginning = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = new byte[LogPiece.Longest];
    private ShippedLogTable _table = new();
    private IConnection? _connection;
    private IChannel? _channel;
    private long _behindTable;

    public void Begin() => new Thread(Run) { Name = "logs", IsBackground = true }.Start();

    /// <summary>A log has grown; returns at once. From any thread.</summary>
    public void See(GrownLog log)
    {
        lock (_gate)
            _waiting[log.File] = log;
        _wake.Set();
    }

    public void Dispose() => _stop.Cancel();

    private void Run()
    {
        string? told = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Connect();
                told = null;
                Work();
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error) && !_stop.IsCancellationRequested)
            {
                var why = $"{stream.LogQueue}: {BrokerFault.Reason(error)}; trying again";
                if (why != told)
                    said(told = why);
                Disconnect();
                _stop.Token.WaitHandle.WaitOne(Retry);
            }
            catch (OperationCanceledException)
            {
                // It is told to stop.
            }
        }

        Disconnect();
    }

    /// <summary>Publishes what waits, a piece of each log in turn, until the connection is lost.</summary>
    private void Work()
    {
        while (true)
        {
            List<GrownLog> turn;
            lock (_gate)
            {
                turn = [.. _waiting.Values];
                if (turn.Count == 0)
                    _wake.Reset();
            }

            if (turn.Count == 0)
            {
                if (_behindTable > MostBehindTable)
                    PublishTable();
                _wake.Wait(_stop.Token);
                continue;
            }

            foreach (var log in turn)
            {
                if (Publish(log))
                    continue;
                lock (_gate)
                {
                    if (_waiting.GetValueOrDefault(log.File) == log)
                        _waiting.Remove(log.File);
                }

                // Another log of the name, of which there is nothing yet, is not the one in the table.
                if (!_beginning.Contains(log.File) && _table.Find(log.File) is { } done)
                    shipped(done, log.Another);
            }
        }
    }

    /// <summary>Publishes the next piece of a log; false where nothing of it is left.</summary>
    private bool Publish(GrownLog log)
    {
        using var file = log.Place.Open().File;
        if (file is null || Known(log, file) is not { } known)
            return false;
        var room = limits.BytesABuild - known.Size;
        var length = room <= 0 ? 0 : OpenFile.Read(file.Handle, _buffer.AsSpan(0, (int)Math.Min(room, _buffer.Length)), known.Size);
        if (room <= 0 && _cut.Add(log.File))
            said(string.Create(CultureInfo.InvariantCulture, $"{log.File}: only its first {limits.BytesABuild} bytes are shipped"));
        if (length == 0)
            return false;
        var bytes = _buffer.AsMemory(0, length);
        var piece = new LogPiece(log.File, known.Generation, known.Size, DateTimeOffset.UtcNow, bytes) { Build = log.Build };
        var sequence = _table.Last + 1;
        Send(piece.Headers(sequence), piece.Bytes);
        _table.Add(piece, sequence);
        _beginning.Remove(log.File);
        if (++_behindTable > MostBehindTable)
            PublishTable();
        _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds((double)length / limits.BytesASecond));
        return true;
    }

    /// <summary>How far a log is published: from its beginning where it is another one than that which is published.</summary>
    private ShippedLog? Known(GrownLog log, OpenFile file)
    {
        var known = _table.Find(log.File) ?? new ShippedLog(log.File, log.Build, 1, 0, ByteCheck.Start, 0, 0);
        var isAnother = _another.TryGetValue(log.File, out var before) ? before != log.Another : !Holds(file, known);
        _another[log.File] = log.Another;
        if (isAnother && known.Size > 0)
            _beginning.Add(log.File);
        return _beginning.Contains(log.File) ? known with { Generation = known.Generation + 1, Size = 0 } : known;
    }

    /// <summary>The file begins with what is published of it.</summary>
    private static bool Holds(OpenFile file, ShippedLog known)
    {
        var (check, buffer) = (ByteCheck.Start, new byte[64 * 1024]);
        for (var offset = 0L; offset < known.Size;)
        {
            var length = OpenFile.Read(file.Handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, known.Size - offset)), offset);
            if (length == 0)
                return false;
            check = ByteCheck.Of(check, buffer.AsSpan(0, length));
            offset += length;
        }

        return check == known.Check;
    }

    private void PublishTable()
    {
        Send(new Dictionary<string, object?> { [LogPiece.Sequence] = _table.Last + 1 }, _table.Bytes());
        _table.Last++;
        _behindTable = 0;
    }

    /// <summary>Publishes a message and waits until it is confirmed.</summary>
    private void Send(Dictionary<string, object?> headers, ReadOnlyMemory<byte> body) =>
        _channel!
            .BasicPublishAsync(
                "",
                stream.LogQueue,
                mandatory: true,
                new BasicProperties { Persistent = true, Headers = headers },
                body,
                _stop.Token
            )
            .AsTask()
            .GetAwaiter()
            .GetResult();

    private void Connect()
    {
        _connection = stream.Connect().GetAwaiter().GetResult();
        _channel = _connection
            .CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                _stop.Token
            )
            .GetAwaiter()
            .GetResult();
        _channel
            .QueueDeclareAsync(stream.LogQueue, durable: true, exclusive: false, autoDelete: false, AStream, cancellationToken: _stop.Token)
            .GetAwaiter()
            .GetResult();
        (_table, _behindTable) = ShippedLogTable.In((from, until) => Messages(from, until));
        _another.Clear();
        _beginning.Clear();
    }

    /// <summary>The messages from a place to the place before another, or to the end.</summary>
    private List<StreamMessage> Messages(object from, long until)
    {
        var messages = new List<StreamMessage>();
        var idle = TimeSpan.Zero;
        foreach (var message in StreamMessages.Read(_connection!, stream.LogQueue, from, 200, filter: null, _stop.Token))
        {
            idle = message is null ? idle + StreamMessages.Pause : TimeSpan.Zero;
            if (message?.Place >= until || idle >= Look)
                break;
            if (message is not null)
                messages.Add(message);
        }

        return messages;
    }

    private void Disconnect()
    {
        _channel?.Dispose();
        _connection?.Dispose();
        (_channel, _connection) = (null, null);
    }
}
