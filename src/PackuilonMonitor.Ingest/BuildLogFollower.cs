using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Ingest;

/// <summary>One build log being read, and what it has told since it began.</summary>
internal sealed class BuildLogFollower(string name, TailReader reader) : IDisposable
{
    private BuildLog _log = BuildLog.Empty;
    private int _generation;
    private bool _looked;

    public bool HasMore => reader.HasMore;

    /// <summary>Reads what is new; null if nothing is.</summary>
    /// <param name="now">Lines that come after the first look arrived now; of those before it nobody knows.</param>
    /// <param name="isNew">The file was not there at the look before, so its first lines arrived now, too.</param>
    public BuildLogRead? Poll(Moment now, bool isNew)
    {
        var (log, generation) = (_log, _generation);
        var arrivedAt = _looked || isNew ? now.At : (DateTimeOffset?)null;
        foreach (var brought in reader.Poll(now))
        {
            (log, generation) = brought switch
            {
                LineRead read => (log.Apply(read.Line.Text, arrivedAt), generation),
                ChunkRead { Nuls: >= LongestStrayNuls } => (log.WithHole(), generation),
                SourceRestarted restarted => (BuildLog.Empty, restarted.Generation),
                _ => (log, generation),
            };
        }

        _looked |= !reader.HasMore;
        reader.Rest();
        var changed = !ReferenceEquals(log, _log) || generation != _generation;
        (_log, _generation) = (log, generation);
        return changed ? new BuildLogRead(name, log, generation) : null;
    }

    /// <summary>The log as it is if nothing will be written to it any more: its last line may lack its end.</summary>
    public BuildLogRead Ended() => new(name, _log.AtEnd(reader.Unfinished), _generation);

    public void Dispose() => reader.Dispose();

    /// <summary>A provisioner may print a NUL or two; a hole is longer.</summary>
    private const int LongestStrayNuls = 16;
}
