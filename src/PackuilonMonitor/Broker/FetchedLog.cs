namespace PackuilonMonitor.Broker;

/// <summary>A log that is being fetched into a file. A piece that comes twice is written once.</summary>
public sealed class FetchedLog(string path, LogDigest digest)
{
    private readonly object _gate = new();
    private readonly List<(long From, DateTimeOffset? At)> _arrivals = [];
    private LogDigest _digest = digest;
    private bool _runs;
    private bool _isLost;
    private long _next;
    private string? _why;

    public LogDigest Digest
    {
        get
        {
            lock (_gate)
                return _digest;
        }
    }

    /// <summary>So many of its bytes are here.</summary>
    public long Size { get; private set; }

    /// <summary>When its bytes were read at the factory.</summary>
    public IReadOnlyList<(long From, DateTimeOffset? At)> Arrivals
    {
        get
        {
            lock (_gate)
                return [.. _arrivals];
        }
    }

    /// <summary>Nothing more will come of it, as far as is known.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_gate)
                return _digest.IsEnded && Size >= _digest.Size;
        }
    }

    /// <summary>Somebody is to fetch it now: true for one caller.</summary>
    public bool TryBegin()
    {
        lock (_gate)
        {
            return !_runs && (_runs = IsLeft);
        }
    }

    /// <summary>Whoever fetches it asks before each attempt; after a no somebody else may begin.</summary>
    public bool GoesOn()
    {
        lock (_gate)
            return _runs = IsLeft;
    }

    private bool IsLeft => !_isLost && !(_digest.IsEnded && Size >= _digest.Size);

    /// <summary>Where in the stream to go on.</summary>
    public long NextPlace(long first)
    {
        lock (_gate)
            return Math.Max(first, _next);
    }

    /// <summary>More is known of it; another log of the same name begins in an empty file.</summary>
    public void Know(LogDigest digest)
    {
        lock (_gate)
        {
            if (digest.Generation != _digest.Generation)
            {
                BeginAgain();
                (_isLost, _why) = (false, null);
            }

            _digest = digest;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>One more piece of it, from that place of the stream.</summary>
    public void Add(LogPiece piece, long place)
    {
        lock (_gate)
        {
            _next = place + 1;
            _why = null;
            if (piece.Offset != Size)
                return;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
                if (file.Length < Size)
                {
                    BeginAgain();
                    throw new IOException($"{path} was removed");
                }

                file.SetLength(Size);
                file.Position = Size;
                file.Write(piece.Bytes.Span);
            }

            _arrivals.Add((Size, piece.ArrivedAt));
            Size += piece.Bytes.Length;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>It can never be fetched.</summary>
    public void Lose(string why)
    {
        lock (_gate)
            _isLost = true;
        Fail(why);
    }

    /// <summary>Readers see an empty file, unless that is gone: then the first piece makes it.</summary>
    private void BeginAgain()
    {
        (Size, _next) = (0, 0);
        _arrivals.Clear();
        try
        {
            File.WriteAllBytes(path, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever cleans the temporary files has removed its folder.
        }
    }

    /// <summary>It cannot be fetched now.</summary>
    public void Fail(string why)
    {
        lock (_gate)
        {
            _why = why;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until all is here that was known when it was asked for.</summary>
    /// <param name="patience">So long nothing may come.</param>
    /// <returns>Why it is not; null where it is.</returns>
    public string? Wait(TimeSpan patience)
    {
        lock (_gate)
        {
            var wanted = _digest.Size;
            while (Size < wanted && _why is null)
            {
                var before = Size;
                if (!Monitor.Wait(_gate, patience) && Size == before)
                    return $"only {Size} of its {wanted} bytes came from the stream of logs";
            }

            return Size < wanted ? _why : null;
        }
    }
}
