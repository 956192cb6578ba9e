using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Core.Changes;

namespace PackuilonMonitor.Serving;

/// <summary>
/// Finds in successive states the changes whose result is final, each exactly once. Call as often as <see cref="EndedBuilds"/>.
/// </summary>
internal sealed class SettledTriggers
{
    /// <summary>cdb2rabbit gives up on a broker that does not answer after some 18 seconds, and logs that then.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, (Trigger Trigger, TimeSpan Since)> _open = new(StringComparer.Ordinal);
    private HashSet<string> _told = new(StringComparer.Ordinal);
    private ChangeLedger _seen = ChangeLedger.Empty;

    /// <summary>The changes whose result became final since the last call.</summary>
    /// <param name="now">The running time.</param>
    public IReadOnlyList<Trigger> Take(MonitorState state, TimeSpan now)
    {
        if (!ReferenceEquals(state.Triggers, _seen))
            Check(state.Triggers, now);
        var present = _open.Count == 0 ? [] : state.Triggers.Triggers.Select(trigger => trigger.Id).ToHashSet(StringComparer.Ordinal);
        var settled = _open.Values
            .Where(open => !present.Contains(open.Trigger.Id)
                || (open.Trigger.Result is not null && (!state.Triggers.IsCurrent(open.Trigger.Id) || now - open.Since >= Settling)))
            .Select(open => open.Trigger)
            .ToList();
        foreach (var trigger in settled)
        {
            _open.Remove(trigger.Id);
            _told.Add(trigger.Id);
        }

        settled.RemoveAll(trigger => trigger.Result is null);
        return settled;
    }

    private void Check(ChangeLedger queue, TimeSpan now)
    {
        _seen = queue;
        foreach (var trigger in queue.Triggers)
        {
            if (!_told.Contains(trigger.Id) && (!_open.TryGetValue(trigger.Id, out var known) || known.Trigger != trigger))
                _open[trigger.Id] = (trigger, known.Trigger?.Result == trigger.Result ? known.Since : now);
        }

        if (_told.Count > 2 * ChangeLedger.Most)
            _told = queue.Triggers.Select(trigger => trigger.Id).Where(_told.Contains).ToHashSet(StringComparer.Ordinal);
    }
}
