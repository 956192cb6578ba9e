using System.Text;
using RabbitMQ.Client;

namespace PackuilonMonitor.Broker;

/// <summary>A part of a build log as it is published: bytes as they stand in the file, and where.</summary>
/// <param name="File">The log's file name in the log directory.</param>
/// <param name="Generation">How often a log of that name was another one.</param>
/// <param name="Offset">The position of its first byte in the log.</param>
/// <param name="ArrivedAt">When its first byte was read; null if nobody knows.</param>
public sealed record LogPiece(string File, long Generation, long Offset, DateTimeOffset? ArrivedAt, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>No piece is longer, so that the first page of a log is little to wait for.</summary>
    public const int Longest = 12 * 1024;

    /// <summary>The number of a message, from 1; those without pieces count too, so that it tells the place in the stream.</summary>
    public const string Sequence = "packuilon-sequence";

    /// <summary>A broker that filters sends only chunks that hold this value.</summary>
    private const string FilterHeader = "x-stream-filter-value";

    private const string FileHeader = "packuilon-log";
    private const string BuildHeader = "packuilon-build";
    private const string GenerationHeader = "packuilon-generation";
    private const string OffsetHeader = "packuilon-offset";
    private const string ArrivedHeader = "packuilon-arrived";
    private const string EarlierHeader = "packuilon-earlier";

    /// <summary>The id of the build whose log it is, as the shipper knew it; the file's name where it knew none.</summary>
    public string Build { get; init; } = File;

    /// <summary>The same for all pieces of one log, also where its build became known later.</summary>
    public string Filter
    {
        get => field ?? Build;
        init;
    }

    /// <summary>It is of a copy of the log of an earlier build: the file does not contain it any more.</summary>
    public bool IsEarlier { get; init; }

    public Dictionary<string, object?> Headers(long sequence)
    {
        var headers = new Dictionary<string, object?>
        {
            [Sequence] = sequence,
            [FilterHeader] = Filter,
            [FileHeader] = File,
            [BuildHeader] = Build,
            [GenerationHeader] = Generation,
            [OffsetHeader] = Offset,
        };
        if (ArrivedAt is { } arrived)
            headers[ArrivedHeader] = arrived.ToUnixTimeMilliseconds();
        if (IsEarlier)
            headers[EarlierHeader] = true;
        return headers;
    }

    /// <summary>A message as a piece of ours; null for what is none.</summary>
    public static LogPiece? Of(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (
            body.Length is 0 or > Longest
            || LastEvent.NumberOf(Sequence, properties) == 0
            || Text(FileHeader, properties) is not { } file
            || !Ingest.LogDirectory.IsLogName(file)
            || LastEvent.NumberOf(GenerationHeader, properties) is not (> 0 and var generation)
        )
            return null;
        var hasTime = properties.Headers!.ContainsKey(ArrivedHeader);
        if (hasTime && LastEvent.NumberOf(ArrivedHeader, properties) is not (> 0 and < LatestMilliseconds))
            return null;
        return new LogPiece(
            file,
            generation,
            LastEvent.NumberOf(OffsetHeader, properties),
            hasTime ? DateTimeOffset.FromUnixTimeMilliseconds(LastEvent.NumberOf(ArrivedHeader, properties)) : null,
            body
        )
        {
            Build = Text(BuildHeader, properties) ?? file,
            Filter = Text(FilterHeader, properties) ?? file,
            IsEarlier = properties.Headers!.TryGetValue(EarlierHeader, out var earlier) && earlier is true,
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
