using System.Text;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Lines;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>Reads one build log, and holds what was read since the log began.</summary>
/// <param name="appeared">The file was absent at an earlier poll, so its first lines also arrive as they are read.</param>
/// <param name="first">How often the file had restarted before.</param>
/// <param name="known">What another reader knew when it ended: if the file still begins the same way, only what follows is new.</param>
/// <param name="grown">Receives new lines before their observation; null if nobody asks.</param>
internal sealed class BuildLogFollower(
    string name,
    FileLocation place,
    bool appeared,
    int first = 0,
    KnownLog? known = null,
    Action<LogGrowth>? grown = null
) : IDisposable
{
    private static readonly TailOptions Options = new() { Kind = SourceKind.BuildLog, Runs = QuietOutput.RunLength };

    private TailReader _reader = new(place, Options);
    private BuildLog _log = known?.Log ?? BuildLog.Empty;
    private KnownPart? _known = known is null ? null : new KnownPart(known);
    private int _first = known?.Generation ?? first;
    private int _again;
    private bool _live = appeared;
    private bool _began = known is null;

    public string Name => name;

    /// <summary>The log as read so far.</summary>
    public BuildLogRead Known => new(name, _log with { ModifiedAt = ModifiedAt }, _first + _again);

    /// <summary>When the file was last written, as of the previous poll.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The last poll used up its share of bytes.</summary>
    public bool HasMore => _reader.HasMore;

    /// <summary>Why the log cannot be read now; null if it can, or is absent.</summary>
    public string? Why => _reader.Health is { State: SourceState.Unreadable } health ? health.Text : null;

    /// <summary>The number of lines that the last poll read.</summary>
    public long LinesRead { get; private set; }

    /// <summary>The number of characters in all lines of the last poll.</summary>
    public long CharactersRead { get; private set; }

    /// <summary>The text of the last line, if the line has no end.</summary>
    public string Unfinished => _reader.Unfinished;

    /// <summary>Reads new bytes; null if there are none.</summary>
    public BuildLogRead? Poll(Moment now)
    {
        var read = PollFile(now, out var isAnother);
        if (!isAnother)
            return read;
        // This is not the known log: that one ended, and this one is new from its first line.
        _reader.Dispose();
        _reader = new TailReader(place, Options);
        (_log, _known, _first, _again, _began) = (BuildLog.Empty, null, _first + 1, 0, true);
        if (PollFile(now, out _) is { } first)
            return first;
        grown?.Invoke(new LogGrowth(name, _first) { Began = true, ModifiedAt = ModifiedAt });
        _began = false;
        return Known;
    }

    /// <summary>The log including an unfinished last line; null if the last line is finished. Only for a log that nobody follows.</summary>
    public BuildLogRead? Ended() => _reader.Unfinished.StartsWith("rabbit2packer: Build finished at ", StringComparison.Ordinal)
        ? Known with { Log = Known.Log.AtEnd(_reader.Unfinished) }
        : null;

    public void Dispose() => _reader.Dispose();

    private BuildLogRead? PollFile(Moment now, out bool isAnother)
    {
        var (draft, again) = (new BuildLogDraft(_log), _again);
        var lines = grown is null ? null : new LogLines.Builder();
        var hole = false;
        isAnother = false;
        (LinesRead, CharactersRead) = (0, 0);
        // The arrival times of lines that precede the first poll are unknown.
        var arrivedAt = _live ? now.At : (DateTimeOffset?)null;
        foreach (var tailEvent in _reader.Poll(now))
        {
            CharactersRead += tailEvent switch
            {
                LineRead { Line.Text.Length: var length } => length + 1,
                RunRead run => run.Bytes.Length,
                _ => 0,
            };
            switch (tailEvent)
            {
                case RunRead run:
                    Take(run);
                    run.Release();
                    break;
                case LineRead { Line.Text: var line } when _known is { IsOver: false } part:
                    part.Take(Encoding.UTF8.GetBytes(line));
                    break;
                case LineRead { Line.Text: var line }:
                    lines?.Add(line);
                    draft.Apply(line, arrivedAt);
                    LinesRead++;
                    break;
                case ChunkRead { HasHole: true } when _known is null or { IsOver: true }:
                    hole = true;
                    draft.AddHole();
                    break;
                case SourceRestarted when _known is { IsOver: false }:
                    isAnother = true;
                    return null;
                case SourceRestarted restarted:
                    lines?.Clear();
                    (hole, _began) = (false, true);
                    (draft, again) = (new BuildLogDraft(BuildLog.Empty), restarted.Generation);
                    break;
            }
        }

        if (_known is { } held)
        {
            isAnother = held.IsAnother || !held.IsOver && !_reader.HasMore && _reader.Health.State is SourceState.Following;
            if (isAnother)
                return null;
        }

        _live |= !_reader.HasMore;
        _reader.Rest();
        var log = draft.ToLog();
        var changed = !ReferenceEquals(log, _log) || again != _again;
        (_log, _again) = (log, again);
        if (!changed)
            return null;
        grown?.Invoke(
            new LogGrowth(name, _first + again)
            {
                Began = _began,
                ArrivedAt = arrivedAt,
                ModifiedAt = ModifiedAt,
                Lines = lines!.ToLines(),
                HasHole = hole,
            }
        );
        _began = false;
        return Known;

        void Take(RunRead run)
        {
            var rest = run.Bytes;
            var left = run.Lines;
            for (; left > 0 && _known is { IsOver: false } part; left--)
                part.Take(LogLines.TakeFirst(ref rest));

            lines?.Add(rest, left);
            draft.Apply(rest, left, arrivedAt);
            LinesRead += left;
        }
    }

    /// <summary>Compares the beginning of a file with what was known of it.</summary>
    private sealed class KnownPart(KnownLog known)
    {
        private long _lines;
        private ulong _check = KnownLog.NoCheck;

        public bool IsOver => _lines == known.Lines;

        public bool IsAnother => IsOver && _check != known.Check;

        public void Take(ReadOnlySpan<byte> line) => (_lines, _check) = (_lines + 1, KnownLog.CheckOf(_check, line));
    }
}
