using System.Collections.Immutable;
using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Builds;

// The lives and deaths of threads: docs/correlation.md.
public sealed partial record MonitorState
{
    /// <summary>A new process: what the old one was doing is lost, and its threads are gone without a word.</summary>
    private MonitorState Restart(Observation seen) => Halt(seen) with { ServiceStartedAt = seen.At };

    /// <summary>The process is gone: nobody waits for what ran, and its threads are no more.</summary>
    private MonitorState Halt(Observation seen)
    {
        var builds = Builds;
        foreach (var build in Builds.Running)
            builds = builds.Set(build.End(seen.At, BuildState.Lost, seen.Text));
        return this with { Builds = builds, Workers = Workers.Clear() };
    }

    private MonitorState Begin(WorkerId id, Observation seen) =>
        Close(id, seen).Change(id, seen, _ => new Worker(id, seen.Host, Activity.Idle, seen.At));

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
        if (Builds.Find(dead.Build) is not { Running: true } build)
            return state;
        var heir = RunsBuildOf(dead, alive) ? state.Workers[alive.Id.Number] : state.Heir(dead.Id, build);
        return heir is null ? state.With(build.End(alive.Since, BuildState.Lost, alive.Text)) : state.Claim(heir, null, build);
    }

    /// <summary>The line names an image, so if only a thread that was thought dead prepares it, that thread lives.</summary>
    private MonitorState Prepared(ImageName image) =>
        Workers.Values.Any(known => known.Ready && known.Job!.Image == image) ? this
        : Workers.Values.Where(known => known.Guessed && known.Job!.Image == image).MaxBy(known => known.Spoke) is { } alive ? Revive(alive)
        : this;

    /// <summary>The line names the image and no thread: the ready one that took it last goes on with its next message.</summary>
    private MonitorState Skip(ImageName image, Observation seen)
    {
        var worker = Workers.Values.Where(known => known.Ready && known.Job!.Image == image).MaxBy(known => known.Spoke);
        var state = Reject(worker?.Id, image, Refusal.NoSourceImage, seen);
        return worker is null ? state : state.Put(worker.Idle(seen.At));
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
        if (worker is { Job: not null } && Workers.Values.FirstOrDefault(known => known.Guessed && AwaitsTraceback(known, seen.At)) is { } alive)
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
        return this with
        {
            Rejections = (Rejections.Count < MostRejections ? Rejections : Rejections.RemoveAt(0)).Add(rejection),
            Rejected = Rejected + 1,
        };
    }

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
}
