using System.Globalization;
using System.Text.Json;

namespace PackuilonMonitor.Broker;

/// <summary>An event in the form of <c>events --json</c>, turned back into its line of the system log.</summary>
/// <param name="Line">The line with an ISO-8601 stamp.</param>
/// <param name="Unrecognised">Why the sender did not recognise it; null if it did.</param>
public sealed record ShippedEvent(string Line, string? Unrecognised)
{
    /// <summary>Its time.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The line of an event, or null if it is not an event or rests on no line.</summary>
    public static ShippedEvent? Of(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var said = document.RootElement;
            if (said.ValueKind is not JsonValueKind.Object || Text(said, "text") is not { } text || Text(said, "at") is not { } at
                || !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                return null;
            var (host, type) = (Text(said, "host") ?? "-", Text(said, "type"));
            var stamp = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
            // A bare "Starting" whose program only the following lines show must stay without a name.
            var line =
                type == "unnamed-started"
                    ? $"<14>1 {stamp} {host} - - - -  {text}"
                    : $"{stamp} {host} {Tag(Text(said, "program"))}: {text}";
            var unrecognised = type == "unrecognised" ? Text(said, "why") ?? "not recognised by the sender" : null;
            return new ShippedEvent(line, unrecognised) { At = time };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Tag(string? program) => program switch
    {
        "cdb2rabbit" => "cdb2rabbit.py",
        "cdp-listend" => "cdp-listend",
        "syslog" => "rsyslogd",
        _ => "rabbit2packer.py",
    };

    private static string? Text(JsonElement said, string name) =>
        said.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
