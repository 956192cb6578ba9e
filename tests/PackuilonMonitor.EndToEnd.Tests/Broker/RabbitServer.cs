using System.Net;
using System.Net.Sockets;
using PackuilonMonitor.Broker;
using PackuilonMonitor.Tests.Ingest;
using PackuilonMonitor.Tests.Support;
using RabbitMQ.Client;

namespace PackuilonMonitor.Tests.Broker;

/// <summary>A RabbitMQ of our own on loopback, with folders and a port mapper of its own; it can be stopped and started again.</summary>
internal sealed class RabbitServer : IDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly TempFolder _folder = new();
    private readonly int _distribution = FreePort();
    private readonly int _mapper = FreePort();
    private RunningProgram? _node;

    public RabbitServer()
    {
        if (!File.Exists(Program))
            Assert.Ignore("needs rabbitmq-server, which is not installed here");
        _folder.Write("plugins", "[].");
        Start();
    }

    public int Port { get; } = FreePort();

    public QueueAddress Address(string queue) => new("127.0.0.1", Port, "guest", "guest", queue);

    public void Start()
    {
        (string, string)[] environment =
        [
            ("HOME", _folder.Path),
            ("RABBITMQ_NODENAME", $"packuilon{Port}@localhost"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODE_PORT", $"{Port}"),
            ("RABBITMQ_DIST_PORT", $"{_distribution}"),
            ("ERL_EPMD_PORT", $"{_mapper}"),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_MNESIA_BASE", _folder["mnesia"]),
            ("RABBITMQ_LOG_BASE", _folder["log"]),
            ("RABBITMQ_LOGS", "-"),
            ("RABBITMQ_PID_FILE", _folder["pid"]),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", _folder["plugins"]),
            ("RABBITMQ_CONFIG_FILE", _folder["rabbitmq"]),
            ("RABBITMQ_CONF_ENV_FILE", _folder["env"]),
            ("RABBITMQ_ADVANCED_CONFIG_FILE", _folder["advanced"]),
            ("RABBITMQ_GENERATED_CONFIG_DIR", _folder["generated"]),
            ("RABBITMQ_FEATURE_FLAGS_FILE", _folder["flags"]),
        ];
        _node = RunningProgram.Start(Program, [], environment);
        _node.WaitFor("Server startup complete");
    }

    public void Stop()
    {
        _node!.End();
        _node.Dispose();
    }

    /// <summary>A connection of a program that is not the monitor.</summary>
    public IConnection Connect() =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = Port }
            .CreateConnectionAsync()
            .GetAwaiter()
            .GetResult();

    public void Dispose()
    {
        if (_node is not null)
            Stop();
        Shell.Run("epmd", "-port", $"{_mapper}", "-kill");
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
