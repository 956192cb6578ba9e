using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>What may be wrong with a worker; all but <see cref="Lost"/> are guesses, shown with what they rest on.</summary>
public enum Trouble
{
    None,

    /// <summary>Its step lasts longer than it ever did.</summary>
    Stuck,

    /// <summary>A line says that the thread is gone.</summary>
    Lost,

    /// <summary>It took a message a while ago and no build was announced.</summary>
    NoBuild,

    /// <summary>Nothing came of it for a long time, and there is no past that says whether that is usual.</summary>
    Silent,
}

/// <summary>Worker and time → trouble.</summary>
public static class WorkerTrouble
{
    /// <summary>Between a message and its build lies less than a second; fetching a source image's id may take longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A whole build takes five to twelve minutes.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    public static Trouble Of(Snapshot snapshot, WorkerRow row, DateTimeOffset now)
    {
        if (row.Worker is { Activity: Lost })
            return Trouble.Lost;
        if (row.Running is { } build)
        {
            var outlook = snapshot.OutlookOf(build, now);
            return outlook.Stuck is not null ? Trouble.Stuck
                : outlook.Silent > LongestSilence && !outlook.StepIsKnown ? Trouble.Silent
                : Trouble.None;
        }

        return row.Worker switch
        {
            { Activity: Preparing } worker when now - worker.Since > Patience => Trouble.NoBuild,
            _ => Trouble.None,
        };
    }
}
