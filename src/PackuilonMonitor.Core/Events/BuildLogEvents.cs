using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Events;

/// <summary>More of a build log was read.</summary>
/// <param name="File">The log's file name in the log directory.</param>
/// <param name="Log">The whole log since it began.</param>
/// <param name="Generation">How often the file restarted: another number is another build's log.</param>
public sealed record BuildLogRead(string File, BuildLog Log, int Generation) : MonitorEvent, IArchived<BuildLogRead>
{
    /// <summary>
    /// The id of an earlier build, without the name of a factory, if it is the log of that: it can be read, though the file does not
    /// contain it any more. Null for what the file contains.
    /// </summary>
    public string? EarlierBuild { get; init; }

    BuildLogRead IArchived<BuildLogRead>.Through(Archive archive) =>
        new(archive.Text(File), archive.Shared(Log), archive.Number(Generation)) { EarlierBuild = archive.TextOrNull(EarlierBuild) };
}

/// <summary>A build log does not exist any more.</summary>
public sealed record BuildLogGone(string File) : MonitorEvent;

/// <summary>A build log's name is not read, or is read again.</summary>
/// <param name="Why">The reason, for the screen; null if there is none any more.</param>
public sealed record BuildLogRefused(string File, string? Why) : MonitorEvent, IArchived<BuildLogRefused>
{
    /// <summary>It is a log that could not be read; otherwise it is not a log, and was ignored.</summary>
    public bool IsLog { get; init; }

    BuildLogRefused IArchived<BuildLogRefused>.Through(Archive archive) =>
        new(archive.Text(File), archive.TextOrNull(Why)) { IsLog = archive.Flag(IsLog) };
}
