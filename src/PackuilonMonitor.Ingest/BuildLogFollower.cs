using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Ingest.Files;

namespace PackuilonMonitor.Ingest;

/// <summary>One build log being read, and what it has told since it began.</summary>
/// <param name="appeared">The file was not there at an earlier look, so that its first lines, too, arrive as they are read.</param>
/// <param name="first">How often the file had begun again before.</param>
internal sealed class BuildLogFollower(string name, FilePlace place, bool appeared, int first = 0) : IDisposable
{
    /// <summary>A provisioner may print a NUL or two; a hole is longer.</summary>
    private const int ShortestHole = 16;

    private static readonly TailOptions Options = new() { Kind = SourceKind.BuildLog };

    private readonly TailReader _reader = new(place, Options);
    private BuildLog _log = BuildLog.Empty;
    private int _again;
    private bool _live = appeared;

    public string Name => name;

    /// <summary>What was read so far.</summary>
    public BuildLogRead Known => new(name, _log with { ModifiedAt = ModifiedAt }, first + _again);

    /// <summary>When the file was last written, by the look before.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The last look ended with its share of bytes.</summary>
    public bool HasMore => _reader.HasMore;

    /// <summary>Why it cannot be read now; null where it can, or is not there.</summary>
    public string? Why => _reader.Health is { State: SourceState.Unreadable } health ? health.Text : null;

    /// <summary>How many lines the last look brought.</summary>
    public long LinesRead { get; private set; }

    /// <summary>Reads what is new; null if nothing is.</summary>
    public BuildLogRead? Poll(Moment now)
    {
        var (log, again) = (_log, _again);
        LinesRead = 0;
        // Nobody knows when the lines came that were there before the first look.
        var arrivedAt = _live ? now.At : (DateTimeOffset?)null;
        foreach (var brought in _reader.Poll(now))
        {
            switch (brought)
            {
                case LineRead read:
                    log = log.Apply(read.Line.Text, arrivedAt);
                    LinesRead++;
                    break;
                case ChunkRead { Nuls: >= ShortestHole }:
                    log = log.WithHole();
                    break;
                case SourceRestarted restarted:
                    (log, again) = (BuildLog.Empty, restarted.Generation);
                    break;
            }
        }

        _live |= !_reader.HasMore;
        _reader.Rest();
        var changed = !ReferenceEquals(log, _log) || again != _again;
        (_log, _again) = (log, again);
        return changed ? Known : null;
    }

    /// <summary>The log with its last line, if that has no end; null if it has one. Only for a log that nobody follows.</summary>
    public BuildLogRead? Ended() => _reader.Unfinished.StartsWith("rabbit2packer: Build finished at ", StringComparison.Ordinal)
        ? Known with { Log = Known.Log.AtEnd(_reader.Unfinished) }
        : null;

    public void Dispose() => _reader.Dispose();
}
