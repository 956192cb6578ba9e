using System.Globalization;
using PackuilonMonitor.Core.Packer;
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
internal sealed record GrownLog(string File, string Build, int Another, FileLocation Place);

/// <summary>
/// Publishes the bytes of build logs to a stream of their own, on a thread and a connection of its own, so that events never wait for
/// them. What was published before is asked of the stream itself, after a restart as after a lost connection. A log that is gone before it
/// was published is published from its copy.
/// </summary>
/// <param name="copies">The copies of this host.</param>
internal sealed class LogShipper(EventStream stream, LogLimits limits, StoredLogs copies, Action<string> said) : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>So many of the last published bytes must stand before the next ones: a log may begin again at any moment.</summary>
    private const int TailLength = 256;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly Dictionary<string, GrownLog> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _another = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beginning = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private readonly Queue<ShippedLog> _announced = new();
    private readonly CopyQueue _copies = new(copies, limits);
    private readonly byte[] _buffer = new byte[TailLength + LogPiece.Longest];
    private readonly Dictionary<string, byte[]> _tails = new(StringComparer.Ordinal);

    /// <summary>Called on the thread with a log of which all that was there is published, and how often it began again.</summary>
    public Action<ShippedLog, int> Shipped { get; init; } = (_, _) => { };

    /// <summary>
    /// Called on the thread with a log of which all is published, whether another one of that name is published too, and what it says.
    /// </summary>
    public Action<ShippedLog, bool, BuildLog> Copied { get; init; } = (_, _, _) => { };

    public void Begin() => new Thread(Run) { Name = "logs", IsBackground = true }.Start();

    /// <summary>A log has grown; returns at once. From any thread.</summary>
    public void See(GrownLog log)
    {
        lock (_gate)
            _waiting[log.File] = log;
        _wake.Set();
    }

    /// <summary>The builds whose logs are gone by now; returns at once. From any thread.</summary>
    public void See(IReadOnlyList<GoneLog> gone)
    {
        _copies.See(gone);
        _wake.Set();
    }

    /// <summary>The events say how far a log is published; returns at once. From any thread.</summary>
    public void Announce(ShippedLog log)
    {
        lock (_gate)
            _announced.Enqueue(log);
        _wake.Set();
    }

    public void Dispose() => _stop.Cancel();

    private void Run()
    {
        string? announced = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var logs = new LogStream(stream, _stop.Token);
                _another.Clear();
                _beginning.Clear();
                _tails.Clear();
                announced = null;
                Work(logs);
            }
            catch (Exception error) when (BrokerFault.IsOrdinary(error))
            {
                if (_stop.IsCancellationRequested)
                    return;
                var why = $"{stream.LogQueue}: {BrokerFault.Reason(error)}; trying again";
                if (why != announced)
                    said(announced = why);
                _stop.Token.WaitHandle.WaitOne(Retry);
            }
        }
    }

    /// <summary>Publishes what waits, a piece of each log in turn, and copies after them, until the connection is lost.</summary>
    private void Work(LogStream logs)
    {
        _copies.Begin();
        while (true)
        {
            List<GrownLog> turn;
            lock (_gate)
            {
                _wake.Reset();
                turn = [.. _waiting.Values];
                while (_announced.TryDequeue(out var announced))
                    logs.Announce(announced);
            }

            foreach (var log in turn)
                Publish(logs, log);
            if (turn.Count > 0)
                continue;
            if (_copies.Next(logs.Table) is { } copy)
            {
                Publish(logs, copy);
                continue;
            }

            logs.Rest();
            _wake.Wait(_stop.Token);
        }
    }

    /// <summary>Publishes the next piece of a log; one of which nothing is left does not wait any more.</summary>
    private void Publish(LogStream logs, GrownLog log)
    {
        if (PublishPiece(logs, log))
            return;
        lock (_gate)
        {
            if (_waiting.GetValueOrDefault(log.File) == log)
                _waiting.Remove(log.File);
        }

        // Another log of the name, of which there is nothing yet, is not the one in the table.
        if (!_beginning.Contains(log.File) && logs.Table.Find(log.File) is { } done)
            Shipped(done, log.Another);
    }

    /// <summary>Publishes the next piece of a log; false where nothing of it is left.</summary>
    private bool PublishPiece(LogStream logs, GrownLog log)
    {
        using var file = log.Place.Open().File;
        if (file is null || Known(logs.Table, log, file) is not { } known)
            return false;
        var room = limits.BytesABuild - known.Size;
        var tail = known.Size == 0 ? [] : _tails.GetValueOrDefault(log.File) ?? [];
        var most = tail.Length + (int)Math.Clamp(room, 0, LogPiece.Longest);
        var length = OpenFile.Read(file.Handle, _buffer.AsSpan(0, most), known.Size - tail.Length) - tail.Length;
        if (room <= 0 && _cut.Add(log.File))
            said(string.Create(CultureInfo.InvariantCulture, $"{log.File}: only its first {limits.BytesABuild} bytes are shipped"));
        if (length <= 0 || !_buffer.AsSpan(0, tail.Length).SequenceEqual(tail))
            return false;
        var bytes = _buffer.AsMemory(tail.Length, length);
        logs.Publish(
            new LogPiece(log.File, known.Generation, known.Size, DateTimeOffset.UtcNow, bytes)
            {
                Build = log.Build,
                Filter = known.Size == 0 ? log.Build : known.Filter,
            }
        );
        _beginning.Remove(log.File);
        _tails[log.File] = _buffer[Math.Max(0, tail.Length + length - TailLength)..(tail.Length + length)];
        Pause(length);
        return true;
    }

    /// <summary>Publishes the next piece of a copy; the last one ends it.</summary>
    private void Publish(LogStream logs, CopyToShip copy)
    {
        if (copy.Next() is { } piece)
        {
            logs.Publish(piece);
            Pause(piece.Bytes.Length);
        }

        if (copy.In(logs.Table) is { } done)
            Copied(done, logs.Table.Find(done.File) != done, copy.Stored.Log);
    }

    private void Pause(int length) => _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds((double)length / limits.BytesASecond));

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
