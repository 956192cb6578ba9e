using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PackuilonMonitor.Broker;

/// <summary>
/// Publishes a factory's events to its stream, each numbered, confirmed by the broker, and once: after a restart or a lost connection it
/// reads from the stream what was published before. For one thread.
/// </summary>
/// <param name="said">Receives progress messages, a line each.</param>
public sealed class EventShipper(EventStream stream, Action<string> said) : IDisposable
{
    private const int BatchLength = 256;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A shipper that was just killed has its queue until the broker sees that it is gone.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(5);

    /// <summary>So long the broker may take to see that our own connection of before is dead: two of its heartbeats, and more.</summary>
    private static readonly TimeSpan LaterPatience = TimeSpan.FromMinutes(3);

    private const int Locked = 405;

    private static readonly Dictionary<string, object?> AStream = new() { ["x-queue-type"] = "stream" };

    private IConnection? _connection;
    private PublishChannel? _channel;
    private LastEvent? _published;
    private long _next = 1;
    private bool _began;

    /// <summary>The last event in the stream; waits while the broker is away; null if the stream is empty.</summary>
    public LastEvent? Begin(CancellationToken stop)
    {
        Connect(stop);
        _next = (_published?.Sequence ?? 0) + 1;
        return _published;
    }

    /// <summary>Publishes a heartbeat after all before; one that is lost with its connection is left out.</summary>
    public void Publish(Heartbeat beat, CancellationToken stop) => Sent(() =>
        _channel!.Publish(stream.Queue, Properties(headers: null), Encoding.UTF8.GetBytes(beat.Json()), stop), stop);

    /// <summary>Publishes what a log has told, after all before; returns when the broker has confirmed it.</summary>
    public void Publish(LogDigest digest, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested
            && !Sent(() => _channel!.Publish(stream.Queue, Properties(headers: null), digest.Bytes(), stop), stop))
        {
        }
    }

    /// <summary>Publishes these after all before; returns when the broker has confirmed them.</summary>
    public void Publish(IReadOnlyList<Observation> events, CancellationToken stop)
    {
        foreach (var batch in events.Where(seen => seen.Text is not null).Chunk(BatchLength))
        {
            var first = _next;
            _next += batch.Length;
            for (var sent = false; !sent && !stop.IsCancellationRequested;)
            {
                sent = Sent(
                    () =>
                    {
                        // After a lost connection the stream itself shows how much of this it has.
                        var known = (int)Math.Clamp((_published?.Sequence ?? 0) - first + 1, 0, batch.Length);
                        _channel!.Publish(stream.Queue, Messages(batch.AsMemory(known), first + known), stop);
                        _published = new LastEvent(_next - 1, batch[^1].Offset, EventJson.Of(batch[^1]));
                    },
                    stop
                );
            }
        }
    }

    public void Dispose() => Disconnect();

    /// <summary>Sends something; false where the connection was lost meanwhile, and there is a new one now.</summary>
    private bool Sent(Action send, CancellationToken stop)
    {
        // It was asked to stop before there was a connection.
        if (_channel is null)
            return false;
        try
        {
            send();
            return true;
        }
        catch (Exception error) when (BrokerFault.IsOrdinary(error))
        {
            if (!stop.IsCancellationRequested)
                said($"{stream}: {BrokerFault.Reason(error)}; trying again");
            Disconnect();
            Connect(stop);
            return false;
        }
    }

    private static IEnumerable<(BasicProperties, ReadOnlyMemory<byte>)> Messages(ReadOnlyMemory<Observation> batch, long first)
    {
        for (var index = 0; index < batch.Length; index++)
        {
            var seen = batch.Span[index];
            var headers = new Dictionary<string, object?>
            {
                [EventStream.Sequence] = first + index,
                [EventStream.Offset] = seen.Offset,
            };
            yield return (Properties(headers), Encoding.UTF8.GetBytes(EventJson.Of(seen)));
        }
    }

    private static BasicProperties Properties(Dictionary<string, object?>? headers) =>
        new() { Persistent = true, ContentType = "application/json", Headers = headers };

    private void Connect(CancellationToken stop)
    {
        var patience = _began ? LaterPatience : FirstPatience;
        for (var pause = ShortestPause; !stop.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                _connection = stream.Connect().GetAwaiter().GetResult();
                _channel = PublishChannel.On(_connection, stop);
                TakeTurn(stop);
                _channel
                    .Channel.QueueDeclareAsync(
                        stream.Queue,
                        durable: true,
                        exclusive: false,
                        autoDelete: false,
                        AStream,
                        cancellationToken: stop
                    )
                    .GetAwaiter()
                    .GetResult();
                var present = LastEvent.In(_connection, stream, stop);
                if (present is null && _published is not null)
                    said($"{stream}: it was deleted, and what was published before with it; continuing with newer events");
                _published = present ?? _published;
                _began = true;
                return;
            }
            catch (OperationInterruptedException error) when (error.ShutdownReason is { ReplyCode: Locked })
            {
                Disconnect();
                if (patience <= TimeSpan.Zero)
                    throw new AnotherShipsException($"{stream}: another process ships this factory; only one can");
                patience -= ShortestPause;
                pause = ShortestPause;
                stop.WaitHandle.WaitOne(ShortestPause);
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error))
            {
                said($"{stream}: {BrokerFault.Reason(error)}; trying again in {pause.TotalSeconds} s");
                Disconnect();
                stop.WaitHandle.WaitOne(pause);
            }
        }
    }

    /// <summary>The broker gives a queue of its own to one connection at a time, and takes it back when that ends.</summary>
    private void TakeTurn(CancellationToken stop) =>
        _channel!
            .Channel.QueueDeclareAsync(stream.ShippersOwn, durable: false, exclusive: true, autoDelete: false, cancellationToken: stop)
            .GetAwaiter()
            .GetResult();

    private void Disconnect()
    {
        _channel?.Dispose();
        _connection?.Dispose();
        (_channel, _connection) = (null, null);
    }
}
