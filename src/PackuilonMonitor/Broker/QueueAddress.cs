namespace PackuilonMonitor.Broker;

/// <summary>A RabbitMQ queue and its credentials, from Packuilon's configuration.</summary>
public sealed record QueueAddress(string Host, int Port, string User, string Password, string Queue)
{
    public const int UsualPort = 5672;

    /// <summary>The server as a URI, with user and password.</summary>
    public string Uri => $"amqp://{System.Uri.EscapeDataString(User)}:{System.Uri.EscapeDataString(Password)}@{Named}:{Port}";

    /// <summary>Without the password, for the screen.</summary>
    public override string ToString() => $"amqp://{Named}:{Port}/{Queue}";

    /// <summary>The host in the form of a URI: an IPv6 address in brackets.</summary>
    private string Named => Host.Contains(':') && !Host.StartsWith('[') ? $"[{Host}]" : Host;
}
