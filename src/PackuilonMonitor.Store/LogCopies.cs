using System.Collections.Frozen;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Ingest;

namespace PackuilonMonitor.Store;

/// <summary>Which logs are copied in the store, and which are still to be copied from the log directory.</summary>
internal sealed class LogCopies(Retention keeping, LogDirectory directory)
{
    private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Kept { get; private set; } = FrozenSet<string>.Empty;

    public void Know(IReadOnlyDictionary<string, (long Lines, long Bytes)> kept)
    {
        _lines.Clear();
        foreach (var (build, copy) in kept)
            _lines[build] = copy.Lines;
        Kept = _lines.Keys.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Writes the times of these builds' logs, and copies of those that have ended. Returns whether it made a copy.</summary>
    public bool Put(HistoryStore store, IReadOnlyList<BuildView> changed, SeenLogs seen, DateTimeOffset now)
    {
        var copied = false;
        // The newest first: otherwise the oldest beyond the limits would be copied only to be deleted.
        foreach (var build in changed.Reverse())
        {
            if (build is not { Log: { } log, LogGone: false, StartedAt: { } startedAt } || seen.Of(build) is not { } times)
                continue;
            var ended = !build.Running;
            if (
                ended
                && keeping.Logs
                && now - startedAt < keeping.Longest
                && _lines.GetValueOrDefault(build.Id, -1) < log.LineCount
                && Copy(build) is { } copy
                && copy.Packed.Length <= keeping.MostLogBytes
                && store.HasRoom(copy.Packed.Length, startedAt, keeping)
            )
            {
                store.Put(build.Id, startedAt, times, copy);
                _lines[build.Id] = log.LineCount;
                copied = true;
            }
            else if (!ended && times.Entries.Exists(entry => entry.Second is not null))
            {
                store.Put(build.Id, startedAt, times, null);
            }
        }

        return copied;
    }

    /// <summary>The log in its file, if that is still the log that was read and has not grown since.</summary>
    private PackedLog? Copy(BuildView build)
    {
        using var file = directory.Open(build.Name.File).File;
        return file is not null && PackedLog.Of(file, Retention.MostOfOneLog) is { } copy && copy.Lines == build.Log!.LineCount
            ? copy
            : null;
    }
}
