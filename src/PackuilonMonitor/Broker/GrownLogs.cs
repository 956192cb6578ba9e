using System.Globalization;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Broker;

/// <summary>How much of the build logs is shipped.</summary>
/// <param name="BytesABuild">What a log has more than that is left out.</param>
/// <param name="BytesASecond">Of all logs together.</param>
public sealed record LogLimits(long BytesABuild, long BytesASecond);

/// <summary>A log that has grown.</summary>
/// <param name="Build">The id of its build; the file's name where none is known.</param>
/// <param name="Another">How often the file began again, as its reader counts.</param>
/// <param name="Place">Where it is opened.</param>
public sealed record GrownLog(string File, string Build, int Another, FileLocation Place);

/// <summary>
/// The logs that have grown, and the next piece of each, from where the stream ends. A log that cannot be read is tried again later, and
/// keeps no other one waiting. For one thread, apart from what has grown.
/// </summary>
/// <param name="said">Called with what is left out, and with what cannot be read.</param>
public sealed class GrownLogs(LogLimits limits, Action<string> said)
{
    /// <summary>The pause before a log that could not be read is tried again; one that grows is tried at once.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    /// <summary>So many of the last published bytes must stand before the next ones: a log may begin again at any moment.</summary>
    private const int TailLength = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GrownLog> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _another = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beginning = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _tails = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GrownLog Log, string Why, TimeSpan Due)> _unreadable = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = new byte[TailLength + LogPiece.Longest];

    /// <summary>How long to wait if nothing grows; infinite if nothing is to be tried again.</summary>
    public TimeSpan Patience => _unreadable.Count > 0 ? Retry : Timeout.InfiniteTimeSpan;

    /// <summary>A log has grown. From any thread.</summary>
    public void See(GrownLog log)
    {
        lock (_gate)
            _waiting[log.File] = log;
    }

    /// <summary>There is a new connection: how far each log is published is found out again.</summary>
    public void Begin()
    {
        _another.Clear();
        _beginning.Clear();
        _tails.Clear();
    }

    /// <summary>The logs of which a piece is due.</summary>
    /// <param name="now">The running time.</param>
    public IReadOnlyList<GrownLog> Due(TimeSpan now)
    {
        lock (_gate)
        {
            foreach (var (log, _, _) in _unreadable.Values.Where(one => one.Due <= now))
                _waiting.TryAdd(log.File, log);
            return [.. _waiting.Values];
        }
    }

    /// <summary>The next piece of a log; null if nothing of it is left or it cannot be read, and then it is not due any more.</summary>
    public LogPiece? Next(ShippedLogTable table, GrownLog log, TimeSpan now)
    {
        var piece = default(LogPiece);
        try
        {
            piece = Piece(table, log);
            _unreadable.Remove(log.File);
        }
        catch (IOException error)
        {
            var why = error.Message.ReplaceLineEndings(" ");
            if (!_unreadable.TryGetValue(log.File, out var before) || before.Why != why)
                said($"{log.File}: {why}; trying again");
            _unreadable[log.File] = (log, why, now + Retry);
        }

        if (piece is not null)
            return piece;
        lock (_gate)
        {
            if (_waiting.GetValueOrDefault(log.File) == log)
                _waiting.Remove(log.File);
        }

        return null;
    }

    /// <summary>How far a log is published of which no piece is left; null if it could not be read.</summary>
    public ShippedLog? Whole(ShippedLogTable table, GrownLog log) =>
        // Another log of the name, of which there is nothing yet, is not the one in the table.
        _beginning.Contains(log.File) || _unreadable.ContainsKey(log.File) ? null : table.Find(log.File);

    /// <exception cref="IOException">The log cannot be read.</exception>
    private LogPiece? Piece(ShippedLogTable table, GrownLog log)
    {
        using var file = log.Place.Open().File;
        if (file is null || Known(table, log, file) is not { } known)
            return null;
        var room = limits.BytesABuild - known.Size;
        var tail = known.Size == 0 ? [] : _tails.GetValueOrDefault(log.File) ?? [];
        var most = tail.Length + (int)Math.Clamp(room, 0, LogPiece.Longest);
        var length = OpenFile.Read(file.Handle, _buffer.AsSpan(0, most), known.Size - tail.Length) - tail.Length;
        if (room <= 0 && _cut.Add(log.File))
            said(string.Create(CultureInfo.InvariantCulture, $"{log.File}: only its first {limits.BytesABuild} bytes are shipped"));
        if (length <= 0 || !_buffer.AsSpan(0, tail.Length).SequenceEqual(tail))
            return null;
        _beginning.Remove(log.File);
        _tails[log.File] = _buffer[Math.Max(0, tail.Length + length - TailLength)..(tail.Length + length)];
        return new LogPiece(log.File, known.Generation, known.Size, DateTimeOffset.UtcNow, _buffer.AsMemory(tail.Length, length))
        {
            Build = log.Build,
            Filter = known.Size == 0 ? log.Build : known.Filter,
        };
    }

    /// <summary>How far a log is published: from its beginning where it is another one than that which is published.</summary>
    private ShippedLog? Known(ShippedLogTable table, GrownLog log, OpenFile file)
    {
        var known = table.Find(log.File)
            ?? new ShippedLog(log.File, log.Build, table.NextGeneration(log.File), 0, ByteCheck.Start, 0, 0);
        var isAnother = _another.TryGetValue(log.File, out var before) ? before != log.Another : !Holds(file, known);
        if (isAnother)
            _tails.Remove(log.File);
        _another[log.File] = log.Another;
        if (isAnother && known.Size > 0)
            _beginning.Add(log.File);
        return _beginning.Contains(log.File) ? known with { Generation = table.NextGeneration(log.File), Size = 0 } : known;
    }

    /// <summary>The file begins with what is published of it.</summary>
    private static bool Holds(OpenFile file, ShippedLog known)
    {
        var (check, buffer) = (ByteCheck.Start, new byte[64 * 1024]);
        for (var offset = 0L; offset < known.Size;)
        {
            var length = OpenFile.Read(file.Handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, known.Size - offset)), offset);
            if (length == 0)
                return false;
            check = ByteCheck.Of(check, buffer.AsSpan(0, length));
            offset += length;
        }

        return check == known.Check;
    }
}
