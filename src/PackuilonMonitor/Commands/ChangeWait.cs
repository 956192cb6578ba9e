using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Commands;

/// <summary>Waits for all builds of a change of one profile.</summary>
internal sealed class ChangeWait
{
    /// <summary>A build begins within a second of the line about its message.</summary>
    private static readonly TimeSpan UntilBuild = TimeSpan.FromSeconds(30);

    private readonly string _profile;
    private readonly string? _id;
    private readonly HashSet<string> _old;

    /// <param name="now">A change whose end is older than what may still follow it is finished.</param>
    public ChangeWait(MonitorState start, string profile, DateTimeOffset? since, DateTimeOffset now)
    {
        _profile = profile;
        var own = start.Triggers.Triggers.Where(IsOfProfile).ToList();
        _id = own.LastOrDefault(trigger =>
            since is { } from ? trigger.At >= from : Check(start, trigger)?.IsSettledAt(now) != true
        )?.Id;
        _old = own.Select(trigger => trigger.Id).ToHashSet(StringComparer.Ordinal);
    }

    public string Subject => _id is null ? $"the next change of {_profile}" : $"the change {_id}";

    public WaitEnd? Check(MonitorState state) =>
        (
            _id is not null
                ? state.Triggers.Find(_id)
                : state.Triggers.Triggers.FirstOrDefault(trigger => IsOfProfile(trigger) && !_old.Contains(trigger.Id))
        )
            is { } change
            ? Check(state, change)
            : null;

    /// <summary>The profile's file name, without its extension, or its first label.</summary>
    private bool IsOfProfile(Trigger trigger) =>
        trigger.Profile == _profile
        || trigger.Profile == $"{_profile}.json"
        || Core.Text.Words.Profile(trigger.Profile) == Core.Text.Words.Profile(_profile)
            && !_profile.Contains('.', StringComparison.Ordinal)
        || $"{Core.Text.Words.Profile(trigger.Profile)}.json" == _profile;

    private static WaitEnd? Check(MonitorState state, Trigger change) =>
        ByResult(state, change) is { } end ? end with { Since = end.Since ?? change.TakenAt ?? change.At } : null;

    private static WaitEnd? ByResult(MonitorState state, Trigger change) =>
        change switch
        {
            { Result: TriggerResult.Queued, Refused: { } why } => new WaitEnd(
                BuildWait.LostOrRejected,
                $"{change.Id}: refused: {ContractWords.Of(why)}: {change.RefusedWhy}",
                WaitVerdict.Settling
            ),
            { Result: TriggerResult.Queued, PassedOver: true } => new WaitEnd(
                BuildWait.LostOrRejected,
                $"{change.Id}: {change.RefusedWhy ?? "taken, and no job is known to be its own"}",
                NamedWait.BetweenTemplates
            ),
            { Result: TriggerResult.Queued, TakenAt: not null } => Taken(state, change),
            { Result: TriggerResult.Queued } => null,
            { Result: { } result } => new WaitEnd(
                BuildWait.LostOrRejected,
                $"{change.Id}: nothing was built: {ContractWords.Of(result)}",
                WaitVerdict.Settling
            ),
            { RunOver: true } => new WaitEnd(
                BuildWait.LostOrRejected,
                $"{change.Id}: nothing was built: cdb2rabbit ended without a word",
                WaitVerdict.Settling
            ),
            _ => null,
        };

    private static WaitEnd? Taken(MonitorState state, Trigger change)
    {
        var builds = BuildView.All(state).Where(build => change.Builds?.Contains(build.Id) == true).ToList();
        if (builds.Count == 0)
        {
            return state.Rejections.FirstOrDefault(known =>
                    known.At >= change.TakenAt && known.Image is { } image && change.Images?.Contains(image.Text) == true
                )
                    is { } rejected
                    ? new WaitEnd(
                        BuildWait.LostOrRejected,
                        $"{change.Id}: refused: {ContractWords.Of(rejected.Why)}: {rejected.Text}",
                        WaitVerdict.Settling
                    )
                : state.Workers.Values.Any(worker =>
                    worker is { Activity: not Lost } && state.Triggers.TriggerOf(worker.Job?.Ticket) == change.Id
                )
                    ? null
                : new WaitEnd(BuildWait.LostOrRejected, $"{change.Id}: taken, and no build was begun", UntilBuild);
        }

        if (NamedWait.Of(WaitedMessage.Of(state, builds[^1])) is not { } end)
            return null;
        // Another image's id would be worse than none.
        return change.Certain
            ? end
            : end with
            {
                Text = $"{end.Text}; not proven to be this change's (matched by queue order), so no image id is printed",
                Images = [],
            };
    }
}
