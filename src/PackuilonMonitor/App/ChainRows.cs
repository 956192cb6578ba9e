using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.App;

/// <summary>From the packet to the image: the links that led to a build, or to none.</summary>
internal static class ChainRows
{
    /// <param name="snapshot">What is known.</param>
    /// <param name="subject">The id of a row: a trigger's, a build's or a rejected message's.</param>
    public static IReadOnlyList<Row> Of(Snapshot snapshot, string? subject)
    {
        var links = new List<ChainRow>();
        if (Row(snapshot, subject) is { } found)
            AddTrigger(links, found);
        else if (snapshot.Builds.FirstOrDefault(build => $"build {build.Id}" == subject) is { } build)
            AddAlone(links, build);
        else if (snapshot.Ended.FirstOrDefault(row => row.Id == subject) is RejectionRow rejected)
            AddRejection(links, rejected.Rejection);
        return [.. links.Select((link, place) => link with { Number = place })];
    }

    private static TriggerRow? Row(Snapshot snapshot, string? subject) => snapshot.Triggers
        .OfType<TriggerRow>()
        .FirstOrDefault(row => row.Id == subject || row.Builds.Any(build => $"build {build.Id}" == subject)
            || row.Rejection is { } rejection && snapshot.Ended.Any(ended => ended.Id == subject && (ended as RejectionRow)?.Rejection == rejection));

    private static void AddTrigger(List<ChainRow> links, TriggerRow row)
    {
        if (row.Trigger is not { } trigger)
        {
            Add(links, null, "trigger", "none seen: queued by hand with packuilon.py, or from another host");
        }
        else
        {
            if (trigger.PacketAt is { } packet)
                Add(links, packet, "packet", "cdp-listend heard from Aquilon and called cdb2rabbit");
            foreach (var one in row.Triggers)
                Add(links, one.At, "profile", $"{one.Profile} rebuilt{(one.New ? ", never seen before" : "")}");
            AddResult(links, trigger);
        }

        var taker = row.Taker;
        var takenAt = row.Trigger?.TakenAt ?? row.Builds.Select(build => build.Build?.TakenAt).FirstOrDefault() ?? (row.Trigger is null ? row.At : null);
        if (takenAt is { } taken)
            Add(links, taken, "worker", $"{Words.Thread(taker)} took it{By(row)}");
        foreach (var build in row.Builds)
            AddBuild(links, build);
        if (row.Rejection is { } rejection)
            AddRejection(links, rejection);
        foreach (var template in row.ToCome)
            Add(links, null, Words.Template(template), "still to do, by the image's last message");
    }

    private static string By(TriggerRow row) => row.Trigger switch
    {
        null => "",
        { ByName: true } trigger => $" after {Words.Span(Waited(trigger))} in the queue; known by the image's name",
        var trigger => $" after {Words.Span(Waited(trigger))} in the queue; known by its turn, not by a name",
    };

    private static TimeSpan Waited(Trigger trigger) => (trigger.TakenAt - trigger.QueuedAt) ?? TimeSpan.Zero;

    private static void AddResult(List<ChainRow> links, Trigger trigger)
    {
        if (trigger.Result is not { } result)
        {
            Add(links, null, "cdb2rabbit", "has not said yet what came of it");
            return;
        }

        var (label, text) = result switch
        {
            TriggerResult.Queued => ("queue", trigger.TakenAt is null ? "pushed, and waits for a worker" : "pushed to RabbitMQ"),
            TriggerResult.Unchanged => ("no build", "the profile's content is the same as before"),
            TriggerResult.NewUnchanged => ("no build", "a new profile, taken for an unchanged one by this revision of cdb2rabbit"),
            TriggerResult.NotDownloaded => ("no build", "the profile could not be downloaded"),
            TriggerResult.PushFailed => ("no build", "RabbitMQ did not take the message"),
        };
        Add(links, trigger.QueuedAt ?? trigger.At, label, text, result is not (TriggerResult.Queued or TriggerResult.Unchanged));
    }

    private static void AddAlone(List<ChainRow> links, BuildView build)
    {
        if (build.Build is null)
            Add(links, null, "trigger", "unknown: this build is known by its log only");
        else if (build.Build.TakenAt is { } taken)
            Add(links, taken, "worker", $"{Words.Thread(build.Worker)} took the message");
        AddBuild(links, build);
    }

    private static void AddBuild(List<ChainRow> links, BuildView build)
    {
        Add(links, build.StartedAt, Words.Template(build.Template), $"packer builds {Words.Name(build)}", view: build);
        foreach (var step in (build.LogShared ? null : build.Log)?.Trail.Steps.Where(step => step.Kind is StepKind.LaunchServer or StepKind.Provision or StepKind.CreateImage) ?? [])
            Add(links, step.StartedAt, "", step.Name, view: build);
        if (!build.Running)
            Add(links, build.EndedAt, Words.Result(build.State), End(build), build.State is BuildState.Failed or BuildState.Lost, build);
        if (build.ImageId is { } image)
            Add(links, build.EndedAt, "image", image, view: build);
        foreach (var left in build.LeftBehind)
            Add(links, null, "left", $"{Words.Left(left.Kind)} {left.Name}{(left.Command is { } command ? $"   {command}" : "")}", true, build);
    }

    private static string End(BuildView build) =>
        $"{(build.Took is { } took ? $"after {Words.Span(took)}" : "at an unknown time")}{(Ending.ReasonOf(build) is { } reason ? $": {reason}" : "")}";

    private static void AddRejection(List<ChainRow> links, Rejection rejection)
    {
        Add(links, rejection.At, "no build", $"{rejection.Image?.Text ?? "the message"} never reached packer: {Words.Refused(rejection.Why)}", true);
        Add(links, rejection.At, "line", rejection.Text, true);
    }

    private static void Add(List<ChainRow> links, DateTimeOffset? at, string label, string text, bool problem = false, BuildView? view = null) =>
        links.Add(new ChainRow(0, at, label, text, view, problem));
}
