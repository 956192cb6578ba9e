using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Reports;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>
/// Publishes a factory's events to its stream, each numbered, confirmed by the broker, and once: after a restart or a lost connection it
/// reads from the stream what was published before. For one thread.
/// </summary>
/// <param name="said">Receives progress messages, a line each.</param>
internal sealed class EventShipper(EventStream stream, Action<string> said) : IDisposable
{
    private const int BatchLength = 256;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, object?> AStream = new() { ["x-queue-type"] = "stream" };

    private IConnection? _connection;
    private IChannel? _channel;
    private LastEvent? _published;
    private long _next = 1;

    /// <summary>The last event in the stream; waits while the broker is away; null if the stream is empty.</summary>
    public LastEvent? Begin(CancellationToken stop)
    {
        Connect(stop);
        _next = (_published?.Sequence ?? 0) + 1;
        return _published;
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
                try
                {
                    // After a lost connection the stream itself shows how much of this it has.
                    var known = (int)Math.Clamp((_published?.Sequence ?? 0) - first + 1, 0, batch.Length);
                    Send(batch.AsMemory(known), first + known);
                    _published = new LastEvent(_next - 1, batch[^1].Offset, EventJson.Of(batch[^1]));
                    sent = true;
                }
                catch (Exception error) when (BrokerFault.IsOrdinary(error))
                {
                    said($"{stream}: {BrokerFault.Reason(error)}; trying again");
                    Disconnect();
                    Connect(stop);
                }
            }
        }
    }

    public void Dispose() => Disconnect();

    private void Send(ReadOnlyMemory<Observation> batch, long first)
    {
        var confirmed = new List<Task>(batch.Length);
        foreach (var seen in batch.Span)
        {
            var properties = new BasicProperties
            {
                Persistent = true,
                ContentType = "application/json",
                Headers = new Dictionary<string, object?> { [EventStream.Sequence] = first++, [EventStream.Offset] = seen.Offset },
            };
            confirmed.Add(
                _channel!
                    .BasicPublishAsync("", stream.Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(EventJson.Of(seen)))
                    .AsTask()
            );
        }

        Task.WhenAll(confirmed).GetAwaiter().GetResult();
    }

    private void Connect(CancellationToken stop)
    {
        for (var pause = ShortestPause; !stop.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                _connection = stream.Connect().GetAwaiter().GetResult();
                _channel = _connection
                    .CreateChannelAsync(
                        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                        stop
                    )
                    .GetAwaiter()
                    .GetResult();
                _channel
                    .QueueDeclareAsync(stream.Queue, durable: true, exclusive: false, autoDelete: false, AStream, cancellationToken: stop)
                    .GetAwaiter()
                    .GetResult();
                _published = LastEvent.In(_connection, stream, stop) ?? _published;
                return;
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error))
            {
                said($"{stream}: {BrokerFault.Reason(error)}; trying again in {pause.TotalSeconds} s");
                Disconnect();
                stop.WaitHandle.WaitOne(pause);
            }
        }
    }

    private void Disconnect()
    {
        _channel?.Dispose();
        _connection?.Dispose();
        (_channel, _connection) = (null, null);
    }
}
