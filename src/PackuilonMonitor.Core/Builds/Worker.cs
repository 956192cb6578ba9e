using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// One worker thread, folded from what it has said. What other threads' lines mean for it is in <see cref="ThreadLives"/> and <see
/// cref="BuildOwners"/>.
/// </summary>
/// <param name="Id">Its thread.</param>
/// <param name="Host">The host field of its last line.</param>
/// <param name="Activity">What it does.</param>
/// <param name="LastSpoke">The place of its last line in the order of all lines.</param>
public sealed record Worker(WorkerId Id, string Host, WorkerActivity Activity, long LastSpoke = 0)
{
    /// <summary>Since when it does what it does.</summary>
    public DateTimeOffset Since => Activity.Since;

    /// <summary>The message it took last, as long as it is not certainly done with it.</summary>
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
}
