using System.Collections.Immutable;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Core.Builds;

// Whose a build is: docs/correlation.md.
public sealed partial record MonitorState
{
    private MonitorState Take(JobTaken taken, Observation seen)
    {
        var triggers = Triggers.Take(seen.At, taken.Worker, taken.Image, FreeSince(taken.Worker), out var ticket);
        return With(triggers).Leave(taken.Worker, seen)
            .Change(taken.Worker, seen, worker => worker.Take(seen.At, new Job(taken.Image, seen.At, [], ticket)));
    }

    /// <summary>Since when the thread had nothing to do; null where its last line does not tell.</summary>
    private DateTimeOffset? FreeSince(WorkerId id) => Workers.GetValueOrDefault(id.Number) is { Activity: Activity.Idle, Since: var since } ? since : null;

    /// <summary>The builds that turned out to be other changes' follow what the ledger knows now.</summary>
    private MonitorState With(ChangeLedger triggers) => this with
    {
        Builds = triggers.Moved.Aggregate(Builds, static (builds, moved) => builds.Find(moved.Build) is { } build ? builds.Set(build with { Trigger = moved.Trigger }) : builds),
        Triggers = triggers.Moved.IsEmpty ? triggers : triggers.Settled(),
    };

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
                number = next, FactoryName.Own(Factory, id), name, Normalised(path), image, template, worker?.Id, seen.Host,
                worker?.Job!.TakenAt, seen.At, SharedLog: shared, Trigger: Triggers.TriggerOf(worker?.Job!.Ticket))
            {
                Ticket = worker?.Job!.Ticket,
            },
            name, seen.At, out var forgotten);
        // Its log would else be taken for that of a build that nothing else tells of.
        if (forgotten is not null && builds.LastOf(forgotten.Name.File) is null)
            logs = logs.Without(forgotten.Name.File);

        var state = this with { Builds = builds, Logs = logs, Triggers = Triggers.AddBuild(worker?.Job!.Ticket, number, builds.Find(number)!.Id) };
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
        return this with { Builds = Grew(read) is { } alive ? builds.Set(alive with { State = BuildState.Building, Line = null }) : builds, Logs = Logs.Set(read) };
    }

    /// <summary>Lines that tell of ends may be missing from here on.</summary>
    private MonitorState Doubt(Observation seen) => this with
    {
        Builds = Builds.Running.Aggregate(Builds, (builds, build) => builds.Set(build with { State = BuildState.Unknown, Line = seen.Text, DoubtedAt = seen.At })),
        Sources = Sources.Apply(seen.Source, seen.Event),
    };

    /// <summary>The build of which nobody knew whether it runs, if its log was seen to grow since and does not tell its end.</summary>
    private Build? Grew(BuildLogRead read) =>
        Builds.Find(Builds.LastOf(read.File)) is { State: BuildState.Unknown, SharedLog: false } build && read.Log.LastLineAt > build.DoubtedAt
            && Verdict.Of(read.Log).Outcome is PackerOutcome.Unknown ? build : null;

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
        return come is null ? state : state.With(come with { Worker = worker.Id, TakenAt = job?.TakenAt }).Owned(come, job?.Ticket);
    }

    private MonitorState Owned(Build build, long? ticket) => this with
    {
        Builds = Builds.Set(Builds.Find(build.Number)! with { Ticket = ticket, Trigger = Triggers.TriggerOf(ticket) }),
        Triggers = Triggers.MoveBuild(build.Number, build.Id, build.Ticket, ticket),
    };

    private static ImmutableList<string> Swapped(Job job, Build? gone, Build? come)
    {
        var built = gone is null ? job.Built : job.Built.Remove(gone.Template ?? "");
        return come is null ? built : built.Add(come.Template ?? "");
    }

    private static bool Is(Build build, BuildName? name) =>
        name is not { } said || (build.Template is null ? build.Image.Text == said.Text : said.TemplateOf(build.Image) == build.Template);

    /// <summary>
    /// A thread that goes on to something else without an end line did not run the build that was given to it, if
    /// another thread waited for the same one at its start: the build is that thread's.
    /// </summary>
    private MonitorState Leave(WorkerId id, Observation seen)
    {
        if (Builds.Find(Workers.GetValueOrDefault(id.Number)?.Build) is not { Running: true } build)
            return this;
        return Heir(id, build) is { } heir ? Claim(heir, null, build) : Close(id, seen);
    }

    /// <summary>Another thread that awaited the build when it started.</summary>
    private Worker? Heir(WorkerId id, Build build) => Workers.Values
        .Where(known => known.Id != id && known.Ready && known.Job!.TakenAt <= build.StartedAt && known.Job.Awaits(build.Name))
        .MaxBy(known => known.Spoke);

    /// <summary>A thread that speaks of something else has no build any more, whether or not its end was seen.</summary>
    private MonitorState Close(WorkerId id, Observation seen) =>
        Builds.Find(Workers.GetValueOrDefault(id.Number)?.Build) is { Running: true } build
            ? With(build.End(seen.At, BuildState.Lost, seen.Text))
            : this;

    private MonitorState With(Build build) => this with { Builds = Builds.Set(build) };

    private static string Normalised(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }
}
