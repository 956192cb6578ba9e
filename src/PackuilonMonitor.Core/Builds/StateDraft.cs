using System.Collections.Immutable;
using PackuilonMonitor.Core.Changes;
using PackuilonMonitor.Core.Events;
using PackuilonMonitor.Core.Vitals;

namespace PackuilonMonitor.Core.Builds;

/// <summary>
/// A state while a batch of observations is folded into it. Nobody else sees it, so it changes in place, and the batch costs one copy of
/// the state; its tables are immutable.
/// </summary>
internal sealed class StateDraft(MonitorState state)
{
    /// <summary>A repeated line is folded at most this often, which is more than a daemon repeats a line.</summary>
    public const int MostRepeats = 5;

    private RecentObservations _recent = state.Recent;
    private ImmutableList<Observation> _notUnderstood = state.NotUnderstood;
    private long _unrecognised = state.UnrecognisedLines;
    private long _unlisted = state.UnlistedRejections;
    private readonly VitalsDraft _vitals = new(state.Vitals);

    public string? Factory { get; } = state.Factory;

    public WorkerTable Workers { get; set; } = state.Workers;

    public BuildTable Builds { get; set; } = state.Builds;

    private ChangeLedger _triggers = state.Triggers;

    /// <summary>Builds that turn out to belong to other changes follow at once.</summary>
    public ChangeLedger Triggers
    {
        get => _triggers;
        set
        {
            _triggers = value.Moved.IsEmpty ? value : value.Settled();
            foreach (var (number, trigger) in value.Moved)
            {
                if (Builds.Find(number) is { Owner: { } owner } build)
                    Builds = Builds.Set(build with { Owner = owner with { Trigger = trigger } });
            }
        }
    }

    public RejectionList Rejections { get; set; } = new(state.Rejections, state.Rejected - state.UnlistedRejections);

    /// <summary>The position of the present observation in the order of all.</summary>
    public long Observed { get; private set; } = state.Observed;

    /// <summary>The daemon's previous line reported the end of an image's test.</summary>
    public bool Tested { get; private set; } = state.Tested;

    /// <summary>The daemon tests the images that it builds.</summary>
    public bool TestsImages => _vitals.TestsImages;

    public LogTable Logs { get; set; } = state.Logs;

    public SourceTable Sources { get; set; } = state.Sources;

    /// <summary>How many messages wait by the broker's own count; null if nobody asked.</summary>
    public long? Measured { get; set; } = state.Measured;

    public DateTimeOffset? ServiceStartedAt { get; set; } = state.ServiceStartedAt;

    /// <summary>A bare "Starting" of which nobody knows yet which program wrote it.</summary>
    public Observation? Unnamed { get; set; } = state.Unnamed;

    public void Apply(Observation seen)
    {
        Observed++;
        if (_recent.HasCopyOf(seen))
            return;
        _vitals.Apply(seen);
        if (!seen.IsBookkeeping)
            _recent = _recent.Add(seen);
        if (seen.Speaker is not Speaker.Monitor)
            Triggers = Triggers.At(seen.At);
        for (var time = 0; time < Math.Min(seen.Count, MostRepeats); time++)
        {
            this.ConfirmLife(seen.Event);
            this.Fold(seen);
        }

        CountOnly(seen.Event, Math.Max(0, seen.Count - MostRepeats));
        if (seen.Speaker is Speaker.Rabbit2Packer)
            Tested = seen.Event is ImageChecked;
    }

    public MonitorState ToState() => new()
    {
        Factory = Factory,
        Workers = Workers,
        Builds = Builds,
        Rejections = Rejections.Newest,
        Rejected = Rejections.Ever + _unlisted,
        UnlistedRejections = _unlisted,
        Triggers = Triggers,
        Measured = Measured,
        Logs = Logs,
        Sources = Sources,
        Vitals = _vitals.ToVitals(),
        Recent = _recent,
        UnrecognisedLines = _unrecognised,
        NotUnderstood = _notUnderstood,
        Observed = Observed,
        ServiceStartedAt = ServiceStartedAt,
        Tested = Tested,
        Unnamed = Unnamed,
    };

    /// <summary>Lists a line of ours that no rule accepts.</summary>
    public void AddUnrecognised(Observation seen)
    {
        _unrecognised++;
        _notUnderstood = (_notUnderstood.Count < MonitorState.MostNotUnderstood ? _notUnderstood : _notUnderstood.RemoveAt(0)).Add(seen);
    }

    /// <summary>What a repeated line adds beyond the times it was folded.</summary>
    private void CountOnly(MonitorEvent said, int times)
    {
        if (said is Unrecognised)
            _unrecognised += times;
        else if (said is JobRefused)
            _unlisted += times;
    }
}
