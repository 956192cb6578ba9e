using System.IO.Compression;
using Microsoft.Data.Sqlite;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Store;

/// <summary>Our copy of a finished log.</summary>
/// <param name="Bytes">The content of the file.</param>
/// <param name="Times">When its lines arrived.</param>
public sealed record KeptLog(ReadOnlyMemory<byte> Bytes, LineTimes Times);

/// <summary>The copies of logs in the store.</summary>
internal static class KeptLogs
{
    private const string Write = """
        INSERT INTO logs (build, started_at, lines, size, packed_size, times, packed)
            VALUES ($build, $started, $lines, $size, $packedSize, $times, $packed)
        ON CONFLICT (build) DO UPDATE SET
            lines = excluded.lines, times = excluded.times, size = coalesce(excluded.size, size),
            packed_size = coalesce(excluded.packed_size, packed_size), packed = coalesce(excluded.packed, packed)
        """;

    private const string ReadTimes = "SELECT times FROM logs WHERE build = $build";

    /// <summary>Writes a copy, or without one only the times, joined with another monitor's times of the same log.</summary>
    public static void Put(SqliteConnection store, string build, DateTimeOffset startedAt, LineTimes times, PackedLog? copy)
    {
        using var known = store.Command(ReadTimes, ("$build", build));
        var merged = known.ExecuteScalar() is byte[] packed ? times.With(LineTimes.Unpacked(packed)) : times;
        store.Do(
            Write, ("$build", build), ("$started", startedAt.ToUnixTimeMilliseconds()), ("$lines", copy?.Lines ?? merged.Lines),
            ("$size", copy?.Size), ("$packedSize", copy?.Packed.Length), ("$times", merged.Packed()), ("$packed", copy?.Packed));
    }

    public static KeptLog? Find(SqliteConnection store, string build)
    {
        using var command = store.Command("SELECT packed, times FROM logs WHERE build = $build AND packed IS NOT NULL", ("$build", build));
        using var row = command.ExecuteReader();
        return row.Read() && row.Bytes(0) is { } packed && PackedLog.Unpack(packed) is { } bytes
            ? new KeptLog(bytes, LineTimes.Unpacked(row.Bytes(1)))
            : null;
    }

    /// <summary>Deletes the oldest copies beyond the limits. Returns their number.</summary>
    public static int Trim(SqliteConnection store, Retention keeping, DateTimeOffset now)
    {
        var oldest = (now - keeping.Longest).ToUnixTimeMilliseconds();
        var gone = new List<string>();
        using (
            var command = store.Command("SELECT build, packed_size, started_at FROM logs WHERE packed IS NOT NULL ORDER BY started_at DESC")
        )
        using (var row = command.ExecuteReader())
        {
            for (var total = 0L; row.Read();)
            {
                total += row.Whole(1) ?? 0;
                if ((total > keeping.MostLogBytes || !(row.Whole(2) >= oldest)) && row.Text(0) is { } build)
                    gone.Add(build);
            }
        }

        foreach (var build in gone)
            store.Do("DELETE FROM logs WHERE build = $build", ("$build", build));
        return gone.Count;
    }
}

/// <summary>A log as the store contains it.</summary>
public sealed record PackedLog(byte[] Packed, long Size, long Lines)
{
    private const int BufferLength = 256 * 1024;

    /// <summary>Reads an open log to its end and compresses it; null if it is larger than any build's log, or unreadable.</summary>
    internal static PackedLog? Of(OpenFile file, long most)
    {
        using var packed = new MemoryStream();
        var (size, lines) = (0L, 0L);
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var buffer = new byte[BufferLength];
            try
            {
                for (int got; (got = OpenFile.Read(file.Handle, buffer, size)) > 0; size += got)
                {
                    if (size + got > most)
                        return null;
                    lines += buffer.AsSpan(0, got).Count((byte)'\n');
                    brotli.Write(buffer, 0, got);
                }
            }
            catch (IOException)
            {
                return null;
            }
        }

        return new PackedLog(packed.ToArray(), size, lines);
    }

    internal static byte[]? Unpack(byte[] packed)
    {
        using var bytes = new MemoryStream();
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        try
        {
            var buffer = new byte[BufferLength];
            for (int got; (got = brotli.Read(buffer)) > 0;)
            {
                // No copy of ours is longer.
                if (bytes.Length + got > Retention.MostOfOneLog)
                    return null;
                bytes.Write(buffer, 0, got);
            }

            return bytes.ToArray();
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
