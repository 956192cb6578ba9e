using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PackuilonMonitor.Ingest;

/// <summary>One entry of systemd's journal, as <c>journalctl -o json</c> prints it.</summary>
/// <param name="Line">The line that rsyslog would have written, with an ISO-8601 stamp.</param>
/// <param name="Cursor">The position; null if the entry has none.</param>
/// <param name="Distrust">Why the entry is not from its program, or null if nothing contradicts it.</param>
public sealed record JournalEntry(string Line, string? Cursor, string? Distrust)
{
    /// <summary>Users from here on are people; daemons have smaller numbers.</summary>
    private const long FirstPerson = 1000;

    /// <summary>journald's present and old names.</summary>
    private const string Journald = "systemd-journal";

    /// <summary>Parses a line of JSON; null if it is not an entry or has no message.</summary>
    /// <param name="zone">The zone of the stamp.</param>
    public static JournalEntry? Of(string json, TimeZoneInfo zone)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var entry = document.RootElement;
            if (entry.ValueKind is not JsonValueKind.Object || Time(entry, zone) is not { } at || Text(entry, "MESSAGE") is not { } message)
                return null;
            var (host, name) = (Word(Text(entry, "_HOSTNAME")), Word(Text(entry, "SYSLOG_IDENTIFIER") ?? Text(entry, "_COMM")));
            var stamp = at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
            return new JournalEntry($"{stamp} {host} {name}: {Escaped(message)}", Text(entry, "__CURSOR"), Doubt(entry, name));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Anybody can log under any name, but journald itself writes the fields that begin with an underscore. A program that ended before
    /// journald examined it has no path, which proves nothing.
    /// </summary>
    private static string? Doubt(JsonElement entry, string name)
    {
        if (long.TryParse(Text(entry, "_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out var user) && user >= FirstPerson)
            return $"not trusted: written by user {user}";
        if (Text(entry, "_EXE") is not { Length: > 0 } path)
            return null;
        var program = path[(path.LastIndexOf('/') + 1)..];
        if (name.StartsWith(Journald, StringComparison.Ordinal))
            return program.StartsWith(Journald, StringComparison.Ordinal) ? null : $"not trusted: written by {path}";
        if (name == "systemd")
            return program == "systemd" ? null : $"not trusted: written by {path}";
        return
            program.StartsWith("python", StringComparison.Ordinal)
            || program.StartsWith("platform-python", StringComparison.Ordinal)
            || program.StartsWith("perl", StringComparison.Ordinal)
            ? null
            : $"not trusted: written by {path}";
    }

    private static DateTimeOffset? Time(JsonElement entry, TimeZoneInfo zone) =>
        long.TryParse(Text(entry, "__REALTIME_TIMESTAMP"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds <= LatestMicrosecond
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), zone)
            : null;

    /// <summary>The year 2999: no entry is younger, and the arithmetic of zones needs room.</summary>
    private const long LatestMicrosecond = 32_472_144_000_000_000;

    /// <summary>A field as text: invalid UTF-8 comes as numbers, a repeated field as a list.</summary>
    private static string? Text(JsonElement entry, string field) => entry.TryGetProperty(field, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() > 0 && value[0].ValueKind is JsonValueKind.Number =>
            Encoding.UTF8.GetString([.. value.EnumerateArray().Select(number => number.TryGetByte(out var part) ? part : (byte)'?')]),
        JsonValueKind.Array when value.GetArrayLength() > 0 => Text(value[0]),
        _ => null,
    };

    private static string Word(string? text) => text is null or "" ? "-" : Escaped(text).Replace(' ', '_');

    /// <summary>Control characters as rsyslog writes them, #012 for a line end: an entry is one line.</summary>
    private static string Escaped(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var line = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (letter < ' ')
                line.Append('#').Append(Convert.ToString(letter, 8).PadLeft(3, '0'));
            else
                line.Append(letter);
        }

        return line.ToString();
    }
}
