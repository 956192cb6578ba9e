using PackuilonMonitor.Core.Lines;

namespace PackuilonMonitor.Ingest;

/// <summary>Keeps the health of a source and reports each change once.</summary>
internal sealed class SourceLedger(SourceId source)
{
    private List<TailEvent> _events = [];
    private DateTimeOffset _now;
    private bool _reported;

    public SourceHealth Health { get; private set; } = new(source, SourceState.Waiting, null, default);

    public void Turn(DateTimeOffset now, List<TailEvent> events) => (_now, _events) = (now, events);

    public void Change(SourceState state, string? why = null)
    {
        if (_reported && Health.State == state && Health.Why == why)
            return;

        _reported = true;
        Health = Health with { State = state, Why = why, Since = _now };
        _events.Add(new SourceChanged(Health));
    }

    public void Missing(long bytes, string why) => Add(new LinesMissing(source, bytes, why));

    /// <summary>A rotated file that cannot be read, or not to its end.</summary>
    public void Unread(long bytes, string why) => Add(new LinesMissing(source, bytes, why) { IsUnread = true });

    private void Add(LinesMissing gap)
    {
        Health = Health.Missed(gap.Bytes, gap.Why);
        _events.Add(gap);
    }

    public TailEvent Rotated(Rotation how)
    {
        Health = Health with { Rotations = Health.Rotations + 1 };
        return new SourceRotated(source, how);
    }

    public TailEvent Restarted()
    {
        Health = Health with { Generation = Health.Generation + 1 };
        return new SourceRestarted(source, Health.Generation);
    }
}
