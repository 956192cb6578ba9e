using PackuilonMonitor.Core.Archives;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// One worker thread, folded from its own lines. <see cref="ThreadLives"/> and <see cref="BuildOwners"/> apply the lines of other threads.
/// </summary>
/// <param name="Id">Its thread.</param>
/// <param name="Host">The host field of its last line.</param>
/// <param name="Activity">What it does.</param>
/// <param name="LastLine">The position of its last line in the order of all lines.</param>
public sealed record Worker(WorkerId Id, string Host, WorkerActivity Activity, long LastLine = 0) : IArchived<Worker>
{
    /// <summary>What it did before its last line ended a message.</summary>
    public LeftMessage? Left { get; init; }

    /// <summary>Since when it does what it does.</summary>
    public DateTimeOffset Since => Activity.Since;

    /// <summary>The message it took last, unless it has certainly finished it.</summary>
    public Job? Job => Activity switch
    {
        Ready ready => ready.Job,
        Building building => building.Job,
        Lost lost => lost.LastJob,
        _ => null,
    };

    /// <summary>The number of the build it runs.</summary>
    public int? Build => (Activity as Building)?.Build;

    /// <summary>For a lost worker the line that says so.</summary>
    public string? Text => (Activity as Lost)?.Text;

    Worker IArchived<Worker>.Through(Archive archive) => new(
        new WorkerId(archive.Number(Id.Number)),
        archive.Text(Host),
        WorkerActivity.Through(archive, Activity),
        archive.Number(LastLine)
    )
    {
        Left = archive.OwnOrNull(Left),
    };
}

/// <summary>A message that a worker left for something else. The end of its build may be logged a moment later.</summary>
/// <param name="Job">The message; null where the line that it was taken was not seen.</param>
/// <param name="Build">The number of the build that it ran then.</param>
public sealed record LeftMessage(Job? Job, int? Build) : IArchived<LeftMessage>
{
    LeftMessage IArchived<LeftMessage>.Through(Archive archive) => new(archive.SharedOrNull(Job), archive.NumberOrNull(Build));
}
