using System.Collections.Concurrent;
using System.Reactive.Disposables;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PackuilonMonitor.Broker;

/// <summary>An arrival from a stream: a message, that reading has started, or why it has not.</summary>
/// <param name="Sequence">The number of the event; 0 if the message has none, and for arrivals without an event.</param>
/// <param name="Event">The event; null if there is none.</param>
public sealed record Shipped(long Sequence, ShippedEvent? Event, string? Fault = null)
{
    /// <summary>Something of the stream, not of the connection to it.</summary>
    public bool IsMessage => Event is not null || Digest is not null || Beat is not null || IsForeign;

    /// <summary>A message of another program.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The stream was deleted and made again, or cut: events may be missing.</summary>
    public bool IsMadeAgain { get; init; }

    /// <summary>What a build log has told; null for what is no word of one.</summary>
    public LogDigest? Digest { get; init; }

    /// <summary>The heartbeat of the shipper; null for what is none.</summary>
    public Heartbeat? Beat { get; init; }
}

/// <summary>
/// Reads a stream on a thread of its own, a little ahead of the consumer. After a lost connection it continues after the last message; a
/// number that was there already is skipped.
/// </summary>
internal sealed class ShippedPump : IDisposable
{
    private const ushort MostUnacknowledged = 500;
    private const int MostAhead = 10_000;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly EventStream _stream;
    private readonly BlockingCollection<Shipped> _came = new(MostAhead);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _listening = new();
    private Action _arrived = () => { };
    private readonly ReadPlace _place;
    private long _left;

    /// <param name="from">Where to start: first, next, a number, or a time.</param>
    public ShippedPump(EventStream stream, object from)
    {
        (_stream, _place) = (stream, new ReadPlace(from));
        new Thread(Run) { Name = "from", IsBackground = true }.Start();
    }

    /// <summary>
    /// Something waits to be taken, or is still to come of what the stream had when reading began. That is the broker's own count, which
    /// may be a little old; it is unknown if reading began elsewhere than at the first.
    /// </summary>
    public bool IsBehind => _came.Count > 0 || Volatile.Read(ref _left) > 0;

    /// <summary>Calls back on another thread after each arrival until the result is disposed of. Not for arrivals before.</summary>
    public IDisposable Listen(Action arrived)
    {
        lock (_listening)
            _arrived = arrived;
        // Behind this nobody is called any more, whose scheduler may be gone.
        return Disposable.Create(() =>
        {
            lock (_listening)
                _arrived = () => { };
        });
    }

    /// <summary>The next arrival; waits at most this long, for ever if null.</summary>
    public Shipped? Take(TimeSpan? patience) =>
        _came.TryTake(out var one, patience is { } limit ? (int)limit.TotalMilliseconds : Timeout.Infinite) ? one : null;

    public void Dispose()
    {
        _stop.Cancel();
        _came.CompleteAdding();
    }

    private void Run()
    {
        var pause = ShortestPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Read(() => pause = ShortestPause);
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error) || error is InvalidOperationException)
            {
                Add(new Shipped(0, null, BrokerFault.Reason(error)));
            }

            _stop.Token.WaitHandle.WaitOne(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Reads until the connection is lost.</summary>
    private void Read(Action connected)
    {
        using var connection = _stream.Connect().GetAwaiter().GetResult();
        using var channel = connection.CreateChannelAsync(cancellationToken: _stop.Token).GetAwaiter().GetResult();
        using var lost = new ManualResetEventSlim();
        var why = "the connection was closed";
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            why = reason.ReplyText;
            lost.Set();
            return Task.CompletedTask;
        };
        channel.BasicQosAsync(0, MostUnacknowledged, global: false, _stop.Token).GetAwaiter().GetResult();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            Came(message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false).ConfigureAwait(false);
        };
        consumer.UnregisteredAsync += (_, _) =>
        {
            // A broker that stops says the same of a stream as one that deletes it.
            why = "RabbitMQ ends it: it stops, or the stream was deleted";
            lost.Set();
            return Task.CompletedTask;
        };
        // Reported before it starts, so that no message precedes it.
        var count = channel.QueueDeclarePassiveAsync(_stream.Queue, _stop.Token).GetAwaiter().GetResult().MessageCount;
        var isMadeAgain = !HasLast(connection);
        if (isMadeAgain)
            _place.BeginAgain();
        Volatile.Write(ref _left, _place.Next is EventStream.FromFirst ? count : 0);
        Add(new Shipped(0, null) { IsMadeAgain = isMadeAgain });
        connected();
        channel
            .BasicConsumeAsync(
                _stream.Queue,
                autoAck: false,
                "",
                noLocal: false,
                exclusive: false,
                new Dictionary<string, object?> { ["x-stream-offset"] = _place.Next },
                consumer,
                _stop.Token
            )
            .GetAwaiter()
            .GetResult();
        lost.Wait(_stop.Token);
        Add(new Shipped(0, null, why));
    }

    /// <summary>Whether the stream still has the last message that came.</summary>
    private bool HasLast(IConnection connection)
    {
        if (_place.Last is not { } last)
            return true;
        // With the first message the broker has begun to deliver, so that a silence at the place means that it has nothing there.
        StreamMessages.Present(connection, _stream.Queue, EventStream.FromFirst, until: 1, ahead: 1, _stop.Token);
        return StreamMessages
            .Present(StreamMessages.Read(connection, _stream.Queue, last, ahead: 1, filter: null, _stop.Token), isEmpty: true, last + 1)
            .Exists(_place.IsLast);
    }

    private void Came(BasicDeliverEventArgs message)
    {
        Interlocked.Decrement(ref _left);
        long? place = message.BasicProperties.Headers?.TryGetValue("x-stream-offset", out var at) == true && at is long offset
            ? offset
            : null;
        _place.Pass(place, message.Body.Span);
        var sequence = LastEvent.NumberOf(EventStream.Sequence, message.BasicProperties);
        var shipped = ShippedEvent.Of(message.Body);
        // Without a number, or with one that no shipper gives, it is somebody else's: its number would hide all of ours.
        if (shipped is null || sequence == 0)
        {
            var beat = Heartbeat.Of(message.Body);
            var digest = beat is null ? LogDigest.Of(message.Body) : null;
            Add(new Shipped(0, null) { IsForeign = beat is null && digest is null, Beat = beat, Digest = digest });
            return;
        }

        if (_place.IsNew(sequence, shipped.At))
            Add(new Shipped(sequence, shipped));
    }

    private void Add(Shipped one)
    {
        try
        {
            _came.Add(one);
        }
        catch (InvalidOperationException)
        {
            return;
        }

        lock (_listening)
            _arrived();
    }
}
