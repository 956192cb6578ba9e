using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Reports;

namespace PackuilonMonitor.Serving;

/// <summary>A finished change.</summary>
/// <param name="Result">built, failed, cancelled, lost, refused, gone, died, or a result of cdb2rabbit without a message.</param>
/// <param name="Done">When its last build ended; null if none did.</param>
internal sealed record EndedChange(Trigger Trigger, string Result, DateTimeOffset? Done);

/// <summary>Finds in successive states the changes that have ended, each exactly once.</summary>
internal sealed class EndedChanges
{
    /// <summary>The next template of a message begins within a second of the one before, and a later name may correct a match.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static readonly IReadOnlyList<string> Results =
    [
        "built", "failed", "cancelled", "lost", "refused", "gone", "died",
        .. Enum.GetValues<TriggerResult>().Where(result => result is not TriggerResult.Queued).Select(ContractWords.Of),
    ];

    private readonly Dictionary<string, (string Result, TimeSpan Since)> _open = new(StringComparer.Ordinal);
    private HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _isFirst = true;

    /// <summary>Those whose end became final since the last call; at the first call ends need no time.</summary>
    /// <param name="now">The running time.</param>
    public IReadOnlyList<EndedChange> Take(MonitorState state, TimeSpan now)
    {
        var ended = new List<EndedChange>();
        foreach (var trigger in state.Triggers.Triggers.Where(trigger => !_told.Contains(trigger.Id)))
        {
            if (ResultOf(state, trigger, out var done) is not { } result)
            {
                _open.Remove(trigger.Id);
                continue;
            }

            if (!_open.TryGetValue(trigger.Id, out var known) || known.Result != result)
                _open[trigger.Id] = known = (result, now);
            if (!_isFirst && now - known.Since < Settling)
                continue;
            _open.Remove(trigger.Id);
            _told.Add(trigger.Id);
            ended.Add(new EndedChange(trigger, result, done));
        }

        _isFirst = false;
        if (_told.Count > 2 * ChangeLedger.Most)
            _told = state.Triggers.Triggers.Select(trigger => trigger.Id).Where(_told.Contains).ToHashSet(StringComparer.Ordinal);
        return ended;
    }

    /// <summary>Null while something may still come.</summary>
    private static string? ResultOf(MonitorState state, Trigger trigger, out DateTimeOffset? done)
    {
        done = null;
        if (trigger.Result is not { } result)
            return trigger.RunOver ? "died" : null;
        if (result is not TriggerResult.Queued)
            return state.Triggers.IsCurrent(trigger.Id) ? null : ContractWords.Of(result);
        if (trigger.Refused is not null)
            return "refused";
        if (trigger.PassedOver)
            return "gone";
        if (
            trigger.TakenAt is null
            || state.Workers.Values.Any(worker =>
                worker is { Activity: Preparing or Building } && state.Triggers.TriggerOf(worker.Job?.Ticket) == trigger.Id
            )
        )
            return null;
        var builds = state.Builds.All.Where(build => build.Trigger == trigger.Id).Select(build => BuildView.Of(state, build)).ToList();
        if (builds.Any(build => build.Running))
            return null;
        done = builds.Max(build => build.EndedAt);
        return builds.Count == 0 ? (trigger.Images is null ? "gone" : "refused")
            : builds.Any(build => build.State is BuildState.Lost) ? "lost"
            : builds.Any(build => build.State is BuildState.Failed) ? "failed"
            : builds.Any(build => build.State is BuildState.Cancelled) ? "cancelled"
            : "built";
    }
}
