using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PackuilonMonitor.Broker;

/// <summary>A message as it lies in a stream.</summary>
/// <param name="Place">Its offset in the stream.</param>
public sealed record StreamMessage(long Place, IReadOnlyBasicProperties Properties, ReadOnlyMemory<byte> Body);

/// <summary>Reads messages of a stream from some place on, a few ahead of whoever takes them.</summary>
public static class StreamMessages
{
    /// <summary>Long enough for a broker to hand over what it has.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>What is in a stream delivered in one go ends with such a silence.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>So long a busy broker may need for the first message.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The messages that are there, from a place to the place before another.</summary>
    /// <param name="ahead">So many may be on their way.</param>
    /// <exception cref="IOException">They do not come, or the connection was lost.</exception>
    public static List<StreamMessage> Present(
        IConnection connection,
        string queue,
        object from,
        long until,
        ushort ahead,
        CancellationToken stop
    )
    {
        using var channel = connection.CreateChannelAsync(cancellationToken: stop).GetAwaiter().GetResult();
        var count = channel.QueueDeclarePassiveAsync(queue, stop).GetAwaiter().GetResult().MessageCount;
        return Present(Read(connection, queue, from, ahead, filter: null, stop), isEmpty: count == 0, until);
    }

    /// <param name="messages">The messages, and null whenever none came for a moment.</param>
    /// <param name="isEmpty">The broker says that there are none: it may be about to learn of them.</param>
    /// <param name="until">The place behind the last one; the greatest number where that is unknown.</param>
    /// <exception cref="IOException">They do not come.</exception>
    public static List<StreamMessage> Present(IEnumerable<StreamMessage?> messages, bool isEmpty, long until)
    {
        var (present, idle) = (new List<StreamMessage>(), TimeSpan.Zero);
        foreach (var message in messages)
        {
            idle = message is null ? idle + Pause : TimeSpan.Zero;
            if (message is not null && message.Place < until)
                present.Add(message);
            if (message?.Place >= until - 1 || idle >= (present.Count > 0 || isEmpty ? Silence : Patience))
                break;
        }

        return present.Count > 0 || isEmpty || idle == TimeSpan.Zero ? present : throw new IOException("the broker delivers no message");
    }

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
