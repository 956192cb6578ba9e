using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>Puts the hops of one way together, in their order.</summary>
public sealed class ChainHops(FactorySnapshot snapshot)
{
    private readonly List<ChainRow> _hops = [];

    /// <summary>The way of a change, of a message without one, or of a run that named no profile.</summary>
    public IReadOnlyList<ChainRow> Of(TriggerRow row)
    {
        if (row.Runs is [.., var run])
            AddRuns(row.Runs, run);
        var usual = row.Trigger is { } known ? new UsualHops(snapshot, known) : null;
        if (row.Trigger is { } trigger)
            AddTrigger(row, trigger, usual!);
        if (row.Trigger?.TakenAt is not null || row.Trigger is null && row.Runs.Count == 0)
            AddTake(row, usual);
        foreach (var build in row.Builds)
            AddBuild(build);
        if (row.Rejection is { } rejection && row.Trigger?.Refused is null)
            Refused(rejection);
        else if (row is { Builds.Count: 0, Holder.Activity: Preparing })
            Add(new ChainRow(0, null, "worker", "no build begun yet") { IsNow = true });
        foreach (var template in row.ToCome)
            Add(null, Words.Template(template), "to be built");
        foreach (var template in row.NeverBegun)
            Add(null, Words.Template(template), "never begun: the message is gone");
        return _hops;
    }

    public IReadOnlyList<ChainRow> Alone(BuildView build)
    {
        if (build.Build?.TakenAt is { } taken)
            Add(taken, "worker", $"{Words.Thread(build.Worker)} took {build.Image.Text}");
        AddBuild(build);
        return _hops;
    }

    public IReadOnlyList<ChainRow> Refused(Rejection rejection)
    {
        Add(new ChainRow(0, rejection.At, "worker", $"REFUSED {snapshot.WhyRefused(rejection)}") { IsProblem = true });
        if (rejection.Text.Length > 0)
            Add(new ChainRow(0, null, "", rejection.Text) { IsProblem = true });
        return _hops;
    }

    private void AddRuns(IReadOnlyList<FailedRun> runs, FailedRun newest)
    {
        foreach (var run in runs.SkipLast(1))
            Add(run.EndedAt, "cdb2rabbit", $"failed: {run.Why.TrimEnd(':', '.')}");
        AddPacket(newest.PacketAt, newest.PacketEpoch, null);
        Add(newest.At, "cdb2rabbit", "started");
        Add(
            new ChainRow(0, newest.EndedAt, "cdb2rabbit", $"FAILED before it named a profile: {newest.Why.TrimEnd(':', '.')}")
            {
                IsProblem = true,
            }
        );
    }

    private void AddTrigger(TriggerRow row, Trigger trigger, UsualHops usual)
    {
        // The times of those before it say how often that was so; the way is the newest's.
        foreach (var earlier in row.Triggers.SkipLast(1))
            Add(earlier.At, "profile", $"{earlier.Profile}: {Result(earlier)}");
        AddPacket(trigger.PacketAt, trigger.PacketEpoch, usual);
        if (trigger.RunAt is { } run)
            Add(
                new ChainRow(
                    0,
                    run,
                    "cdb2rabbit",
                    $"cdb2rabbit started{(trigger.RunPid is { } pid ? string.Create(CultureInfo.InvariantCulture, $", pid {pid}") : "")}"
                )
                {
                    Usual = usual.Call,
                }
            );
        Add(
            new ChainRow(0, trigger.At, "profile", $"{(trigger.New ? "new profile" : "profile")} {trigger.Profile}: {Result(trigger)}")
            {
                IsProblem = row.IsProblem && trigger.QueuedAt is null,
                Usual = usual.Profile,
            }
        );
        if (trigger.QueuedAt is not { } queued)
            return;
        Add(
            new ChainRow(
                0,
                queued,
                "queue",
                Before(trigger, queued) is > 0 and var before
                    ? string.Create(CultureInfo.InvariantCulture, $"pushed to RabbitMQ, {before} before it")
                    : "pushed to RabbitMQ, nothing before it"
            )
            {
                Usual = usual.Push,
            }
        );
        if (trigger.Waiting)
            Add(new ChainRow(0, null, "queue", "waits for a worker") { IsNow = true, Usual = usual.Queue });
        else if (trigger is { TakenAt: null, RefusedWhy: { } why })
            Add(new ChainRow(0, null, "queue", $"not in the queue any more: {why}") { IsDoubtful = true });
    }

    private static string Result(Trigger trigger) => trigger.Result is { } result ? Result(result)
        : trigger.RunOver ? "NOT BUILT: cdb2rabbit ended without a word" : "cdb2rabbit runs";

    private static string Result(TriggerResult result) => result switch
    {
        TriggerResult.Queued => "changed",
        TriggerResult.Unchanged => "unchanged",
        TriggerResult.NewUnchanged => "NOT BUILT: new, and cdb2rabbit took it for unchanged",
        TriggerResult.NotDownloaded => "NOT BUILT: not downloaded",
        TriggerResult.PushFailed => "NOT BUILT: RabbitMQ did not take the message",
    };

    /// <summary>The server's clock may be ahead of ours: then nothing is known of the time in the socket.</summary>
    private void AddPacket(DateTimeOffset? received, long? epoch, UsualHops? usual)
    {
        if (received is not { } at)
            return;
        var lay = UsualHops.SocketOf(received, epoch);
        if (epoch is not null)
            Add(
                at - lay,
                "Aquilon",
                string.Create(CultureInfo.InvariantCulture, $"Aquilon sent the packet (its own time, epoch {epoch})")
            );
        var words = lay >= TimeSpan.FromSeconds(2) ? $"; it lay {Words.Span(lay.Value)} in cdp-listend's socket" : "";
        Add(
            new ChainRow(0, at, "packet", $"packet received{words}")
            {
                Wait = lay is null ? null : Wait.Socket,
                Usual = lay is null ? null : usual?.Socket,
            }
        );
    }

    private int Before(Trigger trigger, DateTimeOffset queued) => snapshot.State.Triggers.Triggers
        .TakeWhile(other => other.Id != trigger.Id)
        .Count(other => other.QueuedAt <= queued && (other.Waiting || other.TakenAt > queued));

    private void AddTake(TriggerRow row, UsualHops? usual)
    {
        var taken = row.Trigger?.TakenAt ?? row.Builds.Select(build => build.Build?.TakenAt).FirstOrDefault() ?? row.At;
        var doubtful = row.Trigger is { Certain: false };
        if (row.Trigger is { Refused: { } why } refused)
        {
            Add(
                new ChainRow(0, taken, "worker", $"{Words.Thread(row.Taker)}{(doubtful ? "?" : "")} took it: REFUSED {Words.Refused(why)}")
                {
                    Wait = Wait.Queue,
                    IsProblem = true,
                    Usual = usual?.Take,
                }
            );
            if (refused.RefusedWhy is { Length: > 0 } line)
                Add(new ChainRow(0, null, "", line) { IsProblem = true });
            return;
        }

        if (row.Trigger is { PassedOver: true })
        {
            Add(new ChainRow(0, taken, "worker", "taken, by which job the lines do not tell") { Wait = Wait.Queue, IsDoubtful = true });
            return;
        }

        if (row.Trigger is { QueuedAt: { } queued, TakerFreeSince: { } free } && free > queued && free < taken)
            Add(new ChainRow(0, free, "queue", $"{Words.Thread(row.Taker)} was free again") { Wait = Wait.Queue, Usual = usual?.Queue });
        // A worker that takes it as it becomes free was what it waited for.
        var wait = row.Trigger is null ? (Wait?)null : row.Trigger.TakerFreeSince < taken ? Wait.Worker : Wait.Queue;
        Add(
            new ChainRow(0, taken, "worker", $"{Words.Thread(row.Taker)}{(doubtful ? "?" : "")} took {row.Image?.Text ?? "it"}")
            {
                Wait = wait,
                IsDoubtful = doubtful,
                Usual = usual?.Take,
            }
        );
    }

    private void AddBuild(BuildView build)
    {
        var (template, usual) = (Words.Template(build.Template), new UsualBuildHops(snapshot, build));
        BuildHop[] hops = [.. BuildHop.Of(build)];
        Add(
            new ChainRow(0, build.StartedAt, template, $"{template}  packer started", build)
            {
                Wait = _hops is [.., { Stage: "worker" }] ? Wait.Worker : null,
                Usual = usual.ToStart,
            }
        );
        foreach (var (place, hop) in hops.Index().Where(hop => hop.Item.Kind is not null))
            Add(
                new ChainRow(0, hop.At, "", $"     {hop.Text}", build)
                {
                    Wait = hops[place - 1].WaitAfter,
                    Usual = usual.From(hops[place - 1], hop),
                }
            );
        if (build.Running)
        {
            AddNow(build, hops, usual);
            return;
        }

        var (word, why) = (Ended(build.State), Ending.ReasonOf(build));
        Add(
            new ChainRow(
                0,
                build.EndedAt,
                template,
                $"{template}  {word}{(build.ImageId is { } image ? $"  {image}" : "")}{(why is null ? "" : $": {why}")}",
                build
            )
            {
                Wait = build.State is BuildState.Succeeded || hops is not [.., var before, _] ? null : before.WaitAfter,
                IsProblem = build.State is BuildState.Failed or BuildState.Lost,
                Usual = hops is [.., var last, var end] ? usual.From(last, end) : null,
            }
        );
        foreach (var left in build.LeftBehind)
            Add(
                new ChainRow(
                    0,
                    null,
                    "left",
                    $"     left behind: {Words.Left(left.Kind)} {left.Name}{(left.Command is { } command ? $"   {command}" : "")}",
                    build
                )
                {
                    IsProblem = true,
                }
            );
    }

    /// <summary>What it does now; how long that usually takes is known only where the steps up to now have their times.</summary>
    private void AddNow(BuildView build, BuildHop[] hops, UsualBuildHops usual)
    {
        var words = StepWords.Of(build, snapshot.PastOf(build).Plan);
        Add(
            new ChainRow(0, null, "", $"     now: {(words.Length > 0 ? words : "building")}", build)
            {
                IsNow = true,
                Usual = build is { LogShared: false, Log.Trail.Steps: var steps } && steps.All(step => step.StartedAt is not null)
                    && hops is [.., var last] ? usual.From(last, null) : null,
            }
        );
    }

    private static string Ended(BuildState state) => state switch
    {
        BuildState.Succeeded => "ok",
        BuildState.Failed => "FAILED",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "LOST",
        BuildState.Building or BuildState.Unknown => "",
    };

    private void Add(DateTimeOffset? at, string stage, string text) => Add(new ChainRow(0, at, stage, text));

    private void Add(ChainRow hop) => _hops.Add(hop);
}
