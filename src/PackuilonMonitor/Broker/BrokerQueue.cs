using System.Reactive.Concurrency;
using System.Reactive.Linq;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PackuilonMonitor.Broker;

/// <summary>
/// The length of the queue, from RabbitMQ. A passive declaration changes nothing: no message is consumed, and nothing is created. A broker
/// that does not answer is asked again.
/// </summary>
public sealed class BrokerQueue(QueueAddress address) : IObservationSource
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SourceId _source = new(address.ToString());
    private IConnection? _connection;
    private (long? Waiting, string? Why)? _last;

    /// <summary>One request, waited for.</summary>
    public IEnumerable<IReadOnlyList<Observation>> ReadAll(Moment now) => [ObservationsOf(Ask().GetAwaiter().GetResult(), now.At)];

    public IObservable<IReadOnlyList<Observation>> Follow(IScheduler tail, DirectoryHints hints) =>
        Observable.FromAsync(Ask)
            .Concat(Observable.Timer(Pause, tail).SelectMany(_ => Observable.FromAsync(Ask)).Repeat())
            .ObserveOn(tail)
            .Select(answer => ObservationsOf(answer, tail.Now))
            .Where(seen => seen.Count > 0);

    public void Dispose()
    {
        // A regular close waits for the broker's answer, and nobody should wait for a broker at the end.
        _connection?.Dispose();
    }

    private async Task<(long? Waiting, string? Why)> Ask()
    {
        try
        {
            _connection ??= await Connect().ConfigureAwait(false);
            var channel = await _connection.CreateChannelAsync().ConfigureAwait(false);
            await using (channel.ConfigureAwait(false))
                return ((await channel.QueueDeclarePassiveAsync(address.Queue).ConfigureAwait(false)).MessageCount, null);
        }
        catch (OperationInterruptedException error) when (error.ShutdownReason is { ReplyCode: 404 } && _connection is { IsOpen: true })
        {
            return (null, $"no queue {address.Queue}");
        }
        catch (Exception error) when (BrokerFault.IsOrdinary(error))
        {
            if (_connection is { } broken)
                await broken.DisposeAsync().ConfigureAwait(false);
            _connection = null;
            return (null, BrokerFault.Reason(error));
        }
    }

    private Task<IConnection> Connect() => new ConnectionFactory
    {
        HostName = address.Host.Trim('[', ']'),
        Port = address.Port,
        UserName = address.User,
        Password = address.Password,
        ClientProvidedName = "packuilon-monitor",
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = Patience,
        HandshakeContinuationTimeout = Patience,
        ContinuationTimeout = Patience,
    }.CreateConnectionAsync();

    /// <summary>What is new in the answer: the state of the broker, the length of the queue.</summary>
    private List<Observation> ObservationsOf((long? Waiting, string? Why) answer, DateTimeOffset now)
    {
        var seen = new List<Observation>();
        if (_last is null || _last.Value.Why != answer.Why)
            seen.Add(
                Own(
                    now,
                    new SourceSeen(
                        new SourceHealth(_source, answer.Why is null ? SourceState.Following : SourceState.Unreadable, answer.Why, now)
                    )
                )
            );
        if (_last?.Waiting != answer.Waiting)
            seen.Add(Own(now, new QueueMeasured(answer.Waiting)));
        _last = answer;
        return seen;
    }

    private Observation Own(DateTimeOffset now, MonitorEvent what) => new(now, _source, "", Speaker.Monitor, null, what);
}
