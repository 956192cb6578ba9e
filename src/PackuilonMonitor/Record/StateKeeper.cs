using System.Collections.Immutable;
using System.Reactive.Concurrency;
using PackuilonMonitor.Core.Builds;
using PackuilonMonitor.Segments;

namespace PackuilonMonitor.Record;

/// <summary>
/// Keeps the factories as they are after the last recorded frame, and stores them beside the recording each time that enough was recorded,
/// for those who look at the past. For one thread.
/// </summary>
/// <param name="mode">The permissions of its files.</param>
/// <param name="distance">How many parts of the recording are between two states.</param>
public sealed class StateKeeper(RecordingReader recording, UnixFileMode mode, int distance, IScheduler clock)
{
    private ImmutableSortedDictionary<string, FactoryFold> _factories =
        ImmutableSortedDictionary.Create<string, FactoryFold>(StringComparer.Ordinal);

    /// <summary>How many parts began since the last state.</summary>
    private int _parts;

    private bool _isInterrupted;

    /// <summary>
    /// A frame is about to be folded that was recorded earlier, perhaps by another version, whose states nobody can read.
    /// </summary>
    /// <param name="fold">The factory after it.</param>
    /// <param name="beginsPart">Whether it is the first of a part.</param>
    public void Pass(Frame frame, Func<FactoryFold> fold, bool beginsPart)
    {
        if (beginsPart)
            Begin(frame);
        _factories = _factories.SetItem(frame.Factory, fold());
    }

    /// <summary>A frame was recorded.</summary>
    /// <param name="state">The state of its factory after it; null if nothing in it changes that.</param>
    /// <param name="beginsPart">Whether it is the first of a part, so that the one before is complete.</param>
    public void Take(Frame frame, MonitorState? state, bool beginsPart) =>
        Pass(frame, () => (_factories.GetValueOrDefault(frame.Factory) ?? FactoryFold.Of(frame.Factory)).After(frame, state), beginsPart);

    /// <summary>Entries were folded and are not recorded: no fold of the recording leads to these states any more.</summary>
    public void Interrupt() => _isInterrupted = true;

    private void Begin(Frame first)
    {
        if (_isInterrupted)
            return;
        try
        {
            _parts = _factories.IsEmpty || recording.States.Has(first) ? 0 : _parts + 1;
            if (_parts < distance || first.At < StoredStates.Since(clock.Now))
                return;
            recording.States.Thin(recording.Parts()[0].First, clock.Now);
            recording.States.Write(first.Number, first.At, _factories, mode);
            _parts = 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The recording reports what is wrong with the disk; without a state more is folded.
        }
    }
}
