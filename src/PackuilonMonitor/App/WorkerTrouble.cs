using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.App;

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
}

/// <summary>Worker and time → trouble.</summary>
public static class WorkerTrouble
{
    /// <summary>Between a message and its build lies less than a second; fetching a source image's id may take longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Trouble Of(Snapshot snapshot, WorkerRow row, DateTimeOffset now)
    {
        if (row.Worker is { Activity: Activity.Lost })
            return Trouble.Lost;
        if (row.Running is { } build)
            return snapshot.OutlookOf(build, now).Stuck is null ? Trouble.None : Trouble.Stuck;
        return row.Worker is { Activity: Activity.Preparing } worker && now - worker.Since > Patience ? Trouble.NoBuild : Trouble.None;
    }
}
