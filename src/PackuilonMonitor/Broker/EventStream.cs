using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Faults;
using PackuilonMonitor.Platform;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>The RabbitMQ stream of one factory's events, and its address.</summary>
/// <param name="Server">An AMQP URI, with user and password if it needs them.</param>
/// <param name="Factory">The factory's name.</param>
public sealed record EventStream(Uri Server, string Factory)
{
    /// <summary>The header with the number of an event, from 1 in each factory.</summary>
    public const string Sequence = "packuilon-sequence";

    /// <summary>The header with the place of the event's line in its source.</summary>
    public const string Offset = "packuilon-offset";

    /// <summary>Where to start reading: at the first message that the stream still has.</summary>
    public const string FromFirst = "first";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The name of the stream's queue.</summary>
    public string Queue => $"packuilon.events.{Factory}";

    /// <summary>The name of the stream that the build logs are in.</summary>
    public string LogQueue => $"packuilon.logs.{Factory}";

    /// <summary>The queue that the one shipper of the factory has for itself; no factory's name holds a colon.</summary>
    public string ShippersOwn => $"{Queue}:shipper";

    /// <summary>The same for the stream of build logs.</summary>
    public string LogShippersOwn => $"{LogQueue}:shipper";

    /// <exception cref="WrongUseException">It is not an AMQP URI, or the name is invalid.</exception>
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
            // The client has rules of its own, such as at most one name of a virtual host.
            throw new WrongUseException(
                $"{option}: not an address of RabbitMQ: {error.Message.ReplaceLineEndings(" ")}; "
                + $"give one like amqp://user:password@host:5672"
            );
        }

        return stream;
    }

    /// <summary>Without user and password, for the screen.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Server.Scheme}://{Server.Host}:{Port}/{Queue}");

    /// <exception cref="IOException">The connection must be encrypted, and cannot be on this host.</exception>
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
