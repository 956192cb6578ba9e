using System.Collections.Immutable;
using System.Diagnostics;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// All that is known of a factory, folded from observations in the order of their lines. Total: any event in any state
/// gives a state. What one line means for several threads is decided here (docs/correlation.md).
/// </summary>
public sealed record MonitorState
{
    public const int MostRejections = 1_000;
    public const int MostRecent = 1_000;

    /// <summary>Of more threads than any daemon has, the one that was silent longest is forgotten, one that builds last.</summary>
    public const int MostWorkers = 250;

    public static readonly MonitorState Empty = new();

    public ImmutableSortedDictionary<int, Worker> Workers { get; init; } = ImmutableSortedDictionary<int, Worker>.Empty;

    public BuildTable Builds { get; init; } = BuildTable.Empty;

    public ImmutableList<Rejection> Rejections { get; init; } = [];

    public TriggerQueue Triggers { get; init; } = TriggerQueue.Empty;

    public LogTable Logs { get; init; } = LogTable.Empty;

    public SourceTable Sources { get; init; } = SourceTable.Empty;

    /// <summary>The last observations that say something happened, newest last.</summary>
    public ImmutableList<Observation> Recent { get; init; } = [];

    /// <summary>Lines of our programs that no rule accepted.</summary>
    public long UnrecognisedLines { get; init; }

    /// <summary>Observations folded so far.</summary>
    public long Observed { get; init; }

    /// <summary>When the daemon last began, if that was seen.</summary>
    public DateTimeOffset? ServiceStartedAt { get; init; }

    /// <summary>The last line of the daemon said that an image's test is over.</summary>
    private bool Tested { get; init; }

    /// <summary>A bare "Starting" whose speaker the next lines must tell.</summary>
    private Observation? Unnamed { get; init; }

    public MonitorState Apply(IEnumerable<Observation> seen) => seen.Aggregate(this, static (state, next) => state.Apply(next));

    public MonitorState Apply(Observation seen)
    {
        var state = this with
        {
            Observed = Observed + 1,
            Recent = seen.Event is SourceRead or BuildLogRead or BuildLogGone or LogDirectoryRead
                ? Recent
                : (Recent.Count < MostRecent ? Recent : Recent.RemoveAt(0)).Add(seen),
        };
        for (var time = 0; time < seen.Count; time++)
            state = state.Heard(Named(seen.Event)).Fold(seen);
        return seen.Speaker is Speaker.Rabbit2Packer ? state with { Tested = seen.Event is ImageChecked } : state;
    }

    /// <summary>The thread that says this itself; not one that a traceback tells to be dead.</summary>
    private static WorkerId? Named(MonitorEvent said) => said switch
    {
        JobTaken taken => taken.Worker,
        JobRefused refused => refused.Worker,
        BuildSucceeded ended => ended.Worker,
        BuildFailed ended => ended.Worker,
        WorkerReconnecting reconnecting => reconnecting.Worker,
        _ => null,
    };

    private MonitorState Fold(Observation seen) => seen.Event switch
    {
        ServiceStarted => Restart(seen),
        UnnamedStarted => this with { Unnamed = seen },
        StartupFailed when Unnamed is { } start => (this with { Unnamed = null }).Restart(start),
        StartupFailed => this,
        WorkerStarted started when Unnamed is { } start => (this with { Unnamed = null }).Restart(start).Begin(started.Worker, seen),
        WorkerStarted started => Begin(started.Worker, seen),
        WorkerExited exited => Lose(exited.Worker, seen),
        WorkerCrashed crashed => Crash(crashed.Worker, seen),
        WorkerReconnecting reconnecting => Leave(reconnecting.Worker, seen).Change(reconnecting.Worker, seen, worker => worker.Reconnect(seen.At)),
        WorkerFailed failed => Fail(failed.Why, seen),
        NoTemplateDefined => Fail(Refusal.NoTemplate, seen),
        JobTaken taken => Take(taken, seen),
        JobRefused refused => Leave(refused.Worker, seen)
            .Change(refused.Worker, seen, worker => worker.Idle(seen.At))
            .Reject(refused.Worker, null, refused.Why, seen),
        BuildStarted started => Start(LogName.Of(started.LogPath), started.LogPath, seen),
        BuildSucceeded ended => End(ended.Worker, ended.Build, BuildState.Succeeded, seen),
        BuildFailed ended => End(ended.Worker, ended.Build, BuildState.Failed, seen),
        Unrecognised => this with { UnrecognisedLines = UnrecognisedLines + 1 },
        JobDescribed or DefaultTemplatesUsed or SourceImageLookedUp or SourceImageUndefined or PackerCommanded or MailNotSent
            or RallyLaunched or RallyScored or ImageChecked or RallyNoted or RallyFailed or ExceptionShown => this,
        TriggerStarted or TriggerExited or ProfileListCreated or ProfileListStored or ProfileRebuilt or ProfileDownloading or ProfileNew
            or ProfileUpdated or ProfileUnchanged or ProfileFailed or MessagePushing or PushFailed or TriggerFailed
            or ListenerStarting or ListenerStarted or ListenerFailed or StartupCalled or PacketReceived or PacketIgnored
            or CallScheduled or CallMade or CallFailed => this with { Triggers = Triggers.Apply(seen.At, seen.Host, seen.Event) },
        SourceSeen or SourceRead => this with { Sources = Sources.Apply(seen.Source, seen.Event) },
        SourceTurned or LinesLost => this,
        BuildLogRead read => Read(read),
        BuildLogGone gone => Forget(gone.File),
        LogDirectoryRead => this with { Logs = Logs with { Complete = true } },
        _ => throw new UnreachableException($"{seen.Event.GetType().Name} has no transition"),
    };

    /// <summary>A new process: what the old one was doing is lost, and its threads are gone without a word.</summary>
    private MonitorState Restart(Observation seen)
    {
        var builds = Builds;
        foreach (var build in Builds.Running)
            builds = builds.Set(build.End(seen.At, BuildState.Lost, seen.Text));
        return this with { Builds = builds, Workers = Workers.Clear(), ServiceStartedAt = seen.At };
    }

    private MonitorState Begin(WorkerId id, Observation seen) =>
        Close(id, seen).Change(id, seen, _ => new Worker(id, seen.Host, Activity.Idle, seen.At));

    private MonitorState Take(JobTaken taken, Observation seen)
    {
        var (triggers, trigger) = Triggers.Take(seen.At, taken.Image);
        return (this with { Triggers = triggers }).Leave(taken.Worker, seen)
            .Change(taken.Worker, seen, worker => worker.Take(seen.At, new Job(taken.Image, seen.At, [], trigger)));
    }

    /// <summary>
    /// The line names no thread: it is the one that became ready last among those whose job the log fits. Only after an
    /// image's test, which takes its time, it is the one of them that waits longest.
    /// </summary>
    private MonitorState Start(LogName name, string path, Observation seen)
    {
        var ready = Workers.Values.Where(known => known.Ready && known.Job!.Awaits(name));
        var worker = (Tested ? ready.Where(known => !known.Job!.Built.IsEmpty).MinBy(known => known.Spoke) : null) ?? ready.MaxBy(known => known.Spoke);
        // Nobody else can have begun this, so the thread that was thought dead lives.
        if (worker is null && Workers.Values.Where(known => known.Guessed && known.Job!.Awaits(name)).MaxBy(known => known.Spoke) is { } alive)
            return Revive(alive).Start(name, path, seen);
        var image = worker?.Job!.Image ?? name.Image;
        var template = worker is null ? name.Template : name.TemplateFor(image);
        var (builds, logs) = (Builds, Logs);
        // The file is about to begin again, if it has not yet: what was read of it is the log of the build before.
        if (logs.Find(name.File) is { } old && builds.Find(builds.LastOf(name.File)) is { Running: false, Log: null } before)
            (builds, logs) = (builds.Set(before with { Log = old }), logs.Without(name.File));
        // Where the build before it shares its log, so do all that run.
        var last = Builds.Find(Builds.LastOf(name.File));
        var shared = last is { Running: true, SharedLog: true };
        foreach (var other in shared || last is null ? [] : Builds.Running.Where(build => build.Name.File == name.File))
        {
            shared = true;
            builds = builds.Set(other with { SharedLog = true });
        }

        var number = 0;
        builds = builds.Add(
            (next, id) => new Build(
                number = next, id, name, Normalised(path), image, template, worker?.Id, seen.Host,
                worker?.Job!.TakenAt, seen.At, SharedLog: shared, Trigger: worker?.Job!.Trigger),
            name, seen.At);

        var trigger = worker?.Job!.Trigger;
        var state = this with { Builds = builds, Logs = logs, Triggers = trigger is null ? Triggers : Triggers.AddBuild(trigger, builds.Find(number)!.Id) };
        return worker is null ? state : state.Put(worker.Start(seen.At, number, template ?? ""));
    }

    /// <summary>What a log told while it was there is still true of its build.</summary>
    private MonitorState Forget(string file) => this with
    {
        Builds = Logs.Find(file) is { } log && Builds.Find(Builds.LastOf(file)) is { Running: false, Log: null } owner
            ? Builds.Set(owner with { Log = log })
            : Builds,
        Logs = Logs.Without(file),
    };

    /// <summary>A log that began again was the log of the builds before; they keep what it told of them.</summary>
    private MonitorState Read(BuildLogRead read)
    {
        var builds = Builds;
        if (Logs.Before(read) is { } before && builds.Find(builds.LastOf(read.File)) is { Running: false, Log: null } owner)
            builds = builds.Set(owner with { Log = before });
        return this with { Builds = builds, Logs = Logs.Set(read) };
    }

    /// <summary>
    /// An end line is certain about its thread, so a start that was given to another thread is put right here: the two
    /// threads change builds, or the thread gets one that had none.
    /// </summary>
    private MonitorState End(WorkerId id, BuildName? name, BuildState outcome, Observation seen)
    {
        var state = Workers.ContainsKey(id.Number) ? this : Begin(id, seen);
        var worker = state.Workers[id.Number];
        var own = state.Builds.Find(worker.Build);
        if (own is null || !Is(own, name))
        {
            var other = state.Builds.Running.Where(build => Is(build, name) && build.Worker != id && (name is not null || worker.Job?.Awaits(build.Name) == true))
                .MaxBy(build => (build.Worker is null, build.Number));
            if (other is null)
                return state.Change(id, seen, known => known.Build is null ? known.Finish(seen.At) : known);
            state = state.Exchange(worker, own, other);
            (worker, own) = (state.Workers[id.Number], state.Builds.Find(other.Number)!);
        }

        return state
            .With(own.End(seen.At, outcome, seen.Text))
            .Change(id, seen, known => known.Finish(seen.At));
    }

    /// <summary>The taker may have had no build, and nobody need hold the other.</summary>
    private MonitorState Exchange(Worker taker, Build? own, Build other)
    {
        var giver = Workers.GetValueOrDefault(other.Worker?.Number ?? 0);
        var state = Claim(taker, own, other);
        if (giver is not null)
            return state.Claim(giver, other, own);
        return own is null ? state : state.With(own with { Worker = null, TakenAt = null }).Owned(own, null);
    }

    /// <summary>The thread has run this build all the time, in place of the one that was thought.</summary>
    private MonitorState Claim(Worker worker, Build? gone, Build? come)
    {
        var job = worker.Job is null ? null : worker.Job with { Built = Swapped(worker.Job, gone, come) };
        var state = Put(worker with
        {
            Job = job,
            Build = come?.Number,
            Activity = come is null ? Activity.Preparing : Activity.Building,
            Since = come?.StartedAt ?? job?.TakenAt ?? worker.Since,
        });
        return come is null ? state : state.With(come with { Worker = worker.Id, TakenAt = job?.TakenAt }).Owned(come, job?.Trigger);
    }

    private MonitorState Owned(Build build, string? trigger) => this with
    {
        Builds = Builds.Set(Builds.Find(build.Number)! with { Trigger = trigger }),
        Triggers = Triggers.MoveBuild(build.Id, build.Trigger, trigger),
    };

    private static ImmutableList<string> Swapped(Job job, Build? gone, Build? come)
    {
        var built = gone is null ? job.Built : job.Built.Remove(gone.Template ?? "");
        return come is null ? built : built.Add(come.Template ?? "");
    }

    private static bool Is(Build build, BuildName? name) =>
        name is not { } said || (build.Template is null ? build.Image.Text == said.Text : said.TemplateOf(build.Image) == build.Template);

    /// <summary>A thread is about to die and the line names none: the ready one that spoke last.</summary>
    private MonitorState Fail(Refusal why, Observation seen)
    {
        var worker = Workers.Values.Where(known => known.Ready).MaxBy(known => known.Spoke);
        if (worker is null)
            return Reject(null, null, why, seen);
        var state = worker.Job!.Built.IsEmpty ? Reject(worker.Id, worker.Job.Image, why, seen) : this;
        return state.Put(worker.Lose(seen.At, seen.Text ?? "") with { Guessed = true });
    }

    /// <summary>
    /// A thread that was thought dead lives, so the line that names none was about another that was ready then: one that
    /// still waits, else one that was given the build which this thread runs.
    /// </summary>
    private MonitorState Revive(Worker alive, Worker? dead = null)
    {
        dead ??= Workers.Values.Where(known => known.Ready && known.Job!.TakenAt <= alive.Since).MaxBy(known => known.Spoke)
            ?? Workers.Values.Where(known => known.Job?.TakenAt <= alive.Since && RunsBuildOf(known, alive)).MaxBy(known => known.Spoke);
        var state = this with { Rejections = Moved(alive, dead) };
        state = state.Put(alive.Revive());
        if (dead is null)
            return state;
        state = state.Put(dead.Lose(alive.Since, alive.Text ?? "") with { Guessed = true });
        return RunsBuildOf(dead, alive) ? state.Claim(state.Workers[alive.Id.Number], null, Builds.Find(dead.Build)) : state;
    }

    private bool RunsBuildOf(Worker holder, Worker other) =>
        Builds.Find(holder.Build) is { Running: true } build && other.Job?.Awaits(build.Name) == true;

    private ImmutableList<Rejection> Moved(Worker alive, Worker? dead)
    {
        var index = Rejections.FindLastIndex(rejection => rejection.Worker == alive.Id && rejection.At == alive.Since);
        return index < 0 ? Rejections : Rejections.SetItem(index, Rejections[index] with { Worker = dead?.Id, Image = dead?.Job!.Image });
    }

    private MonitorState Crash(WorkerId id, Observation seen)
    {
        var worker = Workers.GetValueOrDefault(id.Number);
        // A thread that died of a known cause says so again in its traceback.
        if (worker is { Activity: Activity.Lost })
            return Put(worker with { Guessed = false });
        // The line that gave the cause named no thread, and its traceback names another than was thought.
        if (worker is not null && Workers.Values.FirstOrDefault(known => known.Guessed && AwaitsTraceback(known, seen.At)) is { } alive
            && (worker.Ready || RunsBuildOf(worker, alive)))
            return Revive(alive, worker);
        var refused = worker is { Activity: Activity.Preparing, Job: { } job } && job.Built.IsEmpty;
        return (refused ? Reject(id, worker!.Job!.Image, Refusal.WorkerDied, seen) : this).Lose(id, seen);
    }

    /// <summary>Of the causes that name no thread only this one ends in a traceback, and at once.</summary>
    private bool AwaitsTraceback(Worker lost, DateTimeOffset at) =>
        at - lost.Since <= TimeSpan.FromSeconds(2)
        && Rejections.Any(rejection => rejection.Worker == lost.Id && rejection.At == lost.Since && rejection.Why is Refusal.NoTemplate);

    private MonitorState Lose(WorkerId id, Observation seen) =>
        Close(id, seen).Change(id, seen, worker => worker.Lose(seen.At, seen.Text ?? ""));

    private MonitorState Reject(WorkerId? worker, ImageName? image, Refusal why, Observation seen)
    {
        var rejection = new Rejection(seen.Host, worker, image, seen.At, why, seen.Text ?? "");
        return this with { Rejections = (Rejections.Count < MostRejections ? Rejections : Rejections.RemoveAt(0)).Add(rejection) };
    }

    /// <summary>
    /// A thread that goes on to something else without an end line did not run the build that was given to it, if
    /// another thread waited for the same one at its start: the build is that thread's.
    /// </summary>
    private MonitorState Leave(WorkerId id, Observation seen)
    {
        if (Builds.Find(Workers.GetValueOrDefault(id.Number)?.Build) is not { Running: true } build)
            return this;
        var heir = Workers.Values
            .Where(known => known.Id != id && known.Ready && known.Job!.TakenAt <= build.StartedAt && known.Job.Awaits(build.Name))
            .MaxBy(known => known.Spoke);
        return heir is null ? Close(id, seen) : Claim(heir, null, build);
    }

    /// <summary>A thread that speaks of something else has no build any more, whether or not its end was seen.</summary>
    private MonitorState Close(WorkerId id, Observation seen) =>
        Builds.Find(Workers.GetValueOrDefault(id.Number)?.Build) is { Running: true } build
            ? With(build.End(seen.At, BuildState.Lost, seen.Text))
            : this;

    /// <summary>Every line that names a thread goes through here: it exists from then on, and it spoke.</summary>
    private MonitorState Change(WorkerId id, Observation seen, Func<Worker, Worker> change)
    {
        var worker = Workers.GetValueOrDefault(id.Number) ?? new Worker(id, seen.Host, Activity.Idle, seen.At);
        return Put(change(worker) with { Host = seen.Host, Spoke = Observed });
    }

    /// <summary>What a line that names a thread tells before it is folded: the thread lives.</summary>
    private MonitorState Heard(WorkerId? id) =>
        id is { } known && Workers.GetValueOrDefault(known.Number) is { Guessed: true } worker ? Revive(worker) : this;

    private MonitorState Put(Worker worker)
    {
        var workers = Workers.SetItem(worker.Id.Number, worker);
        return this with { Workers = workers.Count > MostWorkers ? workers.Remove(workers.Values.MinBy(known => (known.Build is not null, known.Spoke))!.Id.Number) : workers };
    }

    private MonitorState With(Build build) => this with { Builds = Builds.Set(build) };

    private static string Normalised(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }
}
