using System.Text;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>A part of a build log as it is published: bytes as they stand in the file, and where.</summary>
/// <param name="File">The log's file name in the log directory.</param>
/// <param name="Generation">How often a log of that name was another one.</param>
/// <param name="Offset">The position of its first byte in the log.</param>
/// <param name="ArrivedAt">When the shipper read it.</param>
public sealed record LogPiece(string File, long Generation, long Offset, DateTimeOffset ArrivedAt, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>No piece is longer, so that the first page of a log is little to wait for.</summary>
    public const int Longest = 12 * 1024;

    /// <summary>The number of a message, from 1; those without pieces count too, so that it tells the place in the stream.</summary>
    public const string Sequence = "packuilon-sequence";

    /// <summary>A broker that filters sends only chunks that hold this build.</summary>
    public const string Filter = "x-stream-filter-value";

    private const string FileHeader = "packuilon-log";
    private const string BuildHeader = "packuilon-build";
    private const string GenerationHeader = "packuilon-generation";
    private const string OffsetHeader = "packuilon-offset";
    private const string ArrivedHeader = "packuilon-arrived";

    /// <summary>The id of the build whose log it is, as the shipper knew it; the file's name where it knew none.</summary>
    public string Build { get; init; } = File;

    public Dictionary<string, object?> Headers(long sequence) => new()
    {
        [Sequence] = sequence,
        [Filter] = Build,
        [FileHeader] = File,
        [BuildHeader] = Build,
        [GenerationHeader] = Generation,
        [OffsetHeader] = Offset,
        [ArrivedHeader] = ArrivedAt.ToUnixTimeMilliseconds(),
    };

    /// <summary>A message as a piece of ours; null for what is none.</summary>
    public static LogPiece? Of(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (
            body.Length is 0 or > Longest
            || LastEvent.NumberOf(Sequence, properties) == 0
            || Text(FileHeader, properties) is not { } file
            || !Ingest.LogDirectory.IsLogName(file)
            || LastEvent.NumberOf(GenerationHeader, properties) is not (> 0 and var generation)
            || LastEvent.NumberOf(ArrivedHeader, properties) is not (> 0 and < LatestMilliseconds and var arrived)
        )
            return null;
        return new LogPiece(
            file,
            generation,
            LastEvent.NumberOf(OffsetHeader, properties),
            DateTimeOffset.FromUnixTimeMilliseconds(arrived),
            body
        )
        {
            Build = Text(BuildHeader, properties) ?? file,
        };
    }

    /// <summary>The end of the year 9999.</summary>
    private const long LatestMilliseconds = 253_402_300_799_999;

    private static string? Text(string header, IReadOnlyBasicProperties properties) =>
        (properties.Headers?.TryGetValue(header, out var value) == true ? value : null) switch
        {
            byte[] { Length: < 1_000 } bytes => Encoding.UTF8.GetString(bytes),
            string text => text,
            _ => null,
        };
}
