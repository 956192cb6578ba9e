using System.Text;
using System.Text.Json;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Broker;

/// <summary>How far a log is in the stream.</summary>
/// <param name="File">The log's file name.</param>
/// <param name="Build">The id of its build; the file's name where none is known.</param>
/// <param name="Generation">How often a log of that name was another one, from 1.</param>
/// <param name="Size">So many of its bytes are there.</param>
/// <param name="Check">Tells these bytes from others: <see cref="ByteCheck"/>.</param>
/// <param name="First">The number of the message with its first bytes; 0 for none.</param>
/// <param name="Last">That of its last.</param>
public sealed record ShippedLog(string File, string Build, long Generation, long Size, ulong Check, long First, long Last)
{
    /// <summary>The value of its pieces for a broker that filters.</summary>
    public string Filter { get; init; } = Build;

    /// <summary>The events say that these bytes are there.</summary>
    public bool IsAnnounced { get; init; }
}

/// <summary>
/// All logs that are in the stream, as far as they are. It is in the stream itself, now and then: whoever ships begins with the last one
/// and what follows it.
/// </summary>
public sealed class ShippedLogTable
{
    /// <summary>Of more logs the oldest are forgotten: they are not in the log directory any more.</summary>
    public const int Most = 2_000;

    private readonly Dictionary<string, ShippedLog> _logs = new(StringComparer.Ordinal);

    /// <summary>Logs that the files do not contain any more, by build.</summary>
    private readonly Dictionary<string, ShippedLog> _earlier = new(StringComparer.Ordinal);

    /// <summary>The number of the last message.</summary>
    public long Last { get; set; }

    public IReadOnlyCollection<ShippedLog> All => _logs.Values;

    public ShippedLog? Find(string file) => _logs.GetValueOrDefault(file);

    /// <summary>The log of a build, if the file contains another one by now.</summary>
    public ShippedLog? FindEarlier(string build) => _earlier.GetValueOrDefault(build);

    /// <summary>The log of a build, whether the file contains another one by now or not.</summary>
    public ShippedLog? FindOf(string file, string build) =>
        FindEarlier(build) ?? (Find(file) is { } log && log.Build == build ? log : null);

    /// <summary>The number of the next log of that name that is another one.</summary>
    public long NextGeneration(string file) =>
        1 + _logs.Values.Concat(_earlier.Values).Where(log => log.File == file).Select(log => log.Generation).DefaultIfEmpty().Max();

    private const long FirstStepBack = 300;

    /// <summary>The table of what a stream holds: the last one in it, and what follows that.</summary>
    /// <param name="read">Reads from a place, "last" or a number, to the place before another.</param>
    /// <returns>The table, and how many messages of ours follow the one it was read from.</returns>
    public static (ShippedLogTable Table, long Behind) In(Func<object, long, IReadOnlyList<StreamMessage>> read)
    {
        var known = new List<StreamMessage>(read("last", long.MaxValue));
        for (var step = FirstStepBack; known is [{ Place: > 0 and var first }, ..] && !known.Exists(IsIn); step *= 2)
        {
            var earlier = read(Math.Max(0, first - step), first);
            if (earlier is not [var oldest, ..] || oldest.Place >= first)
                // What is older was forgotten by the broker.
                break;
            known.InsertRange(0, earlier);
        }

        var (table, behind) = (new ShippedLogTable(), 0L);
        foreach (var message in known)
        {
            if (LastEvent.NumberOf(LogPiece.Sequence, message.Properties) is not (> 0 and var sequence))
                continue;
            if (LogPiece.Of(message.Properties, message.Body) is { } piece)
                table.Add(piece, sequence);
            else if (!table.TryRead(message.Body))
                continue;
            else
                behind = -1;
            table.Last = Math.Max(table.Last, sequence);
            behind++;
        }

        return (table, behind);
    }

    /// <summary>Whether a message holds a table.</summary>
    public static bool IsIn(StreamMessage message) =>
        LastEvent.NumberOf(LogPiece.Sequence, message.Properties) > 0
        && LogPiece.Of(message.Properties, message.Body) is null
        && new ShippedLogTable().TryRead(message.Body);

    /// <summary>One more piece is in the stream, under that number.</summary>
    public void Add(LogPiece piece, long sequence)
    {
        Last = Math.Max(Last, sequence);
        var known = piece.IsEarlier ? FindEarlier(piece.Build) : Find(piece.File);
        if (known is null || piece.Generation > known.Generation)
        {
            if (!piece.IsEarlier && known is not null && known.Build != known.File && known.Build != piece.Build && !HasCopyOf(known))
                Put(_earlier, known.Build, known);
            known = new ShippedLog(piece.File, piece.Build, piece.Generation, 0, ByteCheck.Start, sequence, sequence)
            {
                Filter = piece.Filter,
            };
        }

        // What was sent twice is there already.
        if (piece.Generation < known.Generation || piece.Offset != known.Size)
            return;
        var (logs, key) = piece.IsEarlier ? (_earlier, piece.Build) : (_logs, piece.File);
        Put(logs, key, known with
        {
            Build = piece.Build == piece.File ? known.Build : piece.Build,
            Size = known.Size + piece.Bytes.Length,
            Check = ByteCheck.Of(known.Check, piece.Bytes.Span),
            First = known.Size == 0 ? sequence : known.First,
            Last = sequence,
            IsAnnounced = false,
        });
    }

    /// <summary>The events say now that these bytes of a log are there; false if that was known, or more bytes are there.</summary>
    public bool Announce(ShippedLog announced)
    {
        var present = Find(announced.File) == announced;
        if (announced.IsAnnounced || (!present && FindEarlier(announced.Build) != announced))
            return false;
        if (present)
            _logs[announced.File] = announced with { IsAnnounced = true };
        else
            _earlier[announced.Build] = announced with { IsAnnounced = true };
        return true;
    }

    /// <summary>A copy that was published after it has all of it.</summary>
    private bool HasCopyOf(ShippedLog log) => FindEarlier(log.Build) is { } copy && copy.Generation > log.Generation;

    private static void Put(Dictionary<string, ShippedLog> logs, string key, ShippedLog log)
    {
        logs[key] = log;
        if (logs.Count > Most)
            logs.Remove(logs.MinBy(one => one.Value.Last).Key);
    }

    private const string Type = "log-table";

    /// <summary>The table as a message.</summary>
    public byte[] Bytes() => Encoding.UTF8.GetBytes(Json.Object(json =>
    {
        json.WriteString("type", Type);
        json.Array("logs", _logs.Values, Write);
        json.Array("earlier", _earlier.Values, Write);
    }));

    private static void Write(Utf8JsonWriter json, ShippedLog log)
    {
        json.WriteString("file", log.File);
        json.WriteString("build", log.Build);
        json.WriteNumber("generation", log.Generation);
        json.WriteNumber("size", log.Size);
        json.WriteNumber("check", log.Check);
        json.WriteNumber("first", log.First);
        json.WriteNumber("last", log.Last);
        json.WriteString("filter", log.Filter);
        json.WriteBoolean("isAnnounced", log.IsAnnounced);
    }

    /// <summary>Takes the place of what is known, by a message; false for one that is no table.</summary>
    public bool TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var table = document.RootElement;
            if (!table.GetProperty("type").ValueEquals(Type))
                return false;
            var logs = Logs(table.GetProperty("logs"));
            var earlier = Logs(table.GetProperty("earlier"));
            _logs.Clear();
            _earlier.Clear();
            foreach (var log in logs)
                _logs[log.File] = log;
            foreach (var log in earlier)
                _earlier[log.Build] = log;
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }

    private static List<ShippedLog> Logs(JsonElement written) => [.. written.EnumerateArray().Select(Log).OfType<ShippedLog>()];

    private static ShippedLog? Log(JsonElement log) =>
        log.GetProperty("file").GetString() is { } file && log.GetProperty("build").GetString() is { } build
        && log.GetProperty("size").GetInt64() is >= 0 and var size
            ? new ShippedLog(
                file, build, log.GetProperty("generation").GetInt64(), size, log.GetProperty("check").GetUInt64(),
                log.GetProperty("first").GetInt64(), log.GetProperty("last").GetInt64())
            {
                Filter = log.GetProperty("filter").GetString() ?? build,
                IsAnnounced = log.GetProperty("isAnnounced").GetBoolean(),
            }
            : null;
}

/// <summary>A number that tells bytes from others, made of them in turn; the same in every process.</summary>
public static class ByteCheck
{
    public const ulong Start = 0xCBF29CE484222325;

    public static ulong Of(ulong before, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            before = (before ^ one) * 0x100000001B3;
        return before;
    }
}
