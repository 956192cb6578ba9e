using System.Text.Json;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Health;

/// <summary>Mutes, and requests for them, in their written form.</summary>
internal static class MuteJson
{
    public static string Of(IEnumerable<WrittenMute> mutes) => Json.Value(json => json.Array(mutes, Write));

    public static string Of(MuteRequest request) => Json.Object(json =>
    {
        json.WriteString("factory", request.Factory);
        json.Array("set", request.Set, Write);
        json.Texts("drop", request.Drop);
    });

    /// <exception cref="FormatException">It is not a list of mutes.</exception>
    public static List<WrittenMute> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(ReadMute)];
        }
        catch (Exception error) when (IsOfContent(error))
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>Null for a text that is no request.</summary>
    public static MuteRequest? ReadRequest(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var request = document.RootElement;
            return new MuteRequest(
                request.GetProperty("factory").GetString(),
                [.. request.GetProperty("set").EnumerateArray().Select(ReadMute)],
                Texts(request, "drop")
            );
        }
        catch (Exception error) when (IsOfContent(error))
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, WrittenMute mute)
    {
        json.WriteString("factory", mute.Factory);
        json.WriteString("code", mute.Code);
        json.WriteString("item", mute.Item);
        json.WriteString("at", mute.At);
        if (mute.Until is { } until)
            json.WriteString("until", until);
        else
            json.WriteNull("until");
        json.WriteBoolean("sticky", mute.Sticky);
        json.WriteString("by", mute.By);
        json.Texts("items", mute.Items);
        json.WriteString("severity", mute.Severity);
    }

    private static WrittenMute ReadMute(JsonElement mute) =>
        new(
            mute.GetProperty("factory").GetString(),
            Text(mute, "code"),
            mute.GetProperty("item").GetString(),
            mute.GetProperty("at").GetDateTimeOffset(),
            mute.TryGetProperty("until", out var until) && until.ValueKind is not JsonValueKind.Null ? until.GetDateTimeOffset() : null,
            mute.GetProperty("sticky").GetBoolean(),
            Text(mute, "by"),
            Texts(mute, "items"),
            Text(mute, "severity")
        );

    private static List<string> Texts(JsonElement json, string name) =>
    [
        .. json.GetProperty(name).EnumerateArray()
            .Select(text => text.GetString() ?? throw new FormatException($"a text of {name} is null")),
    ];

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static bool IsOfContent(Exception error) =>
        error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException;
}
