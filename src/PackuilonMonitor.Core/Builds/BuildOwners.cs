using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>Which thread runs which build: a start names no thread, and an end corrects the guess (docs/correlation.md).</summary>
internal static class BuildOwners
{
    public static void TakeJob(this StateDraft draft, JobTaken taken, Observation seen)
    {
        draft.Triggers = draft.Triggers.Take(seen.At, taken.Worker, taken.Image, draft.Waiting(taken.Worker), out var ticket);
        var left = draft.LeaveBuild(taken.Worker, seen);
        draft.Change(taken.Worker, seen, new Preparing(seen.At, new Job(taken.Image, seen.At, [], ticket)), left);
    }

    /// <summary>Since when this thread, and any, was idle.</summary>
    public static Waiting Waiting(this StateDraft draft, WorkerId id)
    {
        DateTimeOffset? any = null;
        if (!draft.Triggers.IsOpen)
            return default;
        foreach (var worker in draft.Workers.Values)
        {
            Steps.Take();
            if (draft.FreeSince(worker) is { } since && !(any <= since))
                any = since;
        }

        return new(draft.Find(id) is { Activity: not Reconnecting } own ? draft.FreeSince(own) : null, any);
    }

    /// <summary>Null if its last line does not show it, because it may have tested an image.</summary>
    private static DateTimeOffset? FreeSince(this StateDraft draft, Worker worker) => worker.Activity switch
    {
        Idle or Reconnecting => worker.Since,
        BetweenTemplates between when !draft.TestsImages => between.Since,
        _ => null,
    };

    /// <summary>
    /// The line names no thread: it belongs to the one that became ready last among those whose job fits the log, first to those of which
    /// the daemon said that they use the default templates. Only after an image's test, which takes a while, it belongs to the one that has
    /// waited longest.
    /// </summary>
    public static void StartBuild(this StateDraft draft, LogName name, string path, Observation seen)
    {
        var worker = draft.ReadyFor(name);
        if (
            worker is null
            && draft.Workers.LastToSpeak(known => known.Activity is PresumedLost lost && lost.Job.Awaits(name))
                is { Activity: PresumedLost guessed } alive
        )
        {
            // Nobody else can have started this, so the presumed dead thread lives.
            draft.Revive(alive, guessed);
            worker = draft.ReadyFor(name);
        }

        var job = worker?.Job;
        draft.KeepLogOfTheBuildBefore(name.File);
        var shared = draft.Builds.RunsWith(name.File);
        // All builds that run with this log, except the newest, are known to share it.
        if (shared && draft.Builds.Find(draft.Builds.LastOf(name.File)) is { Running: true, SharedLog: false } last)
            draft.Builds = draft.Builds.Set(last with { SharedLog = true });

        var image = job?.Image ?? name.Image;
        var target = new BuildTarget(name, Normalised(path), image, job is null ? name.Template : name.TemplateFor(image));
        var owner = worker is null ? null : draft.Owner(worker.Id, job);
        Build? build = null;
        draft.Builds = draft.Builds.Add(
            (number, id) =>
                build = new Build(number, FactoryName.Own(draft.Factory, id), target, new BuildStart(seen.At, seen.Host), owner)
                {
                    SharedLog = shared,
                },
            name,
            seen.At,
            out var forgotten
        );
        // Otherwise its log would count as that of a build without a line.
        if (forgotten is not null && draft.Builds.LastOf(forgotten.Name.File) is null)
            draft.Logs = draft.Logs.Without(forgotten.Name.File);
        if (worker is null || job is null)
            return;
        draft.Triggers = draft.Triggers.AddBuild(job.Ticket, build!.Number, build.Id);
        draft.Put(worker with { Activity = new Building(seen.At, job.With(target.Template), build.Number) });
    }

    /// <summary>
    /// An end line names its thread, so it corrects a start that was given to another thread: the two threads exchange builds, or the
    /// thread gets one that had none.
    /// </summary>
    public static void EndBuild(this StateDraft draft, WorkerId id, BuildName? name, BuildOutcome outcome, Observation seen)
    {
        if (draft.Find(id) is not { } worker)
        {
            draft.Begin(id, seen);
            worker = draft.Find(id)!;
        }

        if (draft.Overtaken(worker, name, seen) is { } before)
        {
            draft.Builds = draft.Builds.Set(before.EndedBy(seen.At, outcome, seen.Text));
            draft.Change(id, seen, draft.Find(id)!.Activity);
            return;
        }

        var own = draft.Builds.Find(worker.Build);
        if (own is null || (name is { } said && said.Text != own.Name.Stem))
        {
            var other =
                name is { } wanted ? draft.Builds.NewestNamed(wanted.Text)
                : worker.Job is { } job ? draft.Builds.NewestFor(job)
                : null;
            if (other is null)
            {
                draft.Change(id, seen, worker.Build is null ? worker.Finished(seen.At) : worker.Activity);
                return;
            }

            draft.Exchange(worker, own, other);
            own = draft.Builds.Find(other.Number)!;
        }

        draft.Builds = draft.Builds.Set(own.EndedBy(seen.At, outcome, seen.Text));
        draft.Change(id, seen, draft.Find(id)!.Finished(seen.At));
    }

    /// <summary>
    /// A thread that turns to something else without an end line did not run its build, if another thread awaited the same build at its
    /// start: the build moves to that thread.
    /// </summary>
    /// <returns>What the thread left; null if it did nothing.</returns>
    public static LeftMessage? LeaveBuild(this StateDraft draft, WorkerId id, Observation seen)
    {
        var build = draft.BuildOf(id);
        if (build is not null && draft.Heir(id, build) is { } heir)
            draft.Claim(heir, null, build);
        else
            draft.CloseBuild(id, seen);
        return draft.Find(id)?.Job is var job && (job is not null || build is not null) ? new LeftMessage(job, build?.Number) : null;
    }

    /// <summary>
    /// The build that an end line is about, where that line was logged behind the next one of its thread: two queues of rsyslog may swap
    /// lines of one second. What was concluded from the next line was wrong. Null for every other end.
    /// </summary>
    private static Build? Overtaken(this StateDraft draft, Worker worker, BuildName? name, Observation seen)
    {
        if (worker.Left is not { } left)
            return null;
        var own = draft.Builds.Find(worker.Build);
        var lost = draft.Builds.Find(left.Build) is { State: BuildState.Lost } concluded ? concluded : null;
        if (name is not { } said)
            return own is null && seen.At - lost?.EndedAt <= Swapped ? lost : null;
        if (own?.Name.Stem == said.Text)
            return null;
        if (lost?.Name.Stem == said.Text)
            return lost;
        // It was handed to another thread that awaited it, or was never this thread's.
        var log = LogName.Of($"{said.Text}.log");
        if (
            left.Job is not { } job
            || !log.Fits(job.Image)
            || worker.Job is { } now && log.Fits(now.Image)
            || draft.Builds.NewestNamed(said.Text) is not { } running
        )
            return null;
        if (running.Owner is { } owner && draft.Find(owner.Worker) is { } holder)
            draft.Claim(holder, running, null);
        draft.Own(running, worker.Id, job);
        return draft.Builds.Find(running.Number);
    }

    /// <summary>Lines that two queues of rsyslog swap are no further apart.</summary>
    private static readonly TimeSpan Swapped = TimeSpan.FromSeconds(1);

    /// <summary>A thread that writes about something else has no build any more, whether or not its end was seen.</summary>
    public static void CloseBuild(this StateDraft draft, WorkerId id, Observation seen)
    {
        if (draft.BuildOf(id) is { } build)
            draft.Builds = draft.Builds.Set(build.EndedBy(seen.At, BuildOutcome.Lost, seen.Text));
    }

    /// <summary>Another thread that awaited the build when it started.</summary>
    public static Worker? Heir(this StateDraft draft, WorkerId id, Build build) => draft.Workers.LastToSpeak(
        known => known.Id != id && known.Activity is Ready ready && ready.Job.TakenAt <= build.StartedAt && ready.Job.Awaits(build.Name));

    /// <summary>The thread has run this build all the time, instead of the assumed one.</summary>
    public static void Claim(this StateDraft draft, Worker worker, Build? gone, Build? come)
    {
        var job = gone is null ? worker.Job : worker.Job?.Without(gone.Template);
        if (come is null)
        {
            draft.Put(worker with { Activity = job is null ? new Idle(worker.Since) : new Preparing(job.TakenAt, job) });
            return;
        }

        draft.Put(worker with { Activity = new Building(come.StartedAt, job?.With(TargetFor(come, job).Template), come.Number) });
        draft.Own(come, worker.Id, job);
    }

    /// <summary>The taker may have had no build, and the other may have no thread.</summary>
    private static void Exchange(this StateDraft draft, Worker taker, Build? own, Build other)
    {
        var giver = other.Owner is { } owner ? draft.Find(owner.Worker) : null;
        draft.Claim(taker, own, other);
        if (giver is not null)
            draft.Claim(giver, other, own);
        else if (own is not null)
            draft.Own(own, null, null);
    }

    private static void Own(this StateDraft draft, Build build, WorkerId? worker, Job? job)
    {
        var owner = worker is { } id ? draft.Owner(id, job) : null;
        draft.Triggers = draft.Triggers.MoveBuild(build.Number, build.Id, build.Owner?.Ticket, owner?.Ticket);
        draft.Builds = draft.Builds.Set(build with { Owner = owner, Target = TargetFor(build, job) });
    }

    /// <summary>A name with dots is read beside the message: of another thread's message it may have another image and template.</summary>
    private static BuildTarget TargetFor(Build build, Job? job) =>
        job is null || job.Image == build.Image || !build.Name.Fits(job.Image)
            ? build.Target
            : build.Target with
            {
                Image = job.Image,
                Template = build.Name.TemplateFor(job.Image),
            };

    private static BuildOwner Owner(this StateDraft draft, WorkerId worker, Job? job) =>
        new(worker, job?.TakenAt, draft.Triggers.TriggerOf(job?.Ticket), job?.Ticket);

    private static Worker? ReadyFor(this StateDraft draft, LogName name) =>
        (
            draft.Tested
                ? draft.Workers.LongestSilent(known => known.Activity is Ready { Job.Built.IsEmpty: false } ready && ready.Job.Awaits(name))
                : null
        )
        // The daemon says that it uses the default templates before the first build of a message; who waits for that does not start.
        ?? draft.Workers.LastToSpeak(
            known => known.Activity is Ready ready && ready.Job.Awaits(name),
            static known => known.Activity is Ready { Job.UsesDefaults: true }
        );

    private static Build? BuildOf(this StateDraft draft, WorkerId id) =>
        draft.Builds.Find(draft.Find(id)?.Build) is { Running: true } build ? build : null;

    private static WorkerActivity Finished(this Worker worker, DateTimeOffset at) =>
        worker.Job is { } job ? new BetweenTemplates(at, job) : new Idle(at);

    private static string Normalised(string path)
    {
        if (!path.Contains("//", StringComparison.Ordinal))
            return path;
        Span<char> clean = path.Length <= 1024 ? stackalloc char[path.Length] : new char[path.Length];
        var length = 0;
        foreach (var letter in path)
        {
            if (letter != '/' || length == 0 || clean[length - 1] != '/')
                clean[length++] = letter;
        }

        return clean[..length].ToString();
    }
}
