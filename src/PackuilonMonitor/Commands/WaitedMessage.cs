using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Commands;

/// <summary>The builds of one message, and whether there will be more of them.</summary>
/// <param name="Builds">In order of start.</param>
/// <param name="IsOver">No build of it runs, and its worker is done with it.</param>
/// <param name="IsCertain">What is over can not go on; else its worker may only be between two templates, of which the past does not tell
/// how many there are.</param>
/// <param name="IsLost">Its worker is gone, and a template was not built.</param>
internal sealed record WaitedMessage(IReadOnlyList<BuildView> Builds, bool IsOver, bool IsCertain, bool IsLost)
{
    /// <summary>The message that a build is of.</summary>
    public static WaitedMessage Of(MonitorState state, BuildView build)
    {
        var all = BuildView.All(state);
        return build.Build?.Owner is { } owner
            ? Of(state, [.. all.Where(other => IsSame(other.Build?.Owner, owner))], owner)
            : new WaitedMessage([build], !build.Running, true, false);
    }

    private static WaitedMessage Of(MonitorState state, IReadOnlyList<BuildView> builds, BuildOwner owner)
    {
        if (builds.Any(build => build.Running))
            return new WaitedMessage(builds, false, true, false);
        if (
            state.Workers.GetValueOrDefault(owner.Worker.Number) is not { Job: { } job } holder
            || job.Ticket != owner.Ticket
            || job.TakenAt != owner.TakenAt
        )
            return new WaitedMessage(builds, true, true, false);
        var templates = Templates(state, owner, job);
        var isBuilt = templates is not null && templates.All(template => builds.Any(build => build.Template == template));
        return holder.Activity is Lost
            ? new WaitedMessage(builds, true, true, templates is not null && !isBuilt)
            : new WaitedMessage(builds, isBuilt || templates is null, isBuilt, false);
    }

    /// <summary>What the last message of the image built, where one was built to its end; null where none was.</summary>
    private static List<string?>? Templates(MonitorState state, BuildOwner owner, Job job) => BuildView.All(state)
        .Where(build => build.Image == job.Image && build.Build?.Owner is { TakenAt: not null } other && !IsSame(other, owner))
        .GroupBy(build => (build.Worker, build.Build!.TakenAt))
        .LastOrDefault(message => message.All(build => build.State is BuildState.Succeeded or BuildState.Failed))?
        .Select(build => build.Template)
        .ToList();

    private static bool IsSame(BuildOwner? one, BuildOwner other) =>
        one is not null
        && (
            one.Ticket is not null || other.Ticket is not null
                ? one.Ticket == other.Ticket
                : one.Worker == other.Worker && one.TakenAt is not null && one.TakenAt == other.TakenAt
        );
}
