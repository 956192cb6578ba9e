using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PackuilonMonitor.Broker;

/// <summary>A message as it lies in a stream.</summary>
/// <param name="Place">Its offset in the stream.</param>
public sealed record StreamMessage(long Place, IReadOnlyBasicProperties Properties, ReadOnlyMemory<byte> Body);

/// <summary>Reads messages of a stream from some place on, a few ahead of whoever takes them.</summary>
internal static class StreamMessages
{
    /// <summary>Long enough for a broker to hand over what it has.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="from">Where to begin: first, last, next or a number.</param>
    /// <param name="ahead">So many may be on their way.</param>
    /// <param name="filter">Only messages with this value, where the broker filters; others may come all the same.</param>
    /// <returns>The messages, and null whenever none came for a moment.</returns>
    public static IEnumerable<StreamMessage?> Read(
        IConnection connection,
        string queue,
        object from,
        ushort ahead,
        string? filter,
        CancellationToken stop
    )
    {
        using var channel = connection.CreateChannelAsync(cancellationToken: stop).GetAwaiter().GetResult();
        channel.BasicQosAsync(0, ahead, global: false, stop).GetAwaiter().GetResult();
        var came = new BlockingCollection<(ulong Tag, StreamMessage Message)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            // Its memory is the client's as soon as this returns.
            var properties = new BasicProperties(message.BasicProperties);
            came.Add((message.DeliveryTag, new StreamMessage(LastEvent.PlaceOf(properties), properties, message.Body.ToArray())));
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, _) =>
        {
            came.CompleteAdding();
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) =>
        {
            came.CompleteAdding();
            return Task.CompletedTask;
        };
        var arguments = new Dictionary<string, object?> { ["x-stream-offset"] = from };
        if (filter is not null)
            arguments["x-stream-filter"] = filter;
        channel
            .BasicConsumeAsync(queue, autoAck: false, "", noLocal: false, exclusive: false, arguments, consumer, stop)
            .GetAwaiter()
            .GetResult();
        while (!came.IsCompleted)
        {
            if (!came.TryTake(out var one, (int)Pause.TotalMilliseconds, stop))
            {
                yield return null;
                continue;
            }

            channel.BasicAckAsync(one.Tag, multiple: false, stop).AsTask().GetAwaiter().GetResult();
            yield return one.Message;
        }

        throw new IOException("the connection was closed");
    }
}
