using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Platform;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>The stream of RabbitMQ's that one factory's events are in, and how to get there.</summary>
/// <param name="Server">A URI of AMQP, with user and password where it needs them.</param>
/// <param name="Factory">The factory's name.</param>
public sealed record EventStream(Uri Server, string Factory)
{
    /// <summary>The header of a message that numbers the events of a factory from 1.</summary>
    public const string Sequence = "packuilon-sequence";

    /// <summary>The header that says where the event's line stood in its source.</summary>
    public const string Offset = "packuilon-offset";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The name of the queue that is the stream.</summary>
    public string Queue => $"packuilon.events.{Factory}";

    /// <exception cref="WrongUseException">It is no URI of AMQP, or the name is none.</exception>
    public static EventStream Of(string option, string uri, string factory)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var server) || server.Scheme is not ("amqp" or "amqps"))
            throw new WrongUseException($"{option}: not an address of RabbitMQ; give one like amqp://user:password@host:5672");
        if (!FactoryName.IsOne(factory))
            throw new WrongUseException("--factory: not a factory's name: letters, digits, dots, hyphens; give one like harwell");
        var stream = new EventStream(server, factory);
        try
        {
            stream.Connections();
        }
        catch (ArgumentException error)
        {
            // The client has rules of its own, such as one name of a virtual host and no more.
            throw new WrongUseException(
                $"{option}: not an address of RabbitMQ: {error.Message.ReplaceLineEndings(" ")}; give one like amqp://user:password@host:5672"
            );
        }

        return stream;
    }

    /// <summary>Without user and password: it is shown.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Server.Scheme}://{Server.Host}:{Port}/{Queue}");

    /// <exception cref="IOException">The connection is to be encrypted, and cannot be on this host.</exception>
    public Task<IConnection> Connect() =>
        Server.Scheme == "amqps" && !OpenSsl.IsThere ? throw new IOException(OpenSsl.Missing) : Connections().CreateConnectionAsync();

    /// <exception cref="ArgumentException">The client does not accept the address.</exception>
    private ConnectionFactory Connections() => new()
    {
        Uri = Server,
        ClientProvidedName = "packuilon-monitor",
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = Patience,
        HandshakeContinuationTimeout = Patience,
        ContinuationTimeout = Patience,
    };

    private int Port => Server.Port > 0 ? Server.Port : QueueAddress.UsualPort;
}
