using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>
/// A connection to the stream of a factory's build logs, and the table of what is in it, which is read from the stream itself. For one
/// thread.
/// </summary>
internal sealed class LogStream : IDisposable
{
    /// <summary>So many messages may follow a table until the next one: whoever begins again reads them all.</summary>
    private const int MostBehindTable = 256;

    private static readonly Dictionary<string, object?> AStream = new() { ["x-queue-type"] = "stream" };

    private readonly string _queue;
    private readonly CancellationToken _stop;
    private readonly IConnection _connection;
    private readonly PublishChannel _channel;
    private long _behindTable;
    private bool _isTableOld;

    /// <summary>Connects, makes the stream where there is none, and reads what is in it.</summary>
    public LogStream(EventStream stream, CancellationToken stop)
    {
        (_queue, _stop) = (stream.LogQueue, stop);
        _connection = stream.Connect().GetAwaiter().GetResult();
        try
        {
            _channel = PublishChannel.On(_connection, stop);
            // The broker gives it to one connection at a time: two that number would publish parts twice.
            _channel
                .Channel.QueueDeclareAsync(
                    stream.LogShippersOwn,
                    durable: false,
                    exclusive: true,
                    autoDelete: false,
                    cancellationToken: stop
                )
                .GetAwaiter()
                .GetResult();
            _channel
                .Channel.QueueDeclareAsync(_queue, durable: true, exclusive: false, autoDelete: false, AStream, cancellationToken: stop)
                .GetAwaiter()
                .GetResult();
            (Table, _behindTable) = ShippedLogTable.In(
                (from, until) => StreamMessages.Present(_connection, _queue, from, until, ahead: 200, stop)
            );
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is in the stream.</summary>
    public ShippedLogTable Table { get; }

    /// <summary>Publishes a piece; returns when the broker has confirmed it.</summary>
    public void Publish(LogPiece piece)
    {
        var sequence = Table.Last + 1;
        Send(piece.Headers(sequence), piece.Bytes);
        Table.Add(piece, sequence);
        if (++_behindTable > MostBehindTable)
            PublishTable();
    }

    /// <summary>The events say now that these bytes of a log are in the stream.</summary>
    public void Announce(ShippedLog log) => _isTableOld |= Table.Announce(log);

    /// <summary>Nothing waits: publishes the table where whoever begins again would repeat much without it.</summary>
    public void Rest()
    {
        if (_isTableOld || _behindTable > MostBehindTable)
            PublishTable();
    }

    public void Dispose()
    {
        _channel?.Dispose();
        _connection.Dispose();
    }

    private void PublishTable()
    {
        Send(new Dictionary<string, object?> { [LogPiece.Sequence] = Table.Last + 1 }, Table.Bytes());
        Table.Last++;
        (_behindTable, _isTableOld) = (0, false);
    }

    private void Send(Dictionary<string, object?> headers, ReadOnlyMemory<byte> body) =>
        _channel.Publish(_queue, new BasicProperties { Persistent = true, Headers = headers }, body, _stop);
}
