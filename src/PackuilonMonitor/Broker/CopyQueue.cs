namespace PackuilonMonitor.Broker;

/// <summary>A build that has ended, and whose log is not in its file any more.</summary>
/// <param name="Build">Its id, without the name of a factory.</param>
/// <param name="Stored">Its id in the store.</param>
public sealed record GoneLog(string File, string Build, string Stored);

/// <summary>The logs that can be published only from their copies, each once. For one thread, apart from what waits.</summary>
/// <param name="copies">The copies of this host.</param>
public sealed class CopyQueue(StoredLogs copies, LogLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Queue<(GoneLog Log, long Size)> _waiting = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private IReadOnlyList<GoneLog> _gone = [];
    private bool _isNew;
    private CopyToShip? _current;

    /// <summary>The builds whose logs are gone by now. From any thread.</summary>
    public void See(IReadOnlyList<GoneLog> gone)
    {
        lock (_gate)
            (_gone, _isNew) = (gone, true);
    }

    /// <summary>There is a new connection: what it has is asked again.</summary>
    public void Begin()
    {
        _current = null;
        _waiting.Clear();
        _done.Clear();
        lock (_gate)
            _isNew = true;
    }

    /// <summary>The copy whose next piece is to be published, or of which only the events must tell; null if there is none.</summary>
    public CopyToShip? Next(ShippedLogTable table)
    {
        if (_current is { IsDone: false })
            return _current;
        Examine();
        _current = null;
        while (_current is null && _waiting.TryDequeue(out var next))
        {
            var (log, size) = (next.Log, Math.Min(next.Size, limits.BytesABuild));
            var known = table.FindOf(log.File, log.Build);
            var isThere = known is { IsAnnounced: true } && known.Size >= size;
            if (!isThere && copies.Find(log.Stored) is { } stored)
                _current = new CopyToShip(log, stored, table, limits.BytesABuild);
            // A store that cannot be read now is asked again.
            if (isThere || _current is not null)
                _done.Add(log.Build);
        }

        return _current;
    }

    private void Examine()
    {
        IReadOnlyList<GoneLog> gone;
        lock (_gate)
        {
            if (!_isNew)
                return;
            (gone, _isNew) = ([.. _gone.Where(log => !_done.Contains(log.Build))], false);
        }

        if (gone.Count == 0)
            return;
        _waiting.Clear();
        var sizes = copies.Sizes();
        foreach (var log in gone)
        {
            if (sizes.TryGetValue(log.Stored, out var size))
                _waiting.Enqueue((log, size));
        }
    }
}

/// <summary>One copy that is being published, from where the stream has the same bytes.</summary>
public sealed class CopyToShip
{
    private readonly GoneLog _log;
    private readonly long _length;
    private readonly long _generation;
    private readonly string _filter;
    private long _offset;

    public CopyToShip(GoneLog log, StoredLog stored, ShippedLogTable table, long most)
    {
        (_log, Stored, _length) = (log, stored, Math.Min(stored.Bytes.Length, most));
        var earlier = table.FindEarlier(log.Build);
        if (table.FindOf(log.File, log.Build) is { } whole && whole.Size >= _length)
            (_generation, _filter, _offset) = (whole.Generation, whole.Filter, _length);
        else if (earlier is not null && ByteCheck.Of(ByteCheck.Start, stored.Bytes.Span[..(int)earlier.Size]) == earlier.Check)
            (_generation, _filter, _offset) = (earlier.Generation, earlier.Filter, earlier.Size);
        else
            (_generation, _filter) = (table.NextGeneration(log.File), log.Build);
    }

    public StoredLog Stored { get; }

    public bool IsDone => _offset >= _length;

    /// <summary>Its next piece; null if none is left.</summary>
    public LogPiece? Next()
    {
        if (IsDone)
            return null;
        var bytes = Stored.Bytes.Slice((int)_offset, (int)Math.Min(LogPiece.Longest, _length - _offset));
        var piece = new LogPiece(_log.File, _generation, _offset, Stored.ArrivalOf(_offset), bytes)
        {
            Build = _log.Build,
            Filter = _filter,
            IsEarlier = true,
        };
        _offset += bytes.Length;
        return piece;
    }

    /// <summary>How far it is published; null while that is not all.</summary>
    public ShippedLog? In(ShippedLogTable table) => IsDone ? table.FindOf(_log.File, _log.Build) : null;
}
