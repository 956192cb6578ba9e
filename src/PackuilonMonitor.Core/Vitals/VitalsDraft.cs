using PackuilonMonitor.Core.Events;

namespace PackuilonMonitor.Core.Vitals;

/// <summary>
/// The vitals while a batch of observations is folded into them. Most lines are only counted, and the count is written once.
/// </summary>
internal sealed class VitalsDraft(FactoryVitals vitals)
{
    private FactoryVitals _vitals = vitals;
    private Speech _speech = vitals.Speech;

    /// <summary>Lines of the newest hour that are not yet in <see cref="_speech"/>.</summary>
    private int _counted;

    /// <summary>A line of an image's test was seen.</summary>
    public bool TestsImages => _vitals.Daemon.Tests;

    public void Apply(Observation seen)
    {
        _vitals = _vitals.Apply(seen);
        if (
            seen.Text is null
            || seen.Event is SourceRead or QueueMeasured or LinesLost or MessagesDropped or UnitStarted or UnitStopped or UnitFailed
        )
            return;
        if (seen.Speaker is Speaker.Monitor)
            _speech = _speech.Damaged(seen.At);
        else if (_speech.OnlyCounts(seen))
            _counted += seen.Count;
        else
            _speech = Counted().Apply(seen, _vitals.Daemon.Trace);
    }

    public FactoryVitals ToVitals() =>
        Counted() is var speech && ReferenceEquals(speech, _vitals.Speech) ? _vitals : _vitals with { Speech = speech };

    private Speech Counted()
    {
        var speech = _speech.With(_counted);
        _counted = 0;
        return speech;
    }
}
