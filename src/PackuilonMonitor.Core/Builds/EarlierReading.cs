using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

/// <summary>Two readings of one build as one: from the store and from the files, or before and after a file was overwritten.</summary>
public static class EarlierReading
{
    /// <summary>
    /// Adds what an earlier reading of the same build knew and this one does not: the log of a file that was overwritten since, the arrival
    /// times of its lines, a verdict that only that log had.
    /// </summary>
    /// <param name="changes">The changes that this reading knows.</param>
    public static BuildView Remembering(this BuildView now, BuildView earlier, ChangeLedger changes)
    {
        var log = Richer(now.Log, earlier.Log);
        // A fact of the system log remains true when its line was rotated away, or when a reading began in the middle and assigns the build
        // to another thread.
        if (earlier.Build is { } known && (now.Build is null || IsSettled(earlier, now)))
        {
            var build = known with
            {
                Number = now.Build?.Number ?? known.Number,
                Owner = OwnerOf(known.Owner, now.Build?.Owner, changes),
                End = EndOf(earlier, known),
            };
            var view = BuildView.Of(build, log, now.LogGone);
            return view with { ExitCode = view.ExitCode ?? earlier.ExitCode };
        }

        return Decides(earlier, now)
            ? now with { Log = log, State = earlier.State, EndedAt = earlier.EndedAt, ExitCode = earlier.ExitCode }
            : now with { Log = log };
    }

    /// <summary>The system log shows its thread and its end, which no later line changes.</summary>
    private static bool IsSettled(BuildView earlier, BuildView now) =>
        earlier.Worker is not null && !earlier.Running && (earlier.State is not BuildState.Lost || now.State is BuildState.Lost);

    /// <summary>"Lost" is only inferred; anything that is seen is better.</summary>
    private static bool Decides(BuildView earlier, BuildView now) =>
        earlier.State is BuildState.Succeeded or BuildState.Failed or BuildState.Cancelled
        && (now.Running || now.State is BuildState.Lost || (now.Log is null && earlier.Log is not null));

    /// <summary>
    /// The tie to a change may be corrected by a later line. So the reading decides, unless it began too late to know the earlier change.
    /// </summary>
    private static BuildOwner? OwnerOf(BuildOwner? earlier, BuildOwner? now, ChangeLedger changes) =>
        earlier is { } known
        && now is { } seen
        && (known.Worker, known.TakenAt) == (seen.Worker, seen.TakenAt)
        && (known.Trigger is not { } change || changes.Find(change) is not null)
            ? seen
            : earlier;

    /// <summary>How the build ended, by both witnesses.</summary>
    private static BuildEnd? EndOf(BuildView view, Build build) => BuildView.OutcomeOf(view.State) is { } outcome
        ? new BuildEnd(view.EndedAt ?? build.EndedAt ?? build.StartedAt, outcome, build.Line)
        : null;

    /// <summary>
    /// A log only grows while it is one build's, so the longer reading has seen more of it, unless the other saw its end.
    /// </summary>
    private static BuildLog? Richer(BuildLog? seen, BuildLog? earlier)
    {
        if (seen is null || earlier is null)
            return seen ?? earlier;
        if (seen.IsBrief && earlier.LineCount == seen.LineCount)
            return earlier.WithTimesOf(seen);
        return earlier.LineCount > seen.LineCount && Verdict.Of(seen).Outcome is PackerOutcome.Unknown
            ? earlier.WithTimesOf(seen)
            : seen.WithTimesOf(earlier);
    }
}
