using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// Starts and ends of threads: the effect of a line on a thread that it names, or on one that it does not (docs/correlation.md).
/// </summary>
internal static class ThreadLives
{
    /// <summary>Of the causes without a thread's name only <see cref="Refusal.NoTemplate"/> ends in a traceback, and at once.</summary>
    private static readonly TimeSpan TracebackAfter = TimeSpan.FromSeconds(2);

    /// <summary>The effect of a line that names a thread, before it is folded: the thread lives.</summary>
    public static void ConfirmLife(this StateDraft draft, MonitorEvent said)
    {
        if (Named(said) is { } known && draft.Find(known) is { Activity: PresumedLost lost } worker)
            draft.Revive(worker, lost);
    }

    /// <summary>The thread that wrote this itself; not one that a traceback reports as dead.</summary>
    private static WorkerId? Named(MonitorEvent said) => said switch
    {
        JobTaken taken => taken.Worker,
        JobRefused refused => refused.Worker,
        BuildSucceeded ended => ended.Worker,
        BuildFailed ended => ended.Worker,
        WorkerReconnecting reconnecting => reconnecting.Worker,
        _ => null,
    };

    public static Worker? Find(this StateDraft draft, WorkerId id) => draft.Workers.GetValueOrDefault(id.Number);

    public static void Put(this StateDraft draft, Worker worker) => draft.Workers = draft.Workers.Put(worker);

    /// <summary>Every line that names a thread goes through here: it exists from now on, and has written a line.</summary>
    public static void Change(this StateDraft draft, WorkerId id, Observation seen, WorkerActivity activity, LeftMessage? left = null)
    {
        var worker = draft.Find(id) ?? new Worker(id, seen.Host, activity);
        draft.Put(worker with { Activity = activity, Host = seen.Host, LastLine = draft.Observed, Left = left ?? worker.Left });
    }

    public static void Begin(this StateDraft draft, WorkerId id, Observation seen)
    {
        draft.CloseBuild(id, seen);
        if (draft.Find(id) is { Left: not null } worker)
            draft.Put(worker with { Left = null });
        draft.Change(id, seen, new Idle(seen.At));
    }

    public static void Reconnect(this StateDraft draft, WorkerId id, Observation seen)
    {
        var left = draft.LeaveBuild(id, seen);
        draft.Change(id, seen, new Reconnecting(seen.At), left);
    }

    /// <summary>A message was of no use, and the thread continues with the next.</summary>
    public static void Refuse(this StateDraft draft, JobRefused refused, Observation seen)
    {
        var error = draft.Triggers.ErrorAt(seen.At);
        draft.Triggers = draft.Triggers.Refuse(seen.At, refused.Worker, refused.Why, seen.Text, draft.Waiting(refused.Worker));
        var left = draft.LeaveBuild(refused.Worker, seen);
        draft.Change(refused.Worker, seen, new Idle(seen.At), left);
        draft.Reject(refused.Worker, null, refused.Why, seen, error);
    }

    /// <summary>
    /// The daemon shows an exception: of the system after the line that ended a thread, any other before the line that refuses a message.
    /// </summary>
    public static void Explain(this StateDraft draft, Observation seen)
    {
        if (seen.Text is not { } error || SystemError.ReasonIn(error) is null)
        {
            draft.Triggers = draft.Triggers.Show(seen.Text, seen.At);
            return;
        }

        if (draft.Workers.LastToSpeak(known => AwaitsError(known, seen)) is { Activity: PresumedLost lost } worker)
        {
            draft.Put(worker with { Activity = lost with { Error = error } });
            if (lost.Rejection is { } number)
                draft.Rejections = draft.Rejections.Explain(number, error);
        }
        else if (draft.Rejections.AwaitsError(seen.Host, seen.At))
        {
            draft.Rejections = draft.Rejections.Explain(draft.Rejections.Ever, error);
        }
        else
        {
            draft.Triggers = draft.Triggers.Show(error, seen.At);
        }
    }

    private static bool AwaitsError(Worker known, Observation seen) =>
        known.Activity is PresumedLost { Error: null, Why: Refusal.TemplateMissing or Refusal.Unwritable } lost
        && known.Host == seen.Host
        && seen.At - lost.Since <= RejectionList.ErrorAfter;

    /// <summary>A thread is about to end and the line names none: the ready one that wrote last.</summary>
    public static void Fail(this StateDraft draft, Refusal why, Observation seen)
    {
        if (draft.Workers.LastToSpeak(static known => known.Activity is Ready) is not { Activity: Ready { Job: var job } } worker)
        {
            draft.Reject(null, null, why, seen);
            return;
        }

        if (job.Built.IsEmpty)
            draft.Reject(worker.Id, job.Image, why, seen);
        draft.Put(
            worker with
            {
                Activity = new PresumedLost(seen.At, seen.Text ?? "", job, why, job.Built.IsEmpty ? draft.Rejections.Ever : null),
            }
        );
    }

    /// <summary>
    /// A presumed dead thread lives, so the line without a name was about another that was ready then: one that still waits, otherwise one
    /// that was given the build which this thread runs.
    /// </summary>
    public static void Revive(this StateDraft draft, Worker alive, PresumedLost lost, Worker? dead = null)
    {
        dead ??= draft.Workers.LastToSpeak(known => known.Activity is Ready ready && ready.Job.TakenAt <= lost.Since)
            ?? draft.Workers.LastToSpeak(known => known.Job is { } job && job.TakenAt <= lost.Since && draft.RunsABuildOf(known, lost.Job));
        if (lost.Rejection is { } number)
            draft.Rejections = draft.Rejections.Move(number, dead);
        draft.Put(alive with { Activity = new Preparing(lost.Job.TakenAt, lost.Job) });
        if (dead is not { Job: { } deadJob })
            return;
        draft.Put(dead with { Activity = lost with { Job = deadJob, LastJob = deadJob } });
        if (draft.Builds.Find(dead.Build) is not { Running: true } build)
            return;
        if ((draft.RunsABuildOf(dead, lost.Job) ? draft.Find(alive.Id) : draft.Heir(dead.Id, build)) is { } heir)
            draft.Claim(heir, null, build);
        else
            draft.Builds = draft.Builds.Set(build.EndedBy(lost.Since, BuildOutcome.Lost, lost.Text));
    }

    /// <summary>
    /// The line names an image, so if only a presumed dead thread prepares it, that thread lives. It is the thread's that took the image
    /// last: nobody else builds it before its own such line.
    /// </summary>
    public static void Prepare(this StateDraft draft, ImageName image)
    {
        var ready = draft.Workers.LastToSpeak(
            known => known.Activity is Ready ready && ready.Job.Image == image,
            static known => known.Activity is Preparing { Job.UsesDefaults: false }
        );
        if (ready is { Activity: Preparing { Job: { UsesDefaults: false } job } preparing })
            draft.Put(ready with { Activity = preparing with { Job = job with { UsesDefaults = true } } });
        if (
            ready is null
            && draft.Workers.LastToSpeak(known => known.Activity is PresumedLost lost && lost.Job.Image == image)
                is { Activity: PresumedLost guessed } alive
        )
            draft.Revive(alive, guessed);
    }

    /// <summary>The line names the image and no thread: the ready one that took it last continues with its next message.</summary>
    public static void Skip(this StateDraft draft, ImageName image, Observation seen)
    {
        var worker = draft.Workers.LastToSpeak(known => known.Activity is Ready ready && ready.Job.Image == image);
        draft.Reject(worker?.Id, image, Refusal.NoSourceImage, seen);
        if (worker is not null)
            draft.Put(worker with { Activity = new Idle(seen.At) });
    }

    public static void Crash(this StateDraft draft, WorkerId id, Observation seen)
    {
        var worker = draft.Find(id);
        // A thread that ended for a known cause says so again in its traceback.
        if (worker is { Activity: Lost lost })
        {
            draft.Put(worker with { Activity = new Lost(lost.Since, lost.Text, lost.LastJob) });
            return;
        }

        // The line with the cause named no thread, and the traceback names another than assumed.
        if (
            worker is { Job: not null }
            && draft.Workers.Values.Counted().FirstOrDefault(known => AwaitsTraceback(known, seen.At))
                is { Activity: PresumedLost guessed } alive
        )
        {
            draft.Revive(alive, guessed, worker);
            return;
        }

        if (worker is { Activity: Preparing { Job: { Built.IsEmpty: true } job } })
            draft.Reject(id, job.Image, Refusal.WorkerDied, seen);
        else
            draft.Triggers = draft.Triggers.Die(seen.At, id);
        draft.Lose(id, seen);
    }

    public static void Lose(this StateDraft draft, WorkerId id, Observation seen)
    {
        draft.CloseBuild(id, seen);
        draft.Change(id, seen, new Lost(seen.At, seen.Text ?? "", draft.Find(id)?.Job));
    }

    private static bool AwaitsTraceback(Worker known, DateTimeOffset at) =>
        known.Activity is PresumedLost { Why: Refusal.NoTemplate, Rejection: not null } lost && at - lost.Since <= TracebackAfter;

    private static bool RunsABuildOf(this StateDraft draft, Worker holder, Job job) =>
        draft.Builds.Find(holder.Build) is { Running: true } build && job.Awaits(build.Name);

    private static void Reject(
        this StateDraft draft,
        WorkerId? worker,
        ImageName? image,
        Refusal why,
        Observation seen,
        string? error = null
    ) =>
        draft.Rejections = draft.Rejections.Add(
            new Rejection(seen.Host, worker, image, seen.At, why, seen.Text ?? "") { Error = error }
        );
}
