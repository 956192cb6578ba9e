using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>
/// A channel on which the broker confirms each message. The client may leave a message unanswered for ever that was sent as the channel was
/// lost, so the loss of the channel ends each wait.
/// </summary>
public sealed class PublishChannel : IDisposable
{
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PublishChannel(IChannel channel)
    {
        Channel = channel;
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            _lost.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        if (channel.CloseReason is { } closed)
            _lost.TrySetResult(closed.ReplyText);
    }

    public IChannel Channel { get; }

    public static PublishChannel On(IConnection connection, CancellationToken stop) =>
        new(
            connection
                .CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                    stop
                )
                .GetAwaiter()
                .GetResult()
        );

    /// <summary>Publishes a message to a queue; returns when the broker has confirmed it.</summary>
    /// <exception cref="IOException">The channel was lost before that.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop before that.</exception>
    public void Publish(string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken stop) =>
        Publish(queue, [(properties, body)], stop);

    /// <summary>The same for several, in their order.</summary>
    public void Publish(
        string queue,
        IEnumerable<(BasicProperties Properties, ReadOnlyMemory<byte> Body)> messages,
        CancellationToken stop
    ) => Wait(
        Task.WhenAll([
            .. messages.Select(one => Channel.BasicPublishAsync("", queue, mandatory: true, one.Properties, one.Body, stop).AsTask()),
        ]),
        _lost.Task,
        stop
    );

    /// <summary>Waits for an answer, for the loss of the channel, or to be stopped.</summary>
    /// <exception cref="IOException">The channel was lost first.</exception>
    /// <exception cref="OperationCanceledException">It was stopped first.</exception>
    public static void Wait(Task answered, Task<string> lost, CancellationToken stop)
    {
        Task.WaitAny([answered, lost], stop);
        if (!answered.IsCompleted)
            throw new IOException(lost.Result);
        answered.GetAwaiter().GetResult();
    }

    public void Dispose() => Channel.Dispose();
}
