using System.Globalization;
using System.Net;
using PackuilonMonitor.Faults;

namespace PackuilonMonitor.Serving;

/// <summary>
/// The address to listen on, as typed: <c>127.0.0.1:9464</c>, <c>[::1]:9464</c>, <c>::1:9464</c>, <c>localhost:9464</c>, or <c>*:9464</c>
/// for all addresses.
/// </summary>
public static class ListenAddress
{
    public const string Usual = "127.0.0.1:9464";

    /// <summary>The address and port; port 0 lets the system choose one.</summary>
    /// <exception cref="WrongUseException">It is neither an address nor a host name, or the port is invalid.</exception>
    public static IPEndPoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (
            colon <= 0
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || Address(text[..colon]) is not { } address
        )
            throw new WrongUseException($"--listen: not an address and port: {text}; give one like {Usual}");
        return new IPEndPoint(address, port);
    }

    private static IPAddress? Address(string host) => host switch
    {
        "*" => IPAddress.IPv6Any,
        "localhost" => IPAddress.Loopback,
        ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var six) ? six : null,
        // Without brackets the last colon is the port's: ::1:9464.
        _ => IPAddress.TryParse(host, out var plain) ? plain : null,
    };
}
