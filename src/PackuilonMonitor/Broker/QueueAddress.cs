namespace PackuilonMonitor.Broker;

/// <summary>A queue of RabbitMQ's and who may look at it, as Packuilon's configuration names them.</summary>
public sealed record QueueAddress(string Host, int Port, string User, string Password, string Queue)
{
    public const int UsualPort = 5672;

    /// <summary>The server as a URI, with user and password.</summary>
    public string Uri => $"amqp://{System.Uri.EscapeDataString(User)}:{System.Uri.EscapeDataString(Password)}@{Named}:{Port}";

    /// <summary>Without the password: it is shown.</summary>
    public override string ToString() => $"amqp://{Named}:{Port}/{Queue}";

    /// <summary>The host as a URI has it: an address of IPv6 in brackets.</summary>
    private string Named => Host.Contains(':') && !Host.StartsWith('[') ? $"[{Host}]" : Host;
}
