namespace PackuilonMonitor.Broker;

/// <summary>A queue of RabbitMQ's and who may look at it, as Packuilon's configuration names them.</summary>
public sealed record QueueAddress(string Host, int Port, string User, string Password, string Queue)
{
    public const int UsualPort = 5672;

    /// <summary>The server as a URI, with user and password.</summary>
    public string Uri => $"amqp://{System.Uri.EscapeDataString(User)}:{System.Uri.EscapeDataString(Password)}@{Host}:{Port}";

    /// <summary>Without the password: it is shown.</summary>
    public override string ToString() => $"amqp://{Host}:{Port}/{Queue}";
}
