using System.Globalization;
using System.Text;
using System.Text.Json;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Broker;

/// <summary>
/// What a build log has told so far, among the events of its factory: steps, exit code, reason and what was left behind, without its
/// lines. The newest one of a log holds.
/// </summary>
/// <param name="File">The log's file name.</param>
/// <param name="Build">The id of its build; the file's name where none is known.</param>
/// <param name="Generation">How often a log of that name was another one, from 1.</param>
/// <param name="Log">All that it has told.</param>
public sealed record LogDigest(string File, string Build, long Generation, BuildLog Log)
{
    private const string Type = "log";

    /// <summary>From which message of the stream of logs on its lines are; 0 where none are shipped.</summary>
    public long First { get; init; }

    /// <summary>The last message that has lines of it by now.</summary>
    public long Last { get; init; }

    /// <summary>So many of its bytes are in the stream of logs by now.</summary>
    public long Size { get; init; }

    /// <summary>The build that the pieces name; a broker that filters needs it.</summary>
    public string Filter { get; init; } = Build;

    /// <summary>It is the log of an earlier build, which the file does not contain any more.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>It changes no more, as far as is known.</summary>
    public bool IsEnded { get; init; }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(Json.Object(json =>
    {
        json.WriteString("type", Type);
        json.WriteString("file", File);
        json.WriteString("build", Build);
        json.WriteString("filter", Filter);
        json.WriteNumber("generation", Generation);
        json.WriteNumber("first", First);
        json.WriteNumber("last", Last);
        json.WriteNumber("size", Size);
        json.WriteBoolean("ended", IsEnded);
        json.WriteBoolean("earlier", IsEarlier);
        json.Time("modifiedAt", Log.ModifiedAt);
        json.WriteString("log", LogJson.Of(RememberedLog.Of(Log)));
    }));

    /// <summary>Reads one back; null for a message that is none.</summary>
    public static LogDigest? Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var said = document.RootElement;
            if (
                said.ValueKind is not JsonValueKind.Object
                || !said.TryGetProperty("type", out var type)
                || !type.ValueEquals(Type)
                || said.GetProperty("file").GetString() is not { } file
                || !LogDirectory.IsLogName(file)
                || said.GetProperty("log").GetString() is not { } log
                || LogJson.Read(log) is not { } remembered
            )
                return null;
            var modified = said.GetProperty("modifiedAt").GetString();
            var build = said.GetProperty("build").GetString() ?? file;
            return new LogDigest(
                file,
                build,
                said.GetProperty("generation").GetInt64(),
                remembered.ToLog() with
                {
                    ModifiedAt = modified is null ? null : DateTimeOffset.Parse(modified, CultureInfo.InvariantCulture),
                }
            )
            {
                First = said.GetProperty("first").GetInt64(),
                Last = said.GetProperty("last").GetInt64(),
                Size = said.GetProperty("size").GetInt64(),
                Filter = said.GetProperty("filter").GetString() ?? build,
                IsEnded = said.GetProperty("ended").GetBoolean(),
                IsEarlier = said.GetProperty("earlier").GetBoolean(),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
