using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PackuilonMonitor.Broker;

/// <summary>The last event that a stream holds.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Offset">Where its line stood in its source.</param>
/// <param name="Json">The event itself.</param>
internal sealed record LastEvent(long Sequence, long Offset, string Json)
{
    /// <summary>Its time.</summary>
    public DateTimeOffset At => JsonDocument.Parse(Json).RootElement.GetProperty("at").GetDateTimeOffset();

    /// <summary>Long enough for a broker to hand over its last chunk, which comes at once.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>Reads the last chunk of the stream to its end; null if there is none.</summary>
    public static LastEvent? In(IConnection connection, EventStream stream, CancellationToken stop)
    {
        using var channel = connection.CreateChannelAsync(cancellationToken: stop).GetAwaiter().GetResult();
        channel.BasicQosAsync(0, 1000, global: false, stop).GetAwaiter().GetResult();
        var came = new BlockingCollection<(ulong Tag, LastEvent Event)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            came.Add((message.DeliveryTag, new LastEvent(NumberOf(EventStream.Sequence, message.BasicProperties), NumberOf(EventStream.Offset, message.BasicProperties), Encoding.UTF8.GetString(message.Body.Span))));
            return Task.CompletedTask;
        };
        channel.BasicConsumeAsync(stream.Queue, autoAck: false, "", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-stream-offset"] = "last" }, consumer, stop).GetAwaiter().GetResult();
        LastEvent? last = null;
        while (came.TryTake(out var one, (int)Silence.TotalMilliseconds, stop))
        {
            last = one.Event;
            channel.BasicAckAsync(one.Tag, multiple: false, stop).AsTask().GetAwaiter().GetResult();
        }

        return last;
    }

    /// <summary>The number in a message's header; 0 where there is none.</summary>
    public static long NumberOf(string header, IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(header, out var number) == true ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : 0;
}
