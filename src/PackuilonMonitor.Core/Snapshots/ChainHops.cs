using System.Globalization;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Packer;
using PackuilonMonitor.Core.Text;

namespace PackuilonMonitor.Core.Snapshots;

/// <summary>Puts the hops of one way together, in their order.</summary>
public sealed class ChainHops
{
    private readonly List<ChainRow> _hops = [];

    /// <summary>The way of a change, of a message without one, or of a run that named no profile.</summary>
    public IReadOnlyList<ChainRow> Of(FactorySnapshot snapshot, TriggerRow row)
    {
        if (row.Runs is [.., var run])
            AddRuns(row.Runs, run);
        if (row.Trigger is { } trigger)
            AddTrigger(snapshot, row, trigger);
        if (row.Trigger?.TakenAt is not null || row.Trigger is null && row.Runs.Count == 0)
            AddTake(row);
        foreach (var build in row.Builds)
            AddBuild(build);
        if (row.Rejection is { } rejection && row.Trigger?.Refused is null)
            Refused(rejection);
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
        Add(new ChainRow(0, rejection.At, "worker", $"REFUSED {Words.Refused(rejection.Why)}") { IsProblem = true });
        if (rejection.Text.Length > 0)
            Add(new ChainRow(0, null, "", rejection.Text) { IsProblem = true });
        return _hops;
    }

    private void AddRuns(IReadOnlyList<FailedRun> runs, FailedRun newest)
    {
        foreach (var run in runs.SkipLast(1))
            Add(run.EndedAt, "cdb2rabbit", $"failed: {run.Why.TrimEnd(':', '.')}");
        AddPacket(newest.PacketAt, newest.PacketEpoch);
        Add(newest.At, "cdb2rabbit", "started");
        Add(
            new ChainRow(0, newest.EndedAt, "cdb2rabbit", $"FAILED before it named a profile: {newest.Why.TrimEnd(':', '.')}")
            {
                IsProblem = true,
            }
        );
    }

    private void AddTrigger(FactorySnapshot snapshot, TriggerRow row, Trigger trigger)
    {
        // The times of those before it say how often that was so; the way is the newest's.
        foreach (var earlier in row.Triggers.SkipLast(1))
            Add(earlier.At, "profile", $"{earlier.Profile}: {Result(earlier)}");
        AddPacket(trigger.PacketAt, trigger.PacketEpoch);
        if (trigger.RunAt is { } run)
            Add(
                run,
                "cdb2rabbit",
                $"cdb2rabbit started{(trigger.RunPid is { } pid ? string.Create(CultureInfo.InvariantCulture, $", pid {pid}") : "")}"
            );
        Add(
            new ChainRow(0, trigger.At, "profile", $"{(trigger.New ? "new profile" : "profile")} {trigger.Profile}: {Result(trigger)}")
            {
                IsProblem = row.IsProblem && trigger.QueuedAt is null,
            }
        );
        if (trigger.QueuedAt is not { } queued)
            return;
        Add(
            queued,
            "queue",
            Before(snapshot, trigger, queued) is > 0 and var before
                ? string.Create(CultureInfo.InvariantCulture, $"pushed to RabbitMQ, {before} before it")
                : "pushed to RabbitMQ, nothing before it"
        );
        if (trigger.Waiting)
            Add(null, "queue", "waits for a worker");
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
    private void AddPacket(DateTimeOffset? received, long? epoch)
    {
        if (received is not { } at)
            return;
        var sent = epoch is >= 0 and <= LatestEpoch and var second
            ? DateTimeOffset.FromUnixTimeSeconds(second).ToOffset(at.Offset)
            : (DateTimeOffset?)null;
        var isKnown = sent <= at && at - sent < LongestInSocket;
        if (sent is not null)
            Add(
                isKnown ? sent : null,
                "Aquilon",
                string.Create(CultureInfo.InvariantCulture, $"Aquilon sent the packet (its own time, epoch {epoch})")
            );
        var lay = isKnown && at - sent >= TimeSpan.FromSeconds(2) ? $"; it lay {Words.Span(at - sent!.Value)} in cdp-listend's socket" : "";
        Add(new ChainRow(0, at, "packet", $"packet received{lay}") { Wait = isKnown ? Wait.Socket : null });
    }

    private const long LatestEpoch = 253_402_300_799;

    /// <summary>A packet that is older was sent by a clock that is wrong.</summary>
    private static readonly TimeSpan LongestInSocket = TimeSpan.FromHours(1);

    private static int Before(FactorySnapshot snapshot, Trigger trigger, DateTimeOffset queued) => snapshot.State.Triggers.Triggers
        .TakeWhile(other => other.Id != trigger.Id)
        .Count(other => other.QueuedAt <= queued && (other.Waiting || other.TakenAt > queued));

    private void AddTake(TriggerRow row)
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
            Add(new ChainRow(0, free, "queue", $"{Words.Thread(row.Taker)} was free again") { Wait = Wait.Queue });
        var wait = row.Trigger is null ? (Wait?)null : row.Trigger.TakerFreeSince is null ? Wait.Queue : Wait.Worker;
        Add(
            new ChainRow(0, taken, "worker", $"{Words.Thread(row.Taker)}{(doubtful ? "?" : "")} took {row.Image?.Text ?? "it"}")
            {
                Wait = wait,
                IsDoubtful = doubtful,
            }
        );
    }

    private void AddBuild(BuildView build)
    {
        var template = Words.Template(build.Template);
        Add(
            new ChainRow(0, build.StartedAt, template, $"{template}  packer started", build)
            {
                Wait = _hops is [.., { Stage: "worker" }] ? Wait.Worker : null,
            }
        );
        Wait? after = null;
        foreach (var step in build.LogShared ? [] : build.Log?.Trail.Steps ?? [])
        {
            if (step.StartedAt is null || Reached(step.Kind, build) is not { } text)
                continue;
            Add(new ChainRow(0, step.StartedAt, "", $"     {text}", build) { Wait = after });
            after = Waiting(step.Kind);
        }

        if (build.Running)
            return;
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
                Wait = build.State is BuildState.Succeeded ? null : after,
                IsProblem = build.State is BuildState.Failed or BuildState.Lost,
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

    private static string Ended(BuildState state) => state switch
    {
        BuildState.Succeeded => "ok",
        BuildState.Failed => "FAILED",
        BuildState.Cancelled => "cancelled",
        BuildState.Lost => "LOST",
        BuildState.Building or BuildState.Unknown => "",
    };

    /// <summary>What is reached as a step begins; null for one that is not worth a row.</summary>
    private static string? Reached(StepKind kind, BuildView build) => kind switch
    {
        StepKind.LaunchServer => "server asked for",
        StepKind.WaitForServer => "server launched",
        StepKind.WaitForSsh => "server ready",
        StepKind.Connected => "SSH answered",
        StepKind.StopServer => "provisioned",
        StepKind.WaitForImage => "image begun",
        StepKind.TerminateServer => build.State is BuildState.Failed or BuildState.Cancelled ? "server to be terminated" : "image ready",
        _ => null,
    };

    private static Wait? Waiting(StepKind kind) => kind switch
    {
        StepKind.WaitForServer => Wait.Server,
        StepKind.WaitForSsh => Wait.Ssh,
        StepKind.WaitForImage => Wait.Image,
        _ => null,
    };

    private void Add(DateTimeOffset? at, string stage, string text) => Add(new ChainRow(0, at, stage, text));

    private void Add(ChainRow hop) => _hops.Add(hop);
}
