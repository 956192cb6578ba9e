using System.Buffers;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>
/// The state machine of one source: each call of <see cref="Poll"/> is one poll. It has no timer, clock or thread; calls must not overlap.
/// </summary>
public sealed class TailReader : IDisposable
{
    private const int BufferLength = 256 * 1024;
    private const int RestartsInATurn = 3;
    private static readonly TimeSpan Blink = TimeSpan.FromSeconds(1);

    private readonly FileLocation _place;
    private readonly TailOptions _options;
    private readonly ReadOnce? _once;
    private readonly SourceLedger _ledger;
    private readonly FileChain _chain;
    private List<TailEvent> _events = [];
    private Moment _now;
    private TimeSpan? _absentSince;
    private bool _begun;

    /// <summary>A reader of one place; readers that share a <see cref="ReadOnce"/> read no file twice.</summary>
    public TailReader(FileLocation place, TailOptions options, ReadOnce? once = null)
    {
        (_place, _options, _once) = (place, options, once);
        _ledger = new SourceLedger(place.Source);
        _chain = new FileChain(place, options, _ledger, file => _once?.Claims(this, file) ?? true);
    }

    /// <summary>A reader of a path that the user named.</summary>
    public TailReader(string path, TailOptions options) : this(FileLocation.At(path), options)
    {
    }

    public SourceId Source => _place.Source;

    /// <summary>The source as of the last poll.</summary>
    public SourceHealth Health => _ledger.Health;

    /// <summary>The last turn used up its share of bytes before the end of the file: poll again at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The running time at which the last bytes arrived; null before the first.</summary>
    public TimeSpan? ChangedAt { get; private set; }

    /// <summary>The text of the newest line if it has no newline yet, otherwise empty. There is no event before the newline.</summary>
    public string Unfinished => _chain.Live?.Splitter.Unfinished ?? "";

    /// <summary>
    /// How far the source is read as of the last poll; null if that poll did not reach the end, or while a compressed file is read.
    /// </summary>
    public SourcePosition? Place => HasMore || !_begun || _chain.Files.Any(file => file.Inflation is not null) ? null
        : new SourcePosition(Source, [.. _chain.Files.Where(file => file.Kind is GenerationKind.Log).Select(ReadingPosition.Of)]);

    /// <summary>The number of open files.</summary>
    public int OpenFiles => _chain.Files.Count(file => file.File is not null);

    /// <summary>Polls once and reports the changes since the last poll, in file order.</summary>
    public IReadOnlyList<TailEvent> Poll(Moment now)
    {
        (_now, _events, HasMore) = (now, [], false);
        _ledger.Turn(now.At, _events);
        if (!_begun)
            _chain.Begin(now.Running);

        CheckPath();
        _begun = true;
        _chain.Measure(now.Running, _events);
        _options.Hook?.Invoke(TailStep.Measured);
        Read();
        _chain.LetGo(now.Running, _events);

        // Dropped before the next poll: with hundreds of logs that are read once, all their lines would stay in memory.
        var events = _events;
        _ledger.Turn(now.At, _events = []);
        return events;
    }

    /// <summary>Closes the file until there is something to read; only for a build log, which keeps its path.</summary>
    public void Rest()
    {
        if (_options.Kind == SourceKind.BuildLog && !HasMore)
            _chain.Live?.Rest();
    }

    public void Dispose() => _chain.Dispose();

    private void CheckPath()
    {
        var stat = _place.Stat();
        _options.Hook?.Invoke(TailStep.PathChecked);
        if (stat.Absent)
            Absent();
        else if (!stat.Found)
            Hidden(OpenFile.WhyNot(stat.Error));
        else if (!stat.Status.IsRegular)
            Hidden($"not a file but {stat.Status.Sort}");
        else if (_once?.Other(this, stat.Status.Identity) is { } other)
            Another(other);
        else if (_chain.Stand(stat.Status) || Attach())
            Present();
    }

    private bool Attach()
    {
        var opening = _place.Open();
        if (opening.File is not { } file)
        {
            if (opening.Absent)
                Absent();
            else
                Hidden(opening.Why!);
            return false;
        }

        if (_once?.Claims(this, file.Identity) is false)
        {
            file.Dispose();
            return false;
        }

        _options.Hook?.Invoke(TailStep.Opened);
        _chain.Append(file, atStart: !_begun, _now.Running);
        return true;
    }

    private void Present()
    {
        _absentSince = null;
        if (_chain.Live is { Failures: 0 })
            _ledger.Change(SourceState.Following);
    }

    // Between a rename and a create there is no file for a moment: this is not reported.
    private void Absent()
    {
        _chain.Leave(_now.Running);
        _absentSince ??= _now.Running;
        if (!_chain.Seen)
            _ledger.Change(SourceState.Waiting);
        else if (_now.Running - _absentSince >= Blink)
            _ledger.Change(SourceState.Missing);
    }

    private void Hidden(string why)
    {
        _chain.Leave(_now.Running);
        _ledger.Change(SourceState.Unreadable, why);
    }

    private void Another(TailReader other)
    {
        _chain.Leave(_now.Running);
        _ledger.Change(SourceState.Following, $"read as {other.Source}");
    }

    private void Read()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var (budget, restarts) = (_options.BytesPerTurn, 0);
            for (var i = 0; i < _chain.Files.Count && !HasMore; i++)
            {
                var file = _chain.Files[i];
                if (_chain.FindCopies(file, _now.Running))
                {
                    // What was copied away precedes the present content: start at the inserted files.
                    i--;
                    continue;
                }

                var left = budget;
                switch (Read(file, buffer, ref budget))
                {
                    case PollOutcome.AtLimit:
                        _chain.End(file, _events);
                        break;
                    case PollOutcome.OutOfTurn:
                        HasMore = true;
                        break;
                    case PollOutcome.Truncated when restarts++ < RestartsInATurn:
                        i = _chain.Restart(file, _now.Running, _events) - 1;
                        break;
                    case PollOutcome.Truncated:
                        HasMore = true;
                        break;
                    case PollOutcome.Failed when file == _chain.Live && file.Failures > 0:
                        _ledger.Change(SourceState.Unreadable, OpenFile.WhyNot(file.LastError));
                        break;
                    case PollOutcome.Failed:
                        break;
                }

                if (left != budget)
                    ChangedAt = _now.Running;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private PollOutcome Read(Generation file, byte[] buffer, ref int budget)
    {
        if (file.Announcement is { } announcement)
            _events.Add(announcement);
        file.Announcement = null;

        if (file.Inflation is { } inflation)
            return inflation.Read(buffer, ref budget, _events, _ledger.Unread) ? PollOutcome.AtLimit : PollOutcome.OutOfTurn;

        var failed = file.Failures > 0;
        var progress = file.Read(buffer.AsSpan(0, BufferLength), ref budget, _options.Read, _events, _now.Running);
        if (failed && file.Failures == 0 && file == _chain.Live)
            _ledger.Change(SourceState.Following);
        return progress;
    }
}
