using System.Collections.Immutable;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Store;

/// <summary>When the lines of the logs were seen to arrive, by file name.</summary>
public sealed record SeenLogs
{
    public static readonly SeenLogs None = new();

    private ImmutableDictionary<string, (int Generation, LineTimes Times)> ByFile { get; init; } =
        ImmutableDictionary.Create<string, (int, LineTimes)>(StringComparer.Ordinal);

    public SeenLogs And(IEnumerable<Observation> batch)
    {
        var files = ByFile;
        foreach (var seen in batch)
        {
            if (seen.Event is BuildLogRead { EarlierBuild: null, File: var file, Log: var log, Generation: var generation })
            {
                var known =
                    files.TryGetValue(file, out var before) && before.Generation == generation && before.Times.Lines <= log.LineCount
                        ? before.Times
                        : LineTimes.None;
                files = files.SetItem(file, (generation, known.Grown(log.LineCount, log.LastLineAt)));
            }
            else if (seen.Event is BuildLogGone gone)
            {
                files = files.Remove(gone.File);
            }
        }

        return ReferenceEquals(files, ByFile) ? this : this with { ByFile = files };
    }

    /// <summary>The times of a file's present content; null if nobody saw it arrive.</summary>
    public LineTimes? Of(string file) => ByFile.TryGetValue(file, out var seen) ? seen.Times : null;

    /// <summary>The times of a build's log; null if the file now has another build's.</summary>
    public LineTimes? Of(BuildView build) =>
        build.Log is { } log && ByFile.TryGetValue(build.Name.File, out var seen) && seen.Times.Lines == log.LineCount ? seen.Times : null;
}
