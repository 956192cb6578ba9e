using PackuilonMonitor.Core.Builds;

namespace PackuilonMonitor.Commands;

/// <summary>The builds of one message, and whether more will follow.</summary>
/// <param name="Builds">In order of start.</param>
/// <param name="IsOver">No build of it runs, and its worker has finished it.</param>
/// <param name="IsCertain">
/// It cannot continue; otherwise its worker may be between two templates, whose number the past does not show.
/// </param>
/// <param name="IsLost">Its worker has ended, and a template was not built.</param>
internal sealed record WaitedMessage(IReadOnlyList<BuildView> Builds, bool IsOver, bool IsCertain, bool IsLost)
{
    /// <summary>The message of a build.</summary>
    public static WaitedMessage Of(MonitorState state, BuildView build)
    {
        var all = BuildView.All(state);
        return build.Build?.Owner is { } owner
            // Where nobody saw the message taken, no other build is known to be of it.
            ? Of(state, [.. all.Where(other => other.Id == build.Id || IsSame(other.Build?.Owner, owner))], owner)
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

    /// <summary>The templates that the image's last complete message built; null if there is none.</summary>
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
